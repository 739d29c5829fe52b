"""What is stuck and whose move it is: every open referral of a coordinator's services, its clocks, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils import timezone

from ..access.roles import Role
from ..access.scope import services_of
from ..lifecycle import OPEN, WHOSE_MOVE, Mover, Status
from ..models import Referral, Source, WhoDecides
from .clocks import Clock, clocks_of, ran_over, timed
from .rows import CaseRow, row_of, with_school
from .waiting import coordinated

DECIDERS = {
    WhoDecides.SCHOOL: Mover.DECIDERS,
    WhoDecides.COORDINATOR: Mover.COORDINATOR,
    WhoDecides.MEETING: Mover.MEETING,
}


@dataclass(frozen=True)
class Stuck:
    """One open referral, its clocks, and whether one of them is late."""

    case: CaseRow
    clocks: list[Clock]
    look_again: int | None
    """For how many days it is due to be looked at again."""

    @property
    def is_late(self) -> bool:
        return any(clock.over > 0 for clock in self.clocks) or self.look_again is not None


@dataclass(frozen=True)
class Standing:
    """How many open referrals stand at a status and wait for one mover's move, and how many of them are late."""

    mover: Mover
    status: Status
    count: int
    late: int


@dataclass(frozen=True)
class StatusCount:
    """How many referrals stand at a status."""

    status: str
    label: str
    count: int


@dataclass(frozen=True)
class Share:
    """How many open referrals wait for one mover's move, and how many of them are late."""

    mover: Mover
    count: int
    late: int


def standing(user: Any) -> list[Standing]:
    """Every open referral, counted once."""
    counted = (
        coordinated(user)
        .filter(status__in=OPEN)
        .annotate(whose=whose_move())
        .order_by()
        .values_list("whose", "status")
        .annotate(count=Count("pk"), late=Count("pk", filter=_late(user)))
    )
    return [Standing(Mover(whose), Status(status), count, late) for whose, status, count, late in counted]


def shares(standings: list[Standing]) -> list[Share]:
    """How much is whose, the school first."""
    found = [(mover, [one for one in standings if one.mover is mover]) for mover in Mover]
    return [
        Share(mover, sum(one.count for one in theirs), sum(one.late for one in theirs))
        for mover, theirs in found
        if theirs
    ]


def by_status(standings: list[Standing]) -> list[StatusCount]:
    """How many stand at each status, in the order of the work."""
    found = [(status, sum(one.count for one in standings if one.status is status)) for status in Status]
    return [StatusCount(status, status.label, count) for status, count in found if count]


def stuck(user: Any, *, whose: str = "", late: bool = False) -> QuerySet[Referral]:
    """The open referrals, all or one mover's, all or the late ones: the longest wait first."""
    rows = timed(with_school(coordinated(user).filter(status__in=OPEN)))
    if whose:
        rows = rows.annotate(whose=whose_move()).filter(whose=whose)
    if late:
        rows = rows.filter(_late(user))
    return rows.order_by("status_since", "pk")


def rows_of(referrals: Iterable[Any]) -> list[Stuck]:
    """The rows of a page of them; nothing more is asked of the database."""
    return [Stuck(row_of(row), clocks_of(row, row.first_seen, row.last_seen), _look_again(row)) for row in referrals]


def whose_move() -> Case:
    """The mover of a referral, as `Referral.next_mover` tells it, for the database."""
    school = Q(status__in=_moved_by(Mover.SCHOOL))
    undecided = Q(status__in=_moved_by(Mover.DECIDERS))
    own = Q(school__cluster__isnull=False) & ~Q(school__cluster__decides="")
    cases = [
        When(school & Q(source=Source.OTHER), then=Value(Mover.COORDINATOR)),
        When(undecided & Q(school_may_see=False), then=Value(Mover.COORDINATOR)),
    ]
    for who, mover in DECIDERS.items():
        cases += [
            When(undecided & own & Q(school__cluster__decides=who), then=Value(mover)),
            When(undecided & ~own & Q(school__service__decides=who), then=Value(mover)),
        ]
    cases += [
        When(status__in=_moved_by(mover), then=Value(mover))
        for mover in (Mover.SCHOOL, Mover.MEETING, Mover.COORDINATOR, Mover.THERAPIST)
    ]
    return Case(*cases, default=Value(Mover.NOBODY), output_field=CharField())


def _moved_by(mover: Mover) -> list[Status]:
    return [status for status, moves in WHOSE_MOVE.items() if moves is mover]


def _late(user: Any) -> Q:
    """Whether a clock ran over what its service set, or the day to look again has come."""
    condition = _due_again()
    for service in services_of(user, Role.COORDINATOR):
        condition |= ran_over(service)
    return condition


def _due_again() -> Q:
    """`Referral.is_due_again`, for the database."""
    come = Q(look_again_on__isnull=True) | Q(look_again_on__lte=timezone.localdate())
    return Q(status=Status.ACCEPTED) & come


def _look_again(referral: Any) -> int | None:
    """For how many days it is due to be looked at again, once the day has come."""
    if not referral.is_due_again:
        return None
    return (timezone.localdate() - (referral.look_again_on or timezone.localdate())).days
