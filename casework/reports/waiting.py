"""Who waits for what: for a decision, for a therapist, for an answer, for somebody's yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, Min, OuterRef, QuerySet, Value, When
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..lifecycle import UNDECIDED, Status
from ..models import Endorsement, HowSoon, Referral, WhoDecides
from .rows import SHOWN, CaseRow, Lines, days_since, lines, row_of, with_school

UNANSWERED_AFTER = timedelta(days=7)
MOST_FOR_A_YES = 50

BY_WAIT = ("status_since", "pk")
BY_NEED = (
    Case(When(how_soon=HowSoon.URGENT, then=Value(0)), When(how_soon=HowSoon.SOON, then=Value(1)), default=Value(2)),
    *BY_WAIT,
)
"""Urgent first, then who has waited longest."""


@dataclass(frozen=True)
class Needs:
    """What waits for somebody to move: sent and not decided, accepted and without a therapist, returned with a question
    more than a week ago and not answered."""

    undecided: Lines
    without_therapist: Lines
    unanswered: Lines


@dataclass(frozen=True)
class SchoolWait:
    """How many wait at a school, and for how long the first of them."""

    school: str
    address: UUID
    count: int
    days: int


def coordinated(user: Any) -> QuerySet[Referral]:
    """What a coordinator sees of the services that they coordinate."""
    return rules.visible_referrals(user).filter(school_id__among=of(user).schools_served(Role.COORDINATOR))


def needs(user: Any) -> Needs:
    """What waits at the coordinator's services, the first few of each, in one question.

    They are chosen in the index alone: only their own rows are read, however many wait.
    """
    rows, asked_before = coordinated(user), timezone.now() - UNANSWERED_AFTER
    lists = {
        UNDECIDED: rows.filter(status__in=UNDECIDED).order_by(*BY_NEED),
        (Status.ACCEPTED,): rows.filter(status=Status.ACCEPTED).order_by(*BY_NEED),
        (Status.RETURNED,): rows.filter(status=Status.RETURNED, status_since__lt=asked_before).order_by(*BY_WAIT),
    }
    few = (rows.values("pk")[: SHOWN + 1] for rows in lists.values())
    first, *others = (Referral.objects.filter(pk__in=pks).order_by().values("pk") for pks in few)
    found = list(with_school(Referral.objects.filter(pk__in=first.union(*others, all=True)).order_by(*BY_NEED)))
    undecided, accepted, returned = ([one for one in found if one.status in statuses] for statuses in lists)
    returned.sort(key=lambda one: (one.status_since, one.pk))
    return Needs(lines(undecided), lines(accepted), lines(returned))


def by_school(user: Any) -> list[SchoolWait]:
    """How many wait at each coordinated school: the longest list first."""
    waits = (
        coordinated(user)
        .filter(status__in=[*UNDECIDED, Status.ACCEPTED])
        .order_by()
        .values("school__name", "school__uuid")
    )
    counted = waits.annotate(count=Count("pk"), oldest=Min("submitted_at")).order_by("-count", "oldest", "school__name")
    return [_school_wait(**wait) for wait in counted]


def for_therapists_yes(user: Any) -> list[CaseRow]:
    """Waiting at the schools where this therapist is placed, and not yet answered by a therapist."""
    placed = of(user).placed_schools
    return _undecided_without(user, rules.visible_queue(user).filter(school_id__in=placed), Endorsement.Side.THERAPIST)


def for_schools_yes(user: Any) -> list[CaseRow]:
    """Waiting for the yes of this head's or SENDCO's school."""
    own = of(user).held(Role.HEAD, Role.SENDCO)
    return _undecided_without(user, rules.visible_referrals(user).filter(school_id__in=own), Endorsement.Side.SCHOOL)


def _undecided_without(user: Any, referrals: QuerySet[Referral], side: Endorsement.Side) -> list[CaseRow]:
    """Undecided referrals of schools that decide themselves, on which one side has not said yes."""
    said = Endorsement.objects.filter(referral=OuterRef("pk"), side=side, withdrawn_at__isnull=True)
    open_ones = referrals.filter(~Exists(said), status__in=UNDECIDED, school_may_see=True)
    ordered = with_school(open_ones).order_by(*BY_NEED)[:MOST_FOR_A_YES]
    return [row_of(referral) for referral in ordered if referral.decides is WhoDecides.SCHOOL]


def _school_wait(*, count: int, oldest: datetime, school__name: str, school__uuid: UUID) -> SchoolWait:
    return SchoolWait(school__name, school__uuid, count, days_since(oldest))
