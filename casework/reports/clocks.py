"""How long a referral takes, against what its service set: to the decision, to the first session, since the last."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils import timezone

from ..lifecycle import UNDECIDED, WORKED, Status
from ..models import Referral, Service, Session
from .rows import days_since

TO_BE_DECIDED = (*UNDECIDED, Status.RETURNED)
DECIDED = (Status.ACCEPTED, *WORKED)


class Span(StrEnum):
    """What is timed, as the coordinator reads it."""

    TO_DECISION = "Decided"
    WITHOUT_DECISION = "No decision"
    TO_SESSION = "First session"
    WITHOUT_SESSION = "No session"
    SINCE_SEEN = "Not seen"


AS_A_SCHOOL_READS_IT = {
    Span.TO_DECISION: "decided {days} after it was sent",
    Span.WITHOUT_DECISION: "sent {ago}; decided as a rule within {within}",
    Span.TO_SESSION: "first session {days} after the decision",
    Span.WITHOUT_SESSION: "accepted {ago}; the first session is as a rule within {within}",
    Span.SINCE_SEEN: "last seen {ago}; as a rule again within {within}",
}


@dataclass(frozen=True)
class Clock:
    """How long something took, or takes so far; `over` is by how many days it is late."""

    span: Span
    days: int
    within: int = 0

    @property
    def words(self) -> str:
        return self.span.value

    @property
    def is_running(self) -> bool:
        return self.within > 0

    @property
    def over(self) -> int:
        return max(0, self.days - self.within) if self.is_running else 0

    @property
    def for_school(self) -> str:
        """A sentence for the school, with what is usual."""
        days, within = _days(self.days), _days(self.within)
        ago = f"{days} ago" if self.days else "today"
        return AS_A_SCHOOL_READS_IT[self.span].format(days=days, ago=ago, within=within).capitalize()


def timed(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """With the first and the last time that the child was seen since the decision."""
    return referrals.annotate(first_seen=_seen(Min("starts_at")), last_seen=_seen(Max("starts_at")))


def clocks_of(referral: Referral, first_seen: datetime | None, last_seen: datetime | None) -> list[Clock]:
    """The clocks of one referral, in their order; at most the last of them runs."""
    service, status = referral.school.service, Status(referral.status)
    sent, decided = referral.submitted_at, referral.decided_at if referral.status in DECIDED else None
    clocks = []
    if sent and decided:
        clocks.append(Clock(Span.TO_DECISION, _between(sent, decided)))
    elif sent and status in TO_BE_DECIDED:
        clocks.append(Clock(Span.WITHOUT_DECISION, days_since(sent), service.decide_within))
    if decided and first_seen and last_seen:
        clocks.append(Clock(Span.TO_SESSION, _between(decided, first_seen)))
        if status in WORKED:
            clocks.append(Clock(Span.SINCE_SEEN, days_since(last_seen), service.contact_within))
    elif decided:
        clocks.append(Clock(Span.WITHOUT_SESSION, days_since(decided), service.begin_within))
    return clocks


def ran_over(service: Service) -> Q:
    """Whether a clock of a referral of this service ran over what the service set, for the database.

    It is asked once a row when the child was last seen: for one who was not seen yet, the decision stands for it, put
    by as much earlier or later as a beginning may take longer than a pause.
    """
    begin, contact = days_ago(service.begin_within), days_ago(service.contact_within)
    seen = Coalesce(_seen(Max("starts_at")), F("decided_at") + (contact - begin))
    undecided = Q(status__in=TO_BE_DECIDED, submitted_at__lt=days_ago(service.decide_within))
    return Q(school__service_id=service.pk) & (undecided | Q(status__in=DECIDED) & Q(LessThan(seen, contact)))


def quiet(service: Service) -> Q:
    """Whether the child is in sessions at this service, and was not seen for longer than it set."""
    long_ago = days_ago(service.contact_within)
    seen = Coalesce(_seen(Max("starts_at")), F("status_since"))
    return Q(school__service_id=service.pk, status=Status.ACTIVE) & Q(LessThan(seen, long_ago))


def days_ago(days: int) -> datetime:
    """The midnight in London before which an instant is more than so many days ago."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time.min))


def _seen(which: Min | Max) -> Subquery:
    seen = Session.objects.filter(
        referral=OuterRef("pk"), attendance__seen=True, starts_at__gte=OuterRef("decided_at")
    ).order_by()
    return Subquery(seen.values("referral").annotate(seen_at=which).values("seen_at"))


def _between(start: datetime, end: datetime) -> int:
    return max(0, (timezone.localdate(end) - timezone.localdate(start)).days)


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
