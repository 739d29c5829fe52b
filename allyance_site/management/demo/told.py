"""The plot on the calendar: each case with its child, and when each of its steps was taken."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from casework.lifecycle import Status
from casework.models import Allocation, Referral, WhoDecides

from .children import Child
from .course import Step, course_of
from .places import Places
from .plot import CASES, Case
from .weeks import SchoolWeeks, at

WRITTEN_AT, FIRST_STEP_AT, BETWEEN_STEPS = time(8, 30), time(9, 0), timedelta(minutes=20)


@dataclass
class Told:
    """A case of the plot with its referral, and when each of its steps was taken."""

    number: int
    case: Case
    child: Child
    started_at: datetime
    steps: list[tuple[Step, datetime]]
    referral: Referral = field(default_factory=Referral)
    allocation: Allocation | None = None

    @property
    def status(self) -> Status:
        return self.case.status or Status.DRAFT

    def when(self, *names: str) -> datetime | None:
        """When the first of these steps was taken."""
        return next((instant for step, instant in self.steps if step.name in names), None)


def tell(children: list[Child], places: Places, weeks: SchoolWeeks) -> list[Told]:
    """Every case of the plot; a child without a referral has none."""
    cases = zip(range(len(CASES)), CASES, children, strict=True)
    return [_tell(number, case, child, places, weeks) for number, case, child in cases if case.status is not None]


def _tell(number: int, case: Case, child: Child, places: Places, weeks: SchoolWeeks) -> Told:
    """Each step on the second school day of its week, the referral written on the first day of the first."""
    meeting = places.schools[case.school].decides is WhoDecides.MEETING
    steps = course_of(case, weeks, meeting_decides=meeting)
    timed = []
    for position, step in enumerate(steps):
        week = weeks.back(step.ago)
        day = week[min(1, len(week) - 1)]
        timed.append((step, at(day, FIRST_STEP_AT) + position * BETWEEN_STEPS))
    first_week = weeks.back(steps[0].ago if steps else case.sent)
    return Told(number, case, child, at(first_week[0], WRITTEN_AT), timed)
