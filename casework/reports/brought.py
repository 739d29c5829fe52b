"""When each case was last brought to supervision, and whether that is within what its service has set."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..lifecycle import WORKED
from ..models import Allocation, Referral, Service, SupervisionItem, in_force
from .clocks import days_ago
from .rows import CaseRow, row_of, with_school


@dataclass(frozen=True)
class NotBrought:
    """A case that was not brought in time, and since when, in words."""

    case: CaseRow
    since: str


def supervised(user: Any, service: Service) -> QuerySet[Referral]:
    """The open cases of a service, as its clinical supervisor sees them."""
    scope = of(user)
    own = service.pk in scope.held(Role.SUPERVISOR)
    # By the schools themselves: joined to their service, the database would go through all that was ever closed.
    schools = scope.schools_of_services[service.pk] if own else frozenset()
    return rules.visible_referrals(user).filter(school_id__among=schools, status__in=WORKED)


def with_brought(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """With when each was last brought, and since when it waits to be: since then, or since its therapist has it."""
    brought = SupervisionItem.objects.filter(referral=OuterRef("pk"), brought=True, meeting__cancelled_at=None)
    last = brought.order_by().values("referral").annotate(last=Max("meeting__starts_at")).values("last")
    held = Allocation.objects.filter(in_force(), referral=OuterRef("pk")).order_by().values("referral")
    begun = held.annotate(first=Min("starts_at")).values("first")
    return referrals.annotate(last_brought=Subquery(last)).annotate(
        waits_since=Coalesce(F("last_brought"), Subquery(begun), F("status_since"))
    )


def is_late(service: Service) -> Q:
    """Whether a case waits longer to be brought than its service has set, for the database."""
    return Q(waits_since__lt=late_before(service))


def late_before(service: Service) -> datetime:
    """A case that waits since before this instant was not brought in time."""
    return days_ago(service.supervision_within * 7)


def not_brought(user: Any, service: Service) -> QuerySet[Referral]:
    """The open cases that were not brought in time: the longest wait first."""
    waiting: Any = with_brought(with_school(supervised(user, service)))
    late: QuerySet[Referral] = waiting.filter(is_late(service)).order_by("waits_since", "pk")
    return late


@dataclass(frozen=True)
class InTime:
    """Of one therapist's open cases how many were brought in time."""

    therapist: str
    in_time: int
    whole: int


def shares(user: Any, service: Service) -> list[InTime]:
    """By therapist, in the order of their names."""
    held = Allocation.objects.filter(in_force(), referral=OuterRef("pk")).order_by("-starts_at")
    cases: Any = with_brought(supervised(user, service))
    counted = cases.annotate(therapist=Subquery(held.values("practitioner__name")[:1])).order_by().values("therapist")
    rows = counted.annotate(whole=Count("pk"), late=Count("pk", filter=is_late(service)))
    found = [InTime(row["therapist"] or "Nobody", row["whole"] - row["late"], row["whole"]) for row in rows]
    return sorted(found, key=lambda one: one.therapist)


def rows_of(referrals: Any) -> list[NotBrought]:
    """The rows of these; nothing more is asked of the database."""
    return [NotBrought(row_of(one), since_in_words(one.waits_since, one.last_brought)) for one in referrals]


def since_in_words(waits_since: datetime, last_brought: datetime | None) -> str:
    """Since when a case was not brought."""
    number = weeks_since(waits_since)
    weeks = f"{number} week{'' if number == 1 else 's'}"
    if last_brought is None:
        return f"never brought; with its therapist for {weeks}"
    return f"brought {weeks} ago" if number else "brought this week"


def weeks_since(moment: datetime) -> int:
    """Whole weeks from then to today, as a calendar counts them."""
    return max(0, (timezone.localdate() - timezone.localdate(moment)).days) // 7
