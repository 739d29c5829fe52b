"""What a list of cases says of each: reference, school and year group, never a name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ..models import HowSoon, Referral

TEXTS = ("concerns", "strengths", "tried", "own_words", "ending_summary")
SHOWN = 5

HOW_SOON = {HowSoon.URGENT.value: "Urgent", HowSoon.SOON.value: "Soon"}
"""What is said beside a case; this term needs no word."""


@dataclass(frozen=True)
class CaseRow:
    """One case in a list: since when it stands as it does, and whose move is next."""

    uuid: UUID
    reference: str
    year: str
    school: str
    status: str
    since: datetime
    days: int
    whose: str
    soon: str
    look_again: bool


@dataclass(frozen=True)
class Lines:
    """The first rows of a list, and whether there are more."""

    rows: list[CaseRow]
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


def days_since(moment: datetime) -> int:
    """Whole days from then to today, as a calendar counts them."""
    return (timezone.localdate() - timezone.localdate(moment)).days


def with_school(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals with what a row needs, and without their sealed texts."""
    return referrals.select_related("school__cluster", "school__service").defer(*TEXTS)


def row_of(referral: Referral) -> CaseRow:
    """One referral as a row."""
    return CaseRow(
        uuid=referral.uuid,
        reference=referral.reference,
        year=referral.get_year_group_display(),
        school=referral.school.name,
        status=referral.get_status_display(),
        since=referral.status_since,
        days=days_since(referral.status_since),
        whose=referral.next_mover,
        soon=HOW_SOON.get(referral.how_soon, ""),
        look_again=referral.is_due_again,
    )


def first(referrals: QuerySet[Referral], shown: int = SHOWN) -> Lines:
    """The first few of a list; one more is asked for, to know whether there are more."""
    return lines(list(with_school(referrals)[: shown + 1]), shown)


def lines(found: list[Referral], shown: int = SHOWN) -> Lines:
    """The first few of those that were found."""
    return Lines([row_of(referral) for referral in found[:shown]], more=len(found) > shown)
