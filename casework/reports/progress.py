"""How far a referral is, in the six plain steps that a school sees."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from ..lifecycle import FINISHED, Status
from ..models import AuditEvent, SchoolRole, in_force

STEPS = ("Sent", "Read", "Allocated", "Sessions", "Review", "Finished")

REACHED: dict[Status, int] = {
    Status.DRAFT: 0,
    Status.RETURNED: 0,
    Status.SUBMITTED: 1,
    Status.DISCUSSION: 2,
    Status.ACCEPTED: 2,
    Status.ALLOCATED: 3,
    Status.ASSESSMENT: 3,
    Status.ACTIVE: 4,
    Status.REVIEW: 5,
    Status.ENDING: 5,
    Status.CLOSED: 6,
}
"""How many of the steps each status has reached; a referral that ends otherwise has none. One that is sent has reached
the second as soon as it is read."""

IN_WORDS: dict[Status, str] = {
    Status.DRAFT: "Not sent yet",
    Status.SUBMITTED: "Sent, waiting for a decision",
    Status.RETURNED: "Came back with a question",
    Status.DISCUSSION: "Sent, to be talked over at the meeting",
    Status.ACCEPTED: "Accepted, waiting for a therapist",
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

READ_IN_WORDS = "Sent and read, waiting for a decision"


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


def was_read() -> Exists:
    """Whether somebody who is not of its school has opened a referral since it was sent, for the database."""
    of_the_school = SchoolRole.objects.filter(
        in_force(), user=OuterRef("actor"), content_object=OuterRef(OuterRef("school"))
    )
    opened = AuditEvent.objects.filter(
        ~Exists(of_the_school), referral=OuterRef("pk"), verb="opened", at__gte=OuterRef("submitted_at")
    )
    return Exists(opened.order_by())


def progress_of(status: Status, resumes_to: str = "", *, is_read: bool = False) -> Progress:
    """How far a referral at this status is; one on hold stands where it goes on."""
    words = IN_WORDS[status]
    if status is Status.SUBMITTED and is_read:
        words = READ_IN_WORDS
    stands = Status(resumes_to) if status is Status.ON_HOLD and resumes_to else status
    reached = REACHED.get(stands)
    if reached is None:
        return Progress(words, [], 0)
    if stands is Status.SUBMITTED and is_read:
        reached += 1
    return Progress(
        words, [Step(label, _state(place, reached, stands)) for place, label in enumerate(STEPS, start=1)], reached
    )


def _state(place: int, reached: int, status: Status) -> str:
    if place == reached and status not in FINISHED:
        return "now"
    return "done" if place <= reached else "to come"
