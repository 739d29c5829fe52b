from datetime import timedelta

import pytest
from django.utils import timezone

from casework.access import reading
from casework.lifecycle import Status
from casework.models import Referral
from casework.reports.progress import IN_WORDS, progress_of, was_read
from tests.cast import Cast
from tests.factories import ReferralFactory


@pytest.mark.parametrize(
    ("status", "now"),
    [
        (Status.SUBMITTED, "Sent"),
        (Status.DISCUSSION, "Read"),
        (Status.ACCEPTED, "Read"),
        (Status.ASSESSMENT, "Allocated"),
        (Status.ACTIVE, "Sessions"),
        (Status.REVIEW, "Review"),
    ],
)
def test_progress_of_names_the_step_it_stands_at(status: Status, now: str) -> None:
    assert [step.label for step in progress_of(status).steps if step.state == "now"] == [now]


def test_progress_of_a_draft_has_done_nothing() -> None:
    assert {step.state for step in progress_of(Status.DRAFT).steps} == {"to come"}


def test_progress_of_a_closed_case_has_done_all() -> None:
    assert {step.state for step in progress_of(Status.CLOSED).steps} == {"done"}


def test_progress_of_a_case_on_hold_stands_where_it_goes_on() -> None:
    held = progress_of(Status.ON_HOLD, Status.REVIEW)

    assert held.words == "On hold"
    assert held.reached == progress_of(Status.REVIEW).reached


@pytest.mark.parametrize("status", [Status.DECLINED, Status.SIGNPOSTED, Status.WITHDRAWN])
def test_progress_of_another_ending_has_no_steps(status: Status) -> None:
    assert progress_of(status).steps == []


def test_every_status_has_words() -> None:
    assert set(IN_WORDS) == set(Status)


def test_a_sent_referral_is_read_once_somebody_opened_it_who_is_not_of_the_school(cast: Cast) -> None:
    case = ReferralFactory(
        submitted=True, school=cast.school, pupil=cast.pupil, submitted_at=timezone.now() - timedelta(days=1)
    )
    found = Referral.objects.filter(was_read(), pk=case.pk)

    reading.opened(cast.head, case)
    assert not found.exists()
    reading.opened(cast.therapist, case, part="waiting list")
    assert found.exists()
    assert progress_of(Status.SUBMITTED, is_read=True).words == "Sent and read, waiting for a decision"
    assert [step.state for step in progress_of(Status.SUBMITTED, is_read=True).steps[:3]] == ["done", "now", "to come"]

    Referral.objects.filter(pk=case.pk).update(submitted_at=timezone.now() + timedelta(minutes=1))
    assert not found.exists()
