"""`manage.py worker`: sends what is in the outbox, until it is told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from casework import outbox
from casework.management.loop import run_until_stopped
from casework.models import Beat

AT_ONCE = 10  # few, so that a stop is not kept waiting by a long queue
REST = 2.0


class Command(BaseCommand):
    help = "Sends what is in the outbox. Any number may run; Ctrl-C or SIGTERM ends one after the piece in hand."

    def handle(self, *args: Any, **options: Any) -> None:
        run_until_stopped(Beat.Process.WORKER, send)


def send() -> float:
    """Send some, and say how long to rest: not at all while there is more."""
    return 0.0 if outbox.send_due(limit=AT_ONCE) else REST
