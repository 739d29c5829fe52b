"""Who is affected by an absence: the sessions and the days at schools that fall into it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..lifecycle import WORKED
from ..models import Absence, in_force
from .calendar import Calendar, calendar_of

SOON = timedelta(days=14)
MOST_DAYS = 370


@dataclass(frozen=True)
class AffectedCase:
    """A case whose weekly hour falls into an absence, and on which days."""

    uuid: UUID
    reference: str
    school: str
    words: str
    can_cover: bool


@dataclass(frozen=True)
class AffectedSchool:
    """A school that expects the practitioner on these days."""

    school: str
    words: str


def soon(user: Any) -> Any:
    """Absences of today or within two weeks, of the teams that this person coordinates or supervises."""
    today = timezone.localdate()
    teams = of(user).held(Role.COORDINATOR, Role.SUPERVISOR)
    near = rules.visible_absences(user).filter(ends_on__gte=today, starts_on__lte=today + SOON)
    return near.filter(practitioner__service_id__in=teams)


def affected(user: Any, absence: Absence) -> list[AffectedCase]:
    """The cases, as far as this person may see them, whose weekly hour falls on a school day of an absence."""
    calendar = _calendar(absence)
    coordinated = of(user).schools_served(Role.COORDINATOR)
    allocations = rules.visible_allocations(user).filter(
        in_force(), practitioner=absence.practitioner_id, referral__status__in=WORKED, weekday__isnull=False
    )
    found = []
    for one in allocations.select_related("referral__school").order_by("weekday", "time", "pk"):
        school = one.referral.school
        days = _days(absence, calendar, {one.weekday}, school.service_id, school.pk)
        if days:
            can_cover = school.pk in coordinated
            found.append(AffectedCase(one.referral.uuid, one.referral.reference, school.name, _words(days), can_cover))
    return found


def schools(user: Any, absence: Absence) -> list[AffectedSchool]:
    """The schools that expect the practitioner on a school day of an absence."""
    calendar = _calendar(absence)
    placements = rules.visible_placements(user).filter(in_force(), practitioner=absence.practitioner_id)
    found = []
    for one in placements.select_related("school"):
        days = _days(absence, calendar, set(one.weekdays), one.school.service_id, one.school_id)
        if days:
            found.append(AffectedSchool(one.school.name, _words(days)))
    return found


def _calendar(absence: Absence) -> Calendar:
    return calendar_of([absence.practitioner.service_id], [], absence.starts_on, absence.ends_on)


def _days(absence: Absence, calendar: Calendar, weekdays: set[int | None], service: int, school: int) -> list[date]:
    length = min((absence.ends_on - absence.starts_on).days + 1, MOST_DAYS)
    days = (absence.starts_on + timedelta(days=number) for number in range(length))
    return [
        day for day in days if day.weekday() in weekdays and calendar.is_school_day(day, service=service, school=school)
    ]


def _words(days: list[date]) -> str:
    first = f"{days[0]:%a %-d %b}"
    return first if len(days) == 1 else f"{first} and {len(days) - 1} more"
