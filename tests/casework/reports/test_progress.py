import pytest

from casework.lifecycle import Status
from casework.reports.progress import IN_WORDS, progress_of


@pytest.mark.parametrize(
    ("status", "now"),
    [
        (Status.SUBMITTED, "Sent"),
        (Status.DISCUSSION, "Sent"),
        (Status.ACCEPTED, "Decided"),
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
