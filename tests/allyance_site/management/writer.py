"""Run in processes of their own by the tests of reseal: reads, writes and reads again until told to stop.

`python writer.py REFERENCE`. Answers each line that it is sent with the ring's current key and the case's concerns;
a line with words writes these first. With `many` it makes data keys by itself, and prints each and its secret.
"""

import os
import sys

import django


def main(reference: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allyance_site.settings.local")
    django.setup()

    # These can be imported once Django is set up.
    from casework import sealed
    from casework.models import DataKey, Referral

    if reference == "many":
        while True:
            key = DataKey.make()
            say(f"{key.pk} {key.secret().hex()}")
    say("ready")
    for line in sys.stdin:
        case = Referral.objects.select_related("data_key").get(reference=reference)
        if line.strip():
            case.concerns = line.strip()
            case.save()
            case = Referral.objects.select_related("data_key").get(reference=reference)
        say(f"{sealed.ring().current}: {case.concerns}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
