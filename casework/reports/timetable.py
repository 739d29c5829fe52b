"""A practitioner's timetable without children: when, at which school, in which room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..access.scope import of
from ..models import Practitioner
from .diary import days_of, slots

BACK, AHEAD = timedelta(days=14), timedelta(days=182)


@dataclass(frozen=True)
class Appointment:
    """An hour in the diary; `key` tells it from others, and nothing of whom it is for."""

    key: tuple[int, str]
    at: datetime
    school: str
    room: str


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
