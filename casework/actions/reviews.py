"""Reviews: how the work is going, written down by who works the case."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import has_therapist
from ..models import Direction, Referral, Review
from .agreements import refuse_unshared
from .refusals import StepRefused
from .saving import save_clean
from .steps import lock


@transaction.atomic
def record(
    referral: Referral, *, by: Any, held_on: date, outcome: str, for_school: str = "", direction: str = ""
) -> Review:
    """Write a review down, with what the school may read of it, and where the work is going."""
    current = lock(referral)
    if not rules.can_record_review(by, current):
        raise PermissionDenied
    if not has_therapist(current):
        raise StepRefused(has_therapist.words)  # type: ignore[attr-defined]
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "This day has not come yet: a review is written down when it was held."})
    if direction and direction not in Direction.values:
        raise ValidationError({"direction": "Choose from the list."})
    review = Review(referral=current, data_key=current.data_key, held_on=held_on, recorded_by=by)
    review.outcome = outcome.strip()
    review.for_school = for_school.strip()
    review.direction = direction
    if review.for_school:
        refuse_unshared(current, "for_school")
    save_clean(review)
    audit.record("added", review, by=by)
    return review
