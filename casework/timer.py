"""The housekeeping that a clock starts: each job, how often at most, and nothing that hurts when done twice.

`manage.py timer` runs these, and with them what knows more than casework.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.utils import timezone

from casework import once
from casework.actions import concern_clock, digest, letters, pupil_lists
from casework.audit import anchor, sealer
from casework.management import planner
from casework.reports import digest as waiting

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """One piece of housekeeping; `due` is this process's own memory, so a new process does every job once."""

    name: str
    every: timedelta
    run: Callable[[], object]
    due: datetime | None = None


JOBS = [
    Job("tell late concerns again", timedelta(minutes=1), concern_clock.escalate_late),
    Job("withdraw letters that hold no longer", timedelta(minutes=10), letters.withdraw_over),
    Job("link the audit's events", timedelta(minutes=1), sealer.seal_all),
    Job("anchor the audit", timedelta(days=1), anchor.write),
    Job("forget used form keys", timedelta(hours=1), once.prune),
    Job("drop pupil lists of a week ago", timedelta(hours=1), pupil_lists.forget_old),
    Job("forget expired sessions", timedelta(hours=1), lambda: call_command("clearsessions")),
    Job("write Monday's digests", timedelta(minutes=10), lambda: digest.send_due(waiting.people_on, waiting.counts)),
    Job("look at how the rows are spread", timedelta(days=1), planner.refresh),
]


def run_due(jobs: list[Job]) -> list[str]:
    """Do what is due and name it; a job that fails is logged, holds up no other and is due again the next time."""
    done = []
    for job in jobs:
        now = timezone.now()
        if job.due and now < job.due:
            continue
        try:
            job.run()
        except Exception:
            logger.exception("The job to %s failed and is tried again at the next round.", job.name)
        else:
            job.due = now + job.every
            done.append(job.name)
    return done
