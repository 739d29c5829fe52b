"""Agreements that ask for somebody: taken back and undecided, answered by a link, soon to be asked again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import FamilyAgreement
from .rows import SHOWN, TEXTS, CaseRow, row_of

SOON = timedelta(weeks=4)


@dataclass(frozen=True)
class Asks:
    """One agreement that asks for something: of which case, and what it is about, in words."""

    case: CaseRow
    words: str
    link: UUID | None = None


def asking(user: Any) -> list[QuerySet[Any]]:
    """All that asks for this person: answered by a link, taken back, soon to be asked again."""
    return [_to_confirm(user), _to_decide(user), _to_review(user)]


def to_decide(user: Any) -> list[Asks]:
    """Taken back, and nobody has decided how the work goes on: among the cases that this person works or coordinates,
    the oldest first."""
    return _rows(_to_decide(user).order_by("withdrawn_at", "pk"))


def to_review(user: Any) -> list[Asks]:
    """Over, or over within four weeks, among the cases that this person works or coordinates: the first due first."""
    return _rows(_to_review(user).order_by("review_on", "pk"))


def to_confirm(user: Any) -> list[Asks]:
    """Answered by a link, and nobody has looked at it: among the cases that this person works or coordinates, and their
    own school's, the oldest first."""
    return [
        Asks(row_of(row.referral), row.get_purpose_display().capitalize(), row.uuid)
        for row in _with_case(_to_confirm(user).order_by("answered_at", "pk"))[:SHOWN]
    ]


def _to_confirm(user: Any) -> Any:
    links: Any = rules.visible_agreement_links(user)
    return links.to_confirm()


def _to_decide(user: Any) -> Any:
    return _theirs(user).to_decide()


def _to_review(user: Any) -> Any:
    return _theirs(user).to_review(timezone.localdate() + SOON)


def _theirs(user: Any) -> Any:
    scope = of(user)
    own = Q(referral_id__in=scope.worked) | Q(referral__school_id__in=scope.schools_served(Role.COORDINATOR))
    return rules.visible_agreements(user).filter(own)


def _rows(found: QuerySet[FamilyAgreement]) -> list[Asks]:
    rows = _with_case(found)[:SHOWN]
    return [
        Asks(row_of(row.referral), f"{row.get_purpose_display().capitalize()}, until {row.review_on:%-d %B %Y}")
        for row in rows
    ]


def _with_case(found: QuerySet[Any]) -> QuerySet[Any]:
    related = found.select_related("referral__school__cluster", "referral__school__service")
    return related.defer(*(f"referral__{name}" for name in TEXTS))
