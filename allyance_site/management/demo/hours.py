"""Writes the hours that were given in the demo, with strategies for the school and the therapists' own notes."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from casework.models import ListItem, ListName, ProcessNote, Session

from .. import usual
from . import texts
from .people import People
from .places import Places
from .told import Told
from .weeks import SchoolWeeks, at

WRITTEN_AFTER = timedelta(hours=1)
PATTERN = 17
MISSED = {0: usual.ABSENT, 6: usual.DECLINED_TODAY, 9: usual.THERAPIST_AWAY, 13: usual.TRIP}
"""In every seventeen hours, which did not happen and why."""


def write(told: list[Told], places: Places, people: People, weeks: SchoolWeeks) -> None:
    """The weekly hours of every case from its assessment on, up to yesterday."""
    sessions, noted = [], []
    for one in told:
        days = list(_days(one, weeks))
        if one.case.last_hour_unwritten:
            days.pop()
        for count, day in enumerate(days):
            missed = len(days) - count <= one.case.missed_lately
            session = _session(one, count, day, places, people, missed=missed)
            sessions.append(session)
            if session.attendance.seen:
                noted.append((session, _turn(texts.NOTES, one.number * 5 + count)))
    Session.objects.bulk_create(sessions)
    ProcessNote.objects.bulk_create(
        ProcessNote(
            session=session,
            data_key=session.data_key,
            author=session.practitioner.user,
            text=text,
            created_at=session.created_at,
        )
        for session, text in noted
    )


def _days(told: Told, weeks: SchoolWeeks) -> Iterator[date]:
    """The days of its weekly hour, first to last, between assessment and ending."""
    begun = told.when("start_assessment")
    if begun is None or told.allocation is None:
        return
    ended = told.when("close", "hold")
    first = next(step.ago for step, _ in told.steps if step.name == "start_assessment")
    for ago in range(first, -1, -1):
        for day in weeks.back(ago):
            starts_at = at(day, told.case.hour)
            in_time = starts_at > begun and (ended is None or starts_at < ended)
            if day.weekday() == told.allocation.weekday and day < weeks.today and in_time:
                yield day


def _session(told: Told, count: int, day: date, places: Places, people: People, *, missed: bool) -> Session:
    starts_at: datetime = at(day, told.case.hour)
    service = places.schools[told.case.school].service
    label = usual.ABSENT if missed else MISSED.get((told.number * 3 + count) % PATTERN, usual.CAME)
    attendance: ListItem = places.item(service, ListName.ATTENDANCE, label)
    shares = attendance.seen and count % 3 == 1
    return Session(
        referral=told.referral,
        data_key=told.referral.data_key,
        practitioner=people.practitioners[told.case.therapist],
        starts_at=starts_at,
        attendance=attendance,
        strategies=_turn(texts.STRATEGIES, told.number + count) if shares else "",
        created_at=starts_at + WRITTEN_AFTER,
    )


def _turn(choices: Any, number: int) -> Any:
    return choices[number % len(choices)]
