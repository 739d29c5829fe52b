"""The timer is killed with -9: whoever watches the service is told, and told that it is back."""

from datetime import timedelta

from django.utils import timezone

from allyance_site.management import readiness
from casework.models import Beat
from tests.drills.processes import until

PROCESSES = ("worker", "timer")


def test_worker_and_timer_are_missed_and_found_again(transactional_db, start):
    def words() -> list[str]:
        found = readiness.look()
        return [found[name] for name in PROCESSES]

    assert words() == ["late", "late"]
    running = [start(name, ALLYANCE_BACKUP_AT="") for name in PROCESSES]
    until(lambda: words() == ["fine", "fine"], "they were not seen at work")

    for process in running:
        process.kill()
    Beat.objects.update(at=timezone.now() - readiness.TIMER_LATE - timedelta(minutes=1))
    assert words() == ["late", "late"]

    start("timer", ALLYANCE_BACKUP_AT="")
    until(lambda: words() == ["late", "fine"], "the next timer was not seen at work")
