"""A therapist's days: the weekly hours of the cases worked now, which day comes next, and what is not written up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from ..access import rules
from ..access.scope import of
from ..lifecycle import WORKED, Status
from ..models import Term, in_force

LOOK_BACK = timedelta(days=14)
LOOK_AHEAD = timedelta(days=70)


@dataclass(frozen=True)
class Slot:
    """The weekly hour of a case; without a day or a time where none is agreed."""

    case: int
    uuid: UUID
    reference: str
    year: str
    school: str
    status: Status
    weekday: int | None
    time: time | None
    starts_on: date
    held: int
    covers: bool


@dataclass(frozen=True)
class Hour:
    """A slot on one day, and whether it is written up."""

    on: date
    slot: Slot
    written: bool = False


@dataclass(frozen=True)
class SchoolDays:
    """The days in term; every weekday where no terms are written down."""

    terms: tuple[tuple[date, date], ...]

    def __contains__(self, day: date) -> bool:
        if day.weekday() > 4:
            return False
        return not self.terms or any(start <= day <= end for start, end in self.terms)


@dataclass(frozen=True)
class Diary:
    """What a therapist's home shows of the days around today."""

    today: date
    hours_today: list[Hour]
    next_hours: list[Hour]
    not_written: list[Hour]
    without_hour: list[Slot]
    slots: list[Slot]

    @property
    def next_day(self) -> date | None:
        """The next day with an hour."""
        return self.next_hours[0].on if self.next_hours else None


def slots(user: Any) -> list[Slot]:
    """The weekly hours of the cases that this person works, allocated or covered, by day and time."""
    scope = of(user)
    worked = rules.visible_allocations(user).filter(
        in_force(scope.at), referral_id__in=scope.worked, referral__status__in=WORKED
    )
    held = Count("referral__sessions", filter=Q(referral__sessions__attendance__seen=True))
    rows = worked.annotate(held=held).order_by("weekday", "time", "pk")
    names = (
        "referral__uuid",
        "referral__reference",
        "referral__year_group",
        "referral__status",
        "referral__school__name",
    )
    return [
        Slot(
            case=allocation.referral_id,
            uuid=allocation.referral.uuid,
            reference=allocation.referral.reference,
            year=allocation.referral.get_year_group_display(),
            school=allocation.referral.school.name,
            status=Status(allocation.referral.status),
            weekday=allocation.weekday,
            time=allocation.time,
            starts_on=timezone.localdate(allocation.starts_at),
            held=allocation.held,
            covers=allocation.referral_id in scope.covered,
        )
        for allocation in rows.select_related("referral__school").only("weekday", "time", "starts_at", *names)
    ]


def school_days(user: Any, around: date) -> SchoolDays:
    """The days in term of the services that this person works for."""
    terms = Term.objects.filter(
        school_year__service_id__in=of(user).teams, ends_on__gte=around - LOOK_BACK, starts_on__lte=around + LOOK_AHEAD
    )
    return SchoolDays(tuple(terms.order_by("starts_on").values_list("starts_on", "ends_on")))


def sessions_since(user: Any, day: date) -> set[tuple[int, date]]:
    """The recorded hours of the cases that this person works, as case and day."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    recorded = rules.visible_sessions(user).filter(referral_id__in=of(user).worked, starts_at__gte=midnight)
    rows: Iterable[tuple[int, datetime]] = recorded.order_by().values_list("referral_id", "starts_at")
    return {(case, timezone.localdate(at)) for case, at in rows}


def diary(user: Any) -> Diary:
    """This person's days, from two weeks ago until the next one with an hour."""
    today = timezone.localdate()
    mine = slots(user)
    in_term = school_days(user, today)
    recorded = sessions_since(user, today - LOOK_BACK - timedelta(days=7))
    return Diary(
        today=today,
        hours_today=_hours(mine, today, in_term, recorded),
        next_hours=_next_hours(mine, today, in_term),
        not_written=_not_written(mine, today, in_term, recorded),
        without_hour=[slot for slot in mine if slot.weekday is None or slot.time is None],
        slots=mine,
    )


def _hours(mine: list[Slot], day: date, in_term: SchoolDays, recorded: set[tuple[int, date]]) -> list[Hour]:
    if day not in in_term:
        return []
    due = [slot for slot in mine if slot.weekday == day.weekday() and slot.starts_on <= day]
    return [Hour(day, slot, written=(slot.case, day) in recorded) for slot in due]


def _next_hours(mine: list[Slot], today: date, in_term: SchoolDays) -> list[Hour]:
    """The hours of the first day after today that has any."""
    for ahead in range(1, LOOK_AHEAD.days):
        if hours := _hours(mine, today + timedelta(days=ahead), in_term, set()):
            return hours
    return []


def _not_written(mine: list[Slot], today: date, in_term: SchoolDays, recorded: set[tuple[int, date]]) -> list[Hour]:
    """Hours of the last two weeks without a session in the same week, oldest first: a moved hour is written up."""
    weeks = {(case, day.isocalendar()[:2]) for case, day in recorded}
    begun = [slot for slot in mine if slot.status is not Status.ALLOCATED]
    days = [today - timedelta(days=back) for back in range(LOOK_BACK.days, 0, -1)]
    hours = [hour for day in days for hour in _hours(begun, day, in_term, recorded)]
    return [hour for hour in hours if (hour.slot.case, hour.on.isocalendar()[:2]) not in weeks]
