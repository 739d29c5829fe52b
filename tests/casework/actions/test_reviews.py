"""Writing a review down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import reviews
from casework.actions.refusals import StepRefused
from casework.models import AuditEvent, Direction, Review
from tests.cast import PEOPLE
from tests.factories import CaseShareFactory


def record(referral, by, **fields):
    return reviews.record(referral, by=by, **{"held_on": timezone.localdate(), "outcome": " Calmer. "} | fields)


def test_record_is_sealed_under_the_cases_key(cast, case):
    referral = case(review=True)

    review = record(referral, cast.therapist, for_school="The quiet corner helps.")

    stored = Review.objects.get(pk=review.pk)
    assert (stored.outcome, stored.for_school) == ("Calmer.", "The quiet corner helps.")
    assert (stored.data_key, stored.recorded_by) == (referral.data_key, cast.therapist)
    assert referral.is_reviewed()
    event = AuditEvent.objects.get()
    assert (event.verb, event.referral, event.detail) == ("added", referral, {})


def test_record_by_everyone_else(cast, case, everything):
    referral = case(review=True)
    before = everything()

    for part in PEOPLE.keys() - {"therapist"}:
        with pytest.raises(PermissionDenied):
            record(referral, getattr(cast, part))

    assert everything() == before


@pytest.mark.parametrize("wrong", [{"held_on": timezone.localdate() + timedelta(days=2)}, {"outcome": "  "}])
def test_record_of_what_is_none(wrong, cast, case, everything):
    referral = case(review=True)
    before = everything()

    with pytest.raises(ValidationError) as refused:
        record(referral, cast.therapist, **wrong)

    assert list(refused.value.message_dict) == list(wrong)
    assert everything() == before


def test_record_for_a_case_that_nobody_works(cast, case):
    referral = case(closed=True)
    CaseShareFactory(content_object=referral, user=cast.other_therapist)

    with pytest.raises(StepRefused, match="a therapist"):
        record(referral, cast.other_therapist)


def test_record_says_where_the_work_is_going(cast, case):
    review = record(case(review=True), cast.therapist, direction=Direction.HARDER)
    assert Review.objects.get(pk=review.pk).direction == Direction.HARDER
    assert review.direction_in_words == "It is harder than before"


def test_record_refuses_another_direction(cast, case):
    with pytest.raises(ValidationError):
        record(case(review=True), cast.therapist, direction="because of the move")
