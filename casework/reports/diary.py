"""A therapist's days: the weekly hours of the cases worked now, which day comes next, and what is not written up."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from ..access import rules
from ..access.scope import of
from ..lifecycle import WORKED, Status
from ..models import in_force
from .calendar import Calendar, calendar_of

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
    ends_on: date | None
    held: int
    covers: bool
    service: int
    school_id: int
    room: str

    def is_due(self, day: date) -> bool:
        """Whether its hour is on this day of the week, from its start until its end."""
        until = self.ends_on or day
        return self.weekday == day.weekday() and self.starts_on <= day <= until


@dataclass(frozen=True)
class Hour:
    """A slot on one day, and whether it is written up."""

    on: date
    slot: Slot
    written: bool = False

    @property
    def at(self) -> datetime:
        """When it begins, by the clock in London."""
        return timezone.make_aware(datetime.combine(self.on, self.slot.time or time.min))


@dataclass(frozen=True)
class Days:
    """The days on which somebody sees children: in term, open, and not away."""

    calendar: Calendar
    practitioners: frozenset[int]

    def hours(self, slots: list[Slot], day: date) -> list[Slot]:
        """The weekly hours that fall on a day."""
        due = [slot for slot in slots if slot.is_due(day)]
        if not due or self.calendar.is_away(day, self.practitioners):
            return []
        return [slot for slot in due if self.calendar.is_school_day(day, service=slot.service, school=slot.school_id)]

    def next_hours(self, slots: list[Slot], after: date) -> list[Hour]:
        """The hours of the first day after this one that has any."""
        for ahead in range(1, LOOK_AHEAD.days):
            day = after + timedelta(days=ahead)
            if hours := self.hours(slots, day):
                return [Hour(day, slot) for slot in hours]
        return []


@dataclass(frozen=True)
class NoteToWrite:
    """A recorded session whose note was left for later."""

    on: date
    session: UUID
    reference: str
    school: str


@dataclass(frozen=True)
class Diary:
    """What a therapist's home shows of the days around today."""

    today: date
    hours_today: list[Hour]
    next_hours: list[Hour]
    not_written: list[Hour]
    notes_to_write: list[NoteToWrite]
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
        *("referral__school__name", "referral__school__room", "referral__school__service_id"),
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
            ends_on=timezone.localdate(allocation.ends_at) if allocation.ends_at else None,
            held=allocation.held,
            covers=allocation.referral_id in scope.covered,
            service=allocation.referral.school.service_id,
            school_id=allocation.referral.school_id,
            room=allocation.referral.school.room,
        )
        for allocation in rows.select_related("referral__school").only(
            "weekday", "time", "starts_at", "ends_at", *names
        )
    ]


def days_of(user: Any, around: date, ahead: timedelta = LOOK_AHEAD) -> Days:
    """The days around this one on which this person sees children."""
    scope = of(user)
    first, last = around - LOOK_BACK, around + ahead
    return Days(calendar_of(scope.teams, scope.practitioners, first, last), scope.practitioners)


def next_hour(user: Any, case: int) -> Hour | None:
    """When the weekly hour of a case that this person works comes next."""
    today = timezone.localdate()
    mine = [slot for slot in slots(user) if slot.case == case]
    return next(iter(days_of(user, today).next_hours(mine, today)), None)


def sessions_since(user: Any, day: date) -> tuple[set[tuple[int, date]], list[NoteToWrite]]:
    """The recorded hours of the cases that this person works, as case and day; and their own, however old, whose note
    is still to be written."""
    scope = of(user)
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    unwritten = Q(note_later=True, practitioner_id__in=scope.practitioners)
    recorded = rules.visible_sessions(user).filter(Q(starts_at__gte=midnight) | unwritten, referral_id__in=scope.worked)
    names = ("referral_id", "starts_at", "uuid", "referral__reference", "referral__school__name", "note_later")
    rows = recorded.order_by("starts_at", "pk").values_list(*names, "practitioner_id")
    found, notes = set(), []
    for case, at, uuid, reference, school, later, practitioner in rows:
        found.add((case, timezone.localdate(at)))
        if later and practitioner in scope.practitioners:
            notes.append(NoteToWrite(timezone.localdate(at), uuid, reference, school))
    return found, notes


def diary(user: Any) -> Diary:
    """This person's days, from two weeks ago until the next one with an hour."""
    today = timezone.localdate()
    mine = slots(user)
    days = days_of(user, today)
    recorded, notes = sessions_since(user, today - LOOK_BACK - timedelta(days=7))
    return Diary(
        today=today,
        hours_today=[Hour(today, slot, written=(slot.case, today) in recorded) for slot in days.hours(mine, today)],
        next_hours=days.next_hours(mine, today),
        not_written=_not_written(mine, today, days, recorded),
        notes_to_write=notes,
        without_hour=[slot for slot in mine if slot.weekday is None or slot.time is None],
        slots=mine,
    )


def _not_written(mine: list[Slot], today: date, days: Days, recorded: set[tuple[int, date]]) -> list[Hour]:
    """Hours of the last two weeks without a session in the same week, oldest first: a moved hour is written up."""
    weeks = {(case, day.isocalendar()[:2]) for case, day in recorded}
    begun = [slot for slot in mine if slot.status is not Status.ALLOCATED]
    past = [today - timedelta(days=back) for back in range(LOOK_BACK.days, 0, -1)]
    return [
        Hour(day, slot)
        for day in past
        for slot in days.hours(begun, day)
        if (slot.case, day.isocalendar()[:2]) not in weeks
    ]
