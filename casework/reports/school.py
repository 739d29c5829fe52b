"""A school's side of the work: how far its referrals are, who is seen when, what was shared, who works there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..lifecycle import FINISHED, WORKED, Status
from ..models import School, Source, Weekday, in_force
from .clocks import Clock, clocks_of, timed
from .progress import Progress, progress_of, was_read
from .rows import TEXTS, CaseRow, row_of, with_school

LATELY = timedelta(days=28)
MOST = 15

SCHOOLS_MOVE = [Status.RETURNED, Status.DRAFT]


@dataclass(frozen=True)
class SchoolCase:
    """One of a school's referrals: how far it is, and whether the school has to act."""

    case: CaseRow
    name: str
    progress: Progress
    schools_move: bool
    clock: Clock | None


@dataclass(frozen=True)
class SchoolCases:
    """A school's referrals, and whether there are more."""

    rows: list[SchoolCase]
    more: bool = False


@dataclass(frozen=True)
class Seen:
    """When a pupil is seen, and by whom."""

    uuid: UUID
    reference: str
    name: str
    school: str
    therapist: str
    when: str


@dataclass(frozen=True)
class Shared:
    """A session from which strategies were shared with the school."""

    uuid: UUID
    reference: str
    year: str
    at: datetime


@dataclass(frozen=True)
class AtSchool:
    """A therapist who works at a school."""

    name: str
    discipline: str
    days: str
    school: str


def _own(user: Any) -> frozenset[int]:
    return of(user).held(Role.HEAD, Role.SENDCO)


def referrals(user: Any) -> SchoolCases:
    """The school's referrals, open or finished in the last four weeks: those that wait for the school first."""
    fresh = ~Q(status__in=FINISHED) | Q(status_since__gte=timezone.now() - LATELY)
    mine = timed(with_school(rules.visible_referrals(user).filter(fresh, school_id__in=_own(user))))
    mine = mine.select_related("pupil").annotate(is_read=was_read())
    order = Case(
        When(status__in=SCHOOLS_MOVE, then=Value(0)), When(status__in=FINISHED, then=Value(2)), default=Value(1)
    )
    found = list(mine.order_by(order, "-status_since", "pk")[: MOST + 1])
    return SchoolCases([_school_case(referral) for referral in found[:MOST]], more=len(found) > MOST)


def seen_when(user: Any) -> list[Seen]:
    """Who of one's own schools is seen when."""
    return seen_at(user, _own(user))


def seen_at(user: Any, schools: Collection[int]) -> list[Seen]:
    """Who of these schools is seen on which day and at what time, by whom, as far as one may know."""
    allocations = rules.visible_allocations(user).filter(
        in_force(), referral__school_id__in=schools, referral__status__in=WORKED
    )
    rows = allocations.select_related("referral__pupil", "referral__school", "practitioner").order_by(
        "weekday", "time", "pk"
    )
    return [
        Seen(
            uuid=row.referral.uuid,
            reference=row.referral.reference,
            name=row.referral.pupil.short_name,
            school=row.referral.school.name,
            therapist=row.practitioner.name,
            when=_when(row.weekday, row.time),
        )
        for row in rows.defer(*(f"referral__{text}" for text in TEXTS))
    ]


def strategies(user: Any) -> list[Shared]:
    """The sessions of the last four weeks from which strategies were shared with the school: the newest first."""
    written = rules.visible_sessions(user).filter(
        referral__school_id__in=_own(user), starts_at__gte=timezone.now() - LATELY
    )
    rows = written.exclude(strategies="").select_related("referral").order_by("-starts_at", "pk")
    return [
        Shared(row.referral.uuid, row.referral.reference, row.referral.get_year_group_display(), row.starts_at)
        for row in rows
    ]


def therapists(user: Any) -> list[AtSchool]:
    """Who works at the school, and on which days."""
    placed = rules.visible_placements(user).filter(
        in_force(), in_force(prefix="practitioner__"), school_id__in=_own(user)
    )
    rows = placed.select_related("practitioner__discipline", "school")
    return [
        AtSchool(row.practitioner.name, row.practitioner.discipline.label, row.days, row.school.name) for row in rows
    ]


def own_schools(user: Any) -> QuerySet[School]:
    """The schools in which this person holds a role, with their service and cluster."""
    held = of(user).held(Role.HEAD, Role.SENDCO, Role.DSL, Role.CHAIR)
    return rules.visible_schools(user).filter(pk__in=held).select_related("service", "cluster")


def _school_case(referral: Any) -> SchoolCase:
    clocks = clocks_of(referral, referral.first_seen, referral.last_seen)
    return SchoolCase(
        case=row_of(referral),
        name=referral.pupil.short_name,
        progress=progress_of(Status(referral.status), referral.resumes_to, is_read=referral.is_read),
        schools_move=referral.status in SCHOOLS_MOVE and referral.source == Source.SCHOOL,
        clock=clocks[-1] if clocks else None,
    )


def _when(weekday: int | None, time: Any) -> str:
    if weekday is None:
        return "Day not agreed yet"
    return f"{Weekday(weekday).label} {time:%H:%M}" if time else Weekday(weekday).label
