"""`manage.py timer`: looks once a minute which housekeeping is due, until it is told to stop."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from allyance_site.management.backups import nightly
from casework import timer
from casework.management.loop import run_until_stopped
from casework.models import Beat
from cms import messages, scanning, sweeping

REST = 60.0

# Casework's own, and what knows the whole installation.
JOBS = [
    *timer.JOBS,
    timer.Job("look for viruses in the library", timedelta(minutes=1), scanning.look_at_waiting),
    timer.Job("publish what is due", timedelta(minutes=1), lambda: call_command("publish_scheduled")),
    timer.Job("forget old messages", timedelta(hours=1), messages.forget_old),
    timer.Job("take away files of no document", timedelta(days=1), sweeping.sweep),
    timer.Job("make tonight's backup", timedelta(minutes=10), nightly.run_if_due),
]


class Command(BaseCommand):
    help = "Does the housekeeping when it is due. One is enough; Ctrl-C or SIGTERM ends it after the job in hand."

    def handle(self, *args: Any, **options: Any) -> None:
        run_until_stopped(Beat.Process.TIMER, tick)


def tick() -> float:
    """Do what is due; the next look is in a minute."""
    timer.run_due(JOBS)
    return REST
