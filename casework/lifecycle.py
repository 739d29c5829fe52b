"""The statuses of a referral, from the worry to the end of the work: what may follow what, and what each step needs.

Who may take a step is not said here but in `access/rules/`. docs/lifecycle.md is drawn from this file.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition


class Status(models.TextChoices):
    """Where a referral stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Sent"
    RETURNED = "returned", "Returned with a question"
    DISCUSSION = "discussion", "For discussion"
    ACCEPTED = "accepted", "Accepted, waiting"
    ALLOCATED = "allocated", "Allocated"
    ASSESSMENT = "assessment", "Assessment"
    ACTIVE = "active", "In sessions"
    REVIEW = "review", "Review"
    ENDING = "ending", "Ending"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined with advice"
    SIGNPOSTED = "signposted", "Signposted"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ON_HOLD = "on_hold", "On hold"


class Mover(models.TextChoices):
    """Whose move is next."""

    SCHOOL = "school", "the school"
    DECIDERS = "deciders", "those who decide"
    MEETING = "meeting", "the meeting"
    COORDINATOR = "coordinator", "the coordinator"
    THERAPIST = "therapist", "the therapist"
    NOBODY = "nobody", "nobody"


WHOSE_MOVE: dict[Status, Mover] = {
    Status.DRAFT: Mover.SCHOOL,
    Status.SUBMITTED: Mover.DECIDERS,
    Status.RETURNED: Mover.SCHOOL,
    Status.DISCUSSION: Mover.MEETING,
    Status.ACCEPTED: Mover.COORDINATOR,
    Status.ALLOCATED: Mover.THERAPIST,
    Status.ASSESSMENT: Mover.THERAPIST,
    Status.ACTIVE: Mover.THERAPIST,
    Status.REVIEW: Mover.THERAPIST,
    Status.ENDING: Mover.THERAPIST,
    Status.ON_HOLD: Mover.COORDINATOR,
    Status.CLOSED: Mover.NOBODY,
    Status.DECLINED: Mover.NOBODY,
    Status.SIGNPOSTED: Mover.NOBODY,
    Status.WITHDRAWN: Mover.NOBODY,
}

FINISHED = frozenset({Status.CLOSED, Status.DECLINED, Status.SIGNPOSTED, Status.WITHDRAWN})
WRITABLE = (Status.DRAFT, Status.RETURNED)
UNDECIDED = (Status.SUBMITTED, Status.DISCUSSION)
WAITING = (*UNDECIDED, Status.ACCEPTED)
WORKED = (Status.ALLOCATED, Status.ASSESSMENT, Status.ACTIVE, Status.REVIEW, Status.ENDING)
OPEN = tuple(status for status in Status if status not in FINISHED)
AT_REST = FINISHED | {Status.ON_HOLD}
HOLDABLE = (*WAITING, *WORKED)


def needs(words: str) -> Callable[[Callable[[Any], bool]], Callable[[Any], bool]]:
    """Say what a condition asks for, in words that can be shown to the person who must bring it."""

    def say(condition: Callable[[Any], bool]) -> Callable[[Any], bool]:
        condition.words = words  # type: ignore[attr-defined]
        return condition

    return say


@needs("why the school is worried")
def says_why(referral: Any) -> bool:
    """The referral says what was seen."""
    return bool(referral.concerns)


@needs("the agreement of a person with parental responsibility")
def family_agrees(referral: Any) -> bool:
    """Someone who holds parental responsibility agreed, it says how and when, and has not withdrawn."""
    return bool(referral.agrees_to("work"))


@needs("the family's agreement to sharing at a Support and Guidance meeting")
def family_agrees_to_meeting(referral: Any) -> bool:
    """Sharing at a meeting is a purpose of its own: an agreement to it stands."""
    return bool(referral.agrees_to("meeting"))


@needs("why it is urgent")
def says_why_urgent(referral: Any) -> bool:
    """A referral that is urgent says why."""
    return bool(referral.urgent_because) or not referral.is_urgent


@needs("an answer to each question that must be answered")
def answers_what_must_be(referral: Any) -> bool:
    """The service's own questions that must be answered are."""
    return bool(referral.answers_what_must_be())


@needs("a therapist")
def has_therapist(referral: Any) -> bool:
    """An allocation is open now."""
    return referral.open_allocation() is not None


@needs("a review that is written down")
def was_reviewed(referral: Any) -> bool:
    """A review was recorded since the case came into review."""
    return bool(referral.is_reviewed())


@needs("a closing reason")
def says_how_it_ended(referral: Any) -> bool:
    """The closing reason is chosen."""
    return referral.closure_reason_id is not None


class Lifecycle(FSMModelMixin, models.Model):
    """The steps of a referral. Each changes only the status; an action saves it with its history and audit."""

    status = FSMField("status", default=Status.DRAFT, choices=Status.choices, protected=True, max_length=12)
    resumes_to = models.CharField("resumes to", max_length=12, choices=Status.choices, blank=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        status,
        [Status.DRAFT, Status.RETURNED],
        Status.SUBMITTED,
        conditions=[says_why, says_why_urgent, answers_what_must_be, family_agrees],
    )
    def submit(self) -> None:
        """Send the referral to those who decide."""

    @transition(status, list(UNDECIDED), Status.RETURNED)
    def return_for_information(self) -> None:
        """Ask the school a question before anything is decided."""

    @transition(status, Status.SUBMITTED, Status.DISCUSSION, conditions=[family_agrees_to_meeting])
    def put_to_meeting(self) -> None:
        """Take it to the Support and Guidance meeting."""

    @transition(status, list(UNDECIDED), Status.ACCEPTED, conditions=[family_agrees])
    def accept(self) -> None:
        """Counselling is agreed; the pupil waits for a therapist."""

    @transition(status, list(UNDECIDED), Status.DECLINED)
    def decline(self) -> None:
        """Counselling is not the right help; advice is given."""

    @transition(status, list(WAITING), Status.SIGNPOSTED)
    def signpost(self) -> None:
        """Another service is the right help; the family is told which."""

    @transition(status, Status.ACCEPTED, Status.ALLOCATED, conditions=[family_agrees, has_therapist])
    def allocate(self) -> None:
        """A therapist takes the case."""

    @transition(status, Status.ALLOCATED, Status.ACCEPTED)
    def undo_allocation(self) -> None:
        """It was a slip: within ten minutes whoever allocated takes it back, and the pupil waits as before."""

    @transition(status, list(WORKED), Status.ACCEPTED)
    def object_to_allocation(self) -> None:
        """The clinical supervisor objects within two working days; the pupil waits for another therapist."""

    @transition(status, Status.ALLOCATED, Status.ASSESSMENT)
    def start_assessment(self) -> None:
        """The therapist meets family and school and makes an assessment."""

    @transition(status, [Status.ALLOCATED, Status.ASSESSMENT], Status.ACTIVE, conditions=[has_therapist])
    def start_sessions(self) -> None:
        """Regular sessions begin."""

    @transition(status, Status.ACTIVE, Status.REVIEW)
    def start_review(self) -> None:
        """It is time to look at how things are going, as a rule after about six weeks."""

    @transition(status, Status.REVIEW, Status.ACTIVE, conditions=[was_reviewed])
    def continue_sessions(self) -> None:
        """The review found that sessions should go on."""

    @transition(status, [Status.ACTIVE, Status.REVIEW], Status.ENDING, conditions=[was_reviewed])
    def start_ending(self) -> None:
        """The ending is planned with the child."""

    @transition(status, list(WORKED), Status.CLOSED, conditions=[says_how_it_ended])
    def close(self) -> None:
        """The work is over."""

    @transition(status, Status.CLOSED, Status.ACCEPTED, conditions=[family_agrees])
    def reopen(self) -> None:
        """The pupil needs help again; the case waits for a therapist."""

    @transition(status, list(OPEN), Status.WITHDRAWN)
    def withdraw(self) -> None:
        """The family or the school no longer asks for help."""
        self.resumes_to = ""

    @transition(status, list(HOLDABLE), Status.ON_HOLD)
    def hold(self) -> None:
        """Nothing happens for a while; the status it had is remembered."""
        self.resumes_to = self.status

    @transition(status, Status.ON_HOLD, RETURN_VALUE(*HOLDABLE))
    def resume(self) -> str:
        """Go on where it was."""
        status, self.resumes_to = self.resumes_to, ""
        return status
