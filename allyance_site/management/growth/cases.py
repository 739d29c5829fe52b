"""Whole cases, a piece at a time: pupil and family, referral, agreement, history, allocation and sessions."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from casework import sealed
from casework.lifecycle import Status
from casework.models import (
    Allocation,
    Carer,
    DataKey,
    Enrolment,
    Family,
    FamilyAgreement,
    HoursEntry,
    HoursKind,
    Pupil,
    Referral,
    Session,
    StatusChange,
)

from .ground import Grown
from .table import Table

MANY, FEW = 40, 3
"""The first cases: in sessions, at the head's school, with the two therapists whose pages are measured."""
HOURS_A_DAY = 8
TEXT = "The school has noticed a change since the summer. Quiet in class, tearful at lunch, and worried about home. "
SHARES = {
    Status.CLOSED: 88,
    Status.ACTIVE: 6,
    Status.ALLOCATED: 1,
    Status.REVIEW: 1,
    Status.SUBMITTED: 2,
    Status.ACCEPTED: 2,
}
COURSE = [
    ("submit", Status.SUBMITTED, 0),
    ("accept", Status.ACCEPTED, 3),
    ("allocate", Status.ALLOCATED, 9),
    ("start_sessions", Status.ACTIVE, 12),
    ("start_review", Status.REVIEW, 24),
    ("close", Status.CLOSED, 25),
]
"""Each step, where it leads, and on which day."""
SESSION_DAYS = (16, 23)


def _course_to(end: Status) -> list[tuple[str, str, timedelta]]:
    """The steps by which a case came to a status; a closed one was not reviewed."""
    reached = [status for _, status, _ in COURSE]
    return [
        (step, status.value, timedelta(days=day))
        for step, status, day in COURSE[: reached.index(end) + 1]
        if status is not Status.REVIEW or end is Status.REVIEW
    ]


CAME_BY = {end: _course_to(end) for end in SHARES}
ALLOCATED = timedelta(days=9)
A_YEAR = timedelta(days=365)


@dataclass(slots=True)
class Key:
    """A data key with its secret in hand, so that it is not unwrapped for each text."""

    pk: int
    opened: bytes

    def secret(self) -> bytes:
        return self.opened


@dataclass(slots=True)
class Row:
    """What a text is sealed for: the row's address and its subject's key."""

    uuid: UUID
    data_key: Key


@dataclass(slots=True)
class Case:
    """One case on its way into the tables."""

    number: int
    start: datetime
    status: Status
    school: int
    therapist: int
    key: Key
    id: int = 0

    @property
    def is_closed(self) -> bool:
        return self.status is Status.CLOSED

    @property
    def is_allocated(self) -> bool:
        return self.status not in (Status.SUBMITTED, Status.ACCEPTED)

    @property
    def closed_at(self) -> datetime | None:
        return self.start + CAME_BY[self.status][-1][2] if self.is_closed else None


def add_cases(grown: Grown, first: int, size: int) -> None:
    """Write so many cases, the first of which has this number."""
    dice = random.Random(first)  # noqa: S311 - measuring needs the same rows again, not secrets
    author = grown.people["coordinator"].pk
    now = timezone.now()
    cases = [_case(grown, dice, number, key, now) for number, key in enumerate(_keys(size), first)]
    pupils, carers = _families(grown, dice, cases)
    _referrals(grown, cases, pupils)
    Table(
        FamilyAgreement, "referral_id data_key_id carer_id agreed_on review_on", method="spoken", recorded_by_id=author
    ).write(
        (case.id, case.key.pk, carer, case.start.date(), case.start.date() + A_YEAR)
        for case, carer in zip(cases, carers, strict=True)
    )
    _history(cases, author)
    _work(grown, cases, author)


def _case(grown: Grown, dice: random.Random, number: int, key: Key, now: datetime) -> Case:
    start = now - timedelta(days=dice.randrange(30, 2500), minutes=dice.randrange(1000))
    if number < MANY + FEW:
        therapist = grown.team[0 if number < MANY else 1]
        return Case(number, start, Status.ACTIVE, grown.schools[0], therapist, key)
    status = dice.choices(list(SHARES), list(SHARES.values()))[0]
    # Whoever has many cases closed as many as everybody; those with few and none never had others.
    team = [grown.team[0], *grown.team[3:]] if status is Status.CLOSED else grown.team[3:]
    return Case(number, start, status, dice.choice(grown.schools), dice.choice(team), key)


def _keys(count: int) -> Iterator[Key]:
    """New data keys, saved."""
    ring, keys = sealed.ring(), [(uuid4(), sealed.new_secret()) for _ in range(count)]
    ids = Table(DataKey, "uuid ring_key wrapped").write((uuid, *ring.wrap(secret, uuid)) for uuid, secret in keys)
    return (Key(id, secret) for id, (_, secret) in zip(ids, keys, strict=True))


def _families(grown: Grown, dice: random.Random, cases: list[Case]) -> tuple[list[int], list[int]]:
    """A family, a carer and a pupil at the school for each case; the pupils and the carers."""
    keys = list(_keys(len(cases)))
    families = Table(Family, "data_key_id", service_id=grown.service.pk).write((key.pk,) for key in keys)
    carers = Table(
        Carer, "family_id data_key_id uuid name", relationship="mother", has_parental_responsibility=True
    ).write(
        (family, key.pk, *_sealed(Carer, "name", key, "A Carer")) for family, key in zip(families, keys, strict=True)
    )
    pupils = Table(Pupil, "family_id reference first_name last_name date_of_birth", service_id=grown.service.pk).write(
        (
            family,
            f"G-{case.number}",
            f"Pupil{case.number}",
            f"Grown{dice.randrange(50_000)}",
            date(2016, 1, 1) + timedelta(days=dice.randrange(2500)),
        )
        for case, family in zip(cases, families, strict=True)
    )
    Table(Enrolment, "pupil_id school_id starts_at", year_group="4").write(
        (pupil, case.school, case.start) for case, pupil in zip(cases, pupils, strict=True)
    )
    return pupils, carers


def _referrals(grown: Grown, cases: list[Case], pupils: list[int]) -> None:
    table = Table(
        Referral,
        "pupil_id school_id data_key_id reference status created_at submitted_at decided_at status_since closed_at "
        "closure_reason_id referred_by_id uuid concerns",
        year_group="4",
    )
    ids = table.write(
        (
            pupil, case.school, case.key.pk, f"G26-{case.number}", case.status.value, case.start, case.start,
            None if case.status is Status.SUBMITTED else case.start + timedelta(days=3),
            case.start + CAME_BY[case.status][-1][2], case.closed_at, grown.closure if case.is_closed else None,
            grown.sendcos[case.school],
            *_sealed(Referral, "concerns", case.key, TEXT * 3),
        )
        for case, pupil in zip(cases, pupils, strict=True)
    )  # fmt: skip
    for case, number in zip(cases, ids, strict=True):
        case.id = number


def _history(cases: list[Case], author: int) -> None:
    names = "referral_id data_key_id step from_status to_status at created_at"
    Table(StatusChange, names, by_id=author).write(row for case in cases for row in _steps(case))


def _steps(case: Case) -> Iterator[tuple[Any, ...]]:
    before = Status.DRAFT.value
    for step, status, after in CAME_BY[case.status]:
        at = case.start + after
        yield case.id, case.key.pk, step, before, status, at, at
        before = status


def _work(grown: Grown, cases: Iterable[Case], author: int) -> None:
    """The allocation, and two sessions where they have begun, each an hour of its school."""
    allocated = [case for case in cases if case.is_allocated]
    names = "referral_id practitioner_id starts_at ends_at weekday time"
    Table(Allocation, names, allocated_by_id=author).write(
        (case.id, case.therapist, case.start + ALLOCATED, case.closed_at, *_slot(case)) for case in allocated
    )
    given = [
        (case, case.start + timedelta(days=day))
        for case in allocated
        if case.status is not Status.ALLOCATED
        for day in SESSION_DAYS
    ]
    names = "referral_id practitioner_id data_key_id starts_at created_at uuid strategies"
    sessions = Table(Session, names, attendance_id=grown.attendance).write(
        (case.id, case.therapist, case.key.pk, at, at, *_sealed(Session, "strategies", case.key, TEXT))
        for case, at in given
    )
    names = "school_id on session_id created_at"
    Table(HoursEntry, names, kind=HoursKind.SESSION.value, hours=-1, by_id=author).write(
        (case.school, at.date(), session, at) for (case, at), session in zip(given, sessions, strict=True)
    )


def _slot(case: Case) -> tuple[int | None, time | None]:
    """The weekly hour, for those whose day is measured."""
    if case.number >= MANY + FEW:
        return None, None
    day, hour = divmod(case.number, HOURS_A_DAY)
    return day % 5, time(8 + hour)


def _sealed(model: Any, name: str, key: Key, text: str) -> tuple[UUID, str]:
    """A row's new address, and the text sealed for it."""
    uuid = uuid4()
    return uuid, model._meta.get_field(name).seal(Row(uuid, key), text)
