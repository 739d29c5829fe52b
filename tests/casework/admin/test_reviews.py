from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from casework.models import Review
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import ReferralFactory


@pytest.fixture
def case(cast):
    """A case that the cast's therapist works."""
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def address(case):
    return reverse("casework_review", args=[case.uuid])


def test_review_is_written_down_once(cast, client_for, case):
    client = client_for(cast.therapist)
    form = hidden(client, address(case)) | {
        "held_on": "2026-01-05",
        "outcome": "Sleeps again.",
        "direction": "harder",
        "for_school": "Drums help.",
    }

    answers = [client.post(address(case), form) for _ in range(2)]

    assert answers[0].url == answers[1].url == reverse("casework_case", args=[case.uuid])
    review = Review.objects.get(referral=case)
    assert (review.held_on, review.outcome, review.for_school) == (date(2026, 1, 5), "Sleeps again.", "Drums help.")
    assert review.direction == "harder"


def test_review_says_before_writing_who_reads_which_text(cast, client_for, case):
    page = text_of(client_for(cast.therapist).get(address(case)))

    assert "Not by the school." in page
    assert "Read by the school’s head and SENDCO" in page


def test_review_says_whom_to_tell_and_that_writing_tells_nobody(cast, client_for, case):
    page = text_of(client_for(cast.therapist).get(address(case)))

    assert cast.dsl.get_full_name() in page
    assert "Writing it here tells nobody." in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"outcome": ""}, "outcome"), ({"held_on": "2999-01-01"}, "held_on"), ({"held_on": ""}, "held_on")],
)
def test_review_says_how_to_mend_what_is_wrong(cast, client_for, case, typed, field):
    whole = {"held_on": "2026-01-05", "outcome": "Sleeps again.", "for_school": "Drums help."} | typed

    page = text_of(send(client_for(cast.therapist), address(case), **whole))

    assert f'<a href="#id_{field}">' in page
    assert "Drums help.</textarea>" in page
    assert not Review.objects.filter(referral=case).exists()


@pytest.mark.parametrize("person", ["coordinator", "supervisor", "head", "other_therapist", "outsider"])
def test_review_of_another_is_not_there(cast, client_for, case, person):
    client = client_for(getattr(cast, person))

    assert client.get(address(case)).status_code == 404
    form = {"form_key": str(uuid4()), "held_on": "2026-01-05", "outcome": "Forged."}
    assert client.post(address(case), form).status_code == 404
    assert not Review.objects.filter(referral=case).exists()
