"""Saying yes where the school and its therapist decide: which yes a person may still give."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..access import rules
from ..lifecycle import Status
from ..models import Endorsement, Placement, Referral, in_force

Side = Endorsement.Side
WORDS = {Side.SCHOOL: "Yes, our school wants this", Side.THERAPIST: "Yes, I can take this"}


def standing_yeses() -> QuerySet[Endorsement]:
    """The yeses that hold: a therapist's only while that therapist is placed at the school."""
    placed = Placement.objects.filter(
        in_force(),
        in_force(prefix="practitioner__"),
        practitioner__user=OuterRef("given_by"),
        school=OuterRef("referral__school"),
    )
    yeses = Endorsement.objects.filter(withdrawn_at__isnull=True).select_related("given_by")
    return yeses.filter(Q(side=Side.SCHOOL) | Exists(placed))


def sides_open(user: Any, referral: Referral, yeses: Iterable[Endorsement]) -> list[tuple[str, str]]:
    """The sides for which this person may say yes now, and the words of the button; none once it was said."""
    if referral.status != Status.SUBMITTED:
        return []
    said = {endorsement.side for endorsement in yeses}
    may = {
        Side.SCHOOL: rules.can_endorse_for_school(user, referral),
        Side.THERAPIST: rules.can_endorse_for_therapist(user, referral),
    }
    return [(side.value, WORDS[side]) for side, allowed in may.items() if allowed and side not in said]
