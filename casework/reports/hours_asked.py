"""What is asked about hours and waits for an answer, and agreements that wait to be signed or proposed again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import HoursLoan, HoursRequest, ServiceAgreement

SOON = timedelta(days=75)
"""How long before a year ends its agreements are due to be proposed again."""


@dataclass(frozen=True)
class Waiting:
    """Requests without an answer, and loans of which one's own school is asked."""

    requests: list[HoursRequest]
    loans: list[HoursLoan]


def waiting(user: Any) -> Waiting:
    """What waits for this person, or for an answer to their school."""
    requests, loans = asking(user)
    return Waiting(list(requests.select_related("school")), list(loans.select_related("lender", "borrower")))


def asking(user: Any) -> tuple[QuerySet[HoursRequest], QuerySet[HoursLoan]]:
    """Requests that one may see, and loans that one may answer, before they are answered."""
    requests = rules.visible_hours_requests(user).filter(state=HoursRequest.State.ASKED)
    loans = rules.visible_hours_loans(user).filter(state=HoursLoan.State.ASKED, lender_id__in=of(user).held(Role.HEAD))
    return requests, loans


def unsigned(user: Any) -> QuerySet[ServiceAgreement]:
    """Where one coordinates: proposals, and what is in force in a year that soon ends, with none after."""
    schools = of(user).schools_served(Role.COORDINATOR)
    today = timezone.localdate()
    after = ServiceAgreement.objects.filter(
        school=OuterRef("school"), school_year__starts_on__gt=OuterRef("school_year__ends_on")
    )
    ends_soon = Q(replaced_at=None, school_year__ends_on__range=(today, today + SOON)) & ~Exists(after)
    return ServiceAgreement.objects.filter(Q(signed_on=None) | ends_soon, school_id__in=schools)
