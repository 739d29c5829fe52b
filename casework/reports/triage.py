"""What is stuck and whose move it is: every open referral of a coordinator's services, its clocks, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from ..access.roles import Role
from ..access.scope import of
from ..lifecycle import OPEN, UNDECIDED, WHOSE_MOVE, WORKED, Mover, Status
from ..models import Referral, Service, Session, Source, WhoDecides
from .rows import CaseRow, days_since, row_of, with_school
from .waiting import coordinated

TO_BE_DECIDED = (*UNDECIDED, Status.RETURNED)
DECIDED = (Status.ACCEPTED, *WORKED)
DECIDERS = {
    WhoDecides.SCHOOL: Mover.DECIDERS,
    WhoDecides.COORDINATOR: Mover.COORDINATOR,
    WhoDecides.MEETING: Mover.MEETING,
}


@dataclass(frozen=True)
class Clock:
    """How long something took, or takes so far; `over` is by how many days it is late."""

    words: str
    days: int
    is_running: bool
    over: int = 0


@dataclass(frozen=True)
class Stuck:
    """One open referral, its clocks, and whether one of them is late."""

    case: CaseRow
    clocks: list[Clock]
    look_again: Clock | None

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
        _timed(coordinated(user).filter(status__in=OPEN))
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
    rows = _timed(with_school(coordinated(user).filter(status__in=OPEN)))
    if whose:
        rows = rows.annotate(whose=whose_move()).filter(whose=whose)
    if late:
        rows = rows.filter(_late(user))
    return rows.order_by("status_since", "pk")


def rows_of(referrals: Iterable[Any]) -> list[Stuck]:
    """The rows of a page of them; nothing more is asked of the database."""
    return [Stuck(row_of(referral), clocks_of(referral), _look_again(referral)) for referral in referrals]


def clocks_of(referral: Any) -> list[Clock]:
    """From referral to decision, from decision to the first session, and since the child was last seen."""
    service, status = referral.school.service, Status(referral.status)
    sent, decided, first, last = (
        referral.submitted_at,
        referral.decided_at if referral.status in DECIDED else None,
        referral.first_seen,
        referral.last_seen,
    )
    clocks = []
    if sent and decided:
        clocks.append(Clock("Decided", _between(sent, decided), is_running=False))
    elif sent and status in TO_BE_DECIDED:
        clocks.append(_running("No decision", sent, service.decide_within))
    if decided and first:
        clocks.append(Clock("First session", _between(decided, first), is_running=False))
        if status in WORKED:
            clocks.append(_running("Not seen", last, service.contact_within))
    elif decided:
        clocks.append(_running("No session", decided, service.begin_within))
    return clocks


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


def _timed(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """With the first and the last time that the child was seen since the decision."""
    seen = Session.objects.filter(
        referral=OuterRef("pk"), attendance__seen=True, starts_at__gte=OuterRef("decided_at")
    ).values("starts_at")
    return referrals.annotate(
        first_seen=Subquery(seen.order_by("starts_at")[:1]), last_seen=Subquery(seen.order_by("-starts_at")[:1])
    )


def _late(user: Any) -> Q:
    """Whether a clock ran over what its service set, or the day to look again has come."""
    condition = Q(pk__in=())
    for service in Service.objects.filter(pk__in=of(user).held(Role.COORDINATOR)):
        here = Q(school__service_id=service.pk)
        undecided = Q(status__in=TO_BE_DECIDED, submitted_at__lt=_days_ago(service.decide_within))
        unbegun = Q(status__in=DECIDED, first_seen=None, decided_at__lt=_days_ago(service.begin_within))
        unseen = Q(status__in=WORKED, last_seen__lt=_days_ago(service.contact_within))
        condition |= here & (undecided | unbegun | unseen)
    return condition | _due_again()


def _due_again() -> Q:
    """`Referral.is_due_again`, for the database."""
    come = Q(look_again_on__isnull=True) | Q(look_again_on__lte=timezone.localdate())
    return Q(status=Status.ACCEPTED) & come


def _days_ago(days: int) -> datetime:
    """The midnight in London before which an instant is more than so many days ago."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time.min))


def _running(words: str, since: datetime, within: int) -> Clock:
    days = days_since(since)
    return Clock(words, days, is_running=True, over=max(0, days - within))


def _between(start: datetime, end: datetime) -> int:
    return max(0, (timezone.localdate(end) - timezone.localdate(start)).days)


def _look_again(referral: Any) -> Clock | None:
    """The day to look again, once it has come."""
    today = timezone.localdate()
    if not referral.is_due_again:
        return None
    return Clock("Look again", (today - (referral.look_again_on or today)).days, is_running=True)
