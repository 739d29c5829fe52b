"""`manage.py worker`: sends what is in the outbox and brings pupil lists in, until it is told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from casework import outbox
from casework.actions import pupil_lists
from casework.management.loop import run_until_stopped
from casework.models import Beat

AT_ONCE = 10  # few, so that a stop is not kept waiting by a long queue
REST = 2.0


class Command(BaseCommand):
    help = "Sends mail and brings lists in. Any number may run; Ctrl-C or SIGTERM ends one after the piece in hand."

    def handle(self, *args: Any, **options: Any) -> None:
        run_until_stopped(Beat.Process.WORKER, work)


def work() -> float:
    """Send some, do a piece of a list, and say how long to rest: not at all while there is more."""
    sent = outbox.send_due(limit=AT_ONCE)
    return 0.0 if pupil_lists.go_on() or sent else REST
