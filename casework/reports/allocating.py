"""Allocations that the clinical supervisor may still object to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import Allocation, in_force, objection_until, open_to_objection_since
from .rows import TEXTS, CaseRow, row_of

MOST = 20


@dataclass(frozen=True)
class Made:
    """A new allocation, and the last day on which it may be objected to."""

    case: CaseRow
    allocation: Allocation
    until: date


def open_to_objection(user: Any) -> list[Made]:
    """Of the supervised services, made by somebody else within two working days: the newest first."""
    services = of(user).held(Role.SUPERVISOR)
    new = rules.visible_allocations(user).filter(
        in_force(), starts_at__gte=open_to_objection_since(), referral__school__service_id__in=services
    )
    related = new.exclude(allocated_by=user).select_related(
        "referral__school__cluster", "referral__school__service", "practitioner__discipline"
    )
    rows = related.defer(*(f"referral__{text}" for text in TEXTS)).order_by("-starts_at", "-pk")[:MOST]
    made = [Made(row_of(one.referral), one, objection_until(one.starts_at)) for one in rows]
    return [one for one in made if one.until >= timezone.localdate()]
