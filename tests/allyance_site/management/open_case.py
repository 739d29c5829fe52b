"""Run in a process of its own by the backup tests: signs in as a person and prints the case file of a reference."""

import os
import sys

import django


def main(email: str, reference: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allyance_site.settings.local")
    django.setup()

    # These can be imported once Django is set up.
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from allyance_site.people.models import User
    from casework.models import Referral
    from tests.signed_in import sign_in

    call_command("collectstatic", interactive=False, verbosity=0)  # as a new installation does
    client = Client(HTTP_HOST="127.0.0.1")
    sign_in(client, User.objects.get(email=email))
    referral = Referral.objects.get(reference=reference)
    answer = client.get(reverse("casework_case", args=[referral.uuid]), {"tab": "referral"})
    sys.stdout.write(f"{answer.status_code}\n{answer.content.decode()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
