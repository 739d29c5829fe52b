"""How the cases in sessions go: whose review is due, who was not seen for long, whose work lasts long."""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of, services_of
from ..lifecycle import WORKED, Status
from ..models import Referral, Review, Session
from .clocks import quiet
from .rows import SHOWN, CaseRow, Lines, first, row_of, with_school

REVIEW_AFTER = timedelta(weeks=6)
LONG = 24


@dataclass(frozen=True)
class LongCase:
    """A case with many sessions."""

    case: CaseRow
    sessions: int


def served(user: Any) -> QuerySet[Referral]:
    """The cases of the services that this person coordinates or supervises."""
    schools = of(user).schools_served(Role.COORDINATOR, Role.SUPERVISOR)
    return rules.visible_referrals(user).filter(school_id__among=schools)


def reviews_due(user: Any) -> Lines:
    """In sessions for six weeks and more, without a review in the last six, among the cases that this person works,
    coordinates or supervises: the longest first."""
    ago = timezone.now() - REVIEW_AFTER
    scope = of(user)
    concerned = Q(pk__in=scope.worked) | Q(school_id__among=scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR))
    recent = Review.objects.filter(referral=OuterRef("pk"), held_on__gt=timezone.localdate(ago))
    due = rules.visible_referrals(user).filter(concerned, ~Exists(recent), status=Status.ACTIVE, status_since__lte=ago)
    return first(due.order_by("status_since", "pk"))


def without_contact(user: Any) -> Lines:
    """In sessions, and the child was not seen for longer than the service has set."""
    services = services_of(user, Role.COORDINATOR, Role.SUPERVISOR)
    too_long = reduce(or_, map(quiet, services), Q(pk__in=()))
    return first(served(user).filter(too_long).order_by("status_since", "pk"))


def long_cases(user: Any) -> list[LongCase]:
    """Worked cases in which the child was seen more than 24 times: the most first."""
    counted = with_school(served(user).filter(status__in=WORKED)).annotate(held=times_seen())
    cases = counted.filter(held__gt=LONG)
    return [LongCase(row_of(case), case.held) for case in cases.order_by("-held", "pk")[:SHOWN]]


def times_seen() -> Coalesce:
    """In how many sessions the child of a referral was seen."""
    held = Session.objects.filter(referral=OuterRef("pk"), attendance__seen=True).order_by().values("referral")
    return Coalesce(Subquery(held.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)
