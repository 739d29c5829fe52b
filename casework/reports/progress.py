"""How far a referral is, in the six plain steps that a school sees."""

from dataclasses import dataclass

from ..lifecycle import FINISHED, Status

STEPS = ("Sent", "Decided", "Allocated", "Sessions", "Review", "Finished")

REACHED: dict[Status, int] = {
    Status.DRAFT: 0,
    Status.RETURNED: 0,
    Status.SUBMITTED: 1,
    Status.DISCUSSION: 1,
    Status.ACCEPTED: 2,
    Status.ALLOCATED: 3,
    Status.ASSESSMENT: 3,
    Status.ACTIVE: 4,
    Status.REVIEW: 5,
    Status.ENDING: 5,
    Status.CLOSED: 6,
}
"""How many of the steps each status has reached; a referral that ends otherwise has none."""

IN_WORDS: dict[Status, str] = {
    Status.DRAFT: "Not sent yet",
    Status.SUBMITTED: "Sent, waiting for a decision",
    Status.RETURNED: "Came back with a question",
    Status.DISCUSSION: "Sent, to be talked over at the meeting",
    Status.ACCEPTED: "Decided, waiting for a therapist",
    Status.ALLOCATED: "A therapist has the case",
    Status.ASSESSMENT: "The therapist is getting to know the child",
    Status.ACTIVE: "In sessions",
    Status.REVIEW: "Looking at how it goes",
    Status.ENDING: "The ending is planned",
    Status.CLOSED: "Finished",
    Status.DECLINED: "Declined, with advice",
    Status.SIGNPOSTED: "Another service helps",
    Status.WITHDRAWN: "Withdrawn",
    Status.ON_HOLD: "On hold",
}


@dataclass(frozen=True)
class Step:
    """One of the six: done, now or to come."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    """The steps, and the same in words."""

    words: str
    steps: list[Step]
    reached: int


def progress_of(status: Status, resumes_to: str = "") -> Progress:
    """How far a referral at this status is; one on hold stands where it goes on."""
    words = IN_WORDS[status]
    stands = Status(resumes_to) if status is Status.ON_HOLD and resumes_to else status
    reached = REACHED.get(stands)
    if reached is None:
        return Progress(words, [], 0)
    return Progress(
        words, [Step(label, _state(place, reached, stands)) for place, label in enumerate(STEPS, start=1)], reached
    )


def _state(place: int, reached: int, status: Status) -> str:
    if place == reached and status not in FINISHED:
        return "now"
    return "done" if place <= reached else "to come"
