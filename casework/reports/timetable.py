"""A practitioner's timetable without children: when, at which school, in which room; and supervision and training."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..access.scope import of
from ..models import Attendance, Practitioner
from .diary import days_of, slots

BACK, AHEAD = timedelta(days=14), timedelta(days=182)


@dataclass(frozen=True)
class Appointment:
    """An hour in the diary; `key` tells it from others, and nothing of whom it is for."""

    key: tuple[int, str]
    at: datetime
    school: str
    room: str
    what: str = "Session"
    minutes: int = 60


def timetable(practitioner: Practitioner) -> Iterator[Appointment]:
    """The weekly hours at the schools where this practitioner is placed now or covers a case: two weeks back and half a
    year ahead, without closed days, bank holidays and absences. Empty for somebody who works nowhere any more."""
    user, today = practitioner.user, timezone.localdate()
    placed = of(user).placed_schools
    mine = [
        slot
        for slot in slots(user)
        if slot.service == practitioner.service_id and slot.time and (slot.covers or slot.school_id in placed)
    ]
    days = days_of(user, today, AHEAD)
    for number in range(-BACK.days, AHEAD.days):
        day = today + timedelta(days=number)
        for slot in days.hours(mine, day):
            at = timezone.make_aware(datetime.combine(day, slot.time))  # type: ignore[arg-type]
            yield Appointment((slot.case, str(day)), at, slot.school, slot.room)
    yield from _with_the_team(practitioner)


def _with_the_team(practitioner: Practitioner) -> Iterator[Appointment]:
    """Supervision and training to which the practitioner is asked, without the name of anybody."""
    now = timezone.now()
    asked = Attendance.objects.filter(practitioner=practitioner, meeting__cancelled_at=None).exclude(came=False)
    near = asked.filter(meeting__starts_at__gte=now - BACK, meeting__starts_at__lt=now + AHEAD)
    for place in near.select_related("meeting").order_by("meeting__starts_at", "pk"):
        meeting = place.meeting
        key = (meeting.pk, "with the team")
        yield Appointment(key, meeting.starts_at, "", meeting.place, meeting.get_kind_display(), meeting.minutes)
