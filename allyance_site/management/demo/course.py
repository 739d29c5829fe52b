"""The course of a case: which steps led to its status, and in which school week each was taken."""

from dataclasses import dataclass

from casework.lifecycle import Status

from .plot import Case
from .weeks import SchoolWeeks

FIRST_REVIEW, REVIEW_EVERY = 10, 7
SIDEWAYS = {
    Status.RETURNED: "return_for_information",
    Status.DISCUSSION: "put_to_meeting",
    Status.DECLINED: "decline",
    Status.SIGNPOSTED: "signpost",
    Status.WITHDRAWN: "withdraw",
}
LEADS_TO = {
    "submit": Status.SUBMITTED,
    "accept": Status.ACCEPTED,
    "allocate": Status.ALLOCATED,
    "start_assessment": Status.ASSESSMENT,
    "start_sessions": Status.ACTIVE,
    "start_review": Status.REVIEW,
    "continue_sessions": Status.ACTIVE,
    "start_ending": Status.ENDING,
    "close": Status.CLOSED,
    "hold": Status.ON_HOLD,
} | {step: status for status, step in SIDEWAYS.items()}
UNTIL = {
    Status.ACCEPTED: "accept",
    Status.ALLOCATED: "allocate",
    Status.ASSESSMENT: "start_assessment",
    Status.REVIEW: "start_review",
}


@dataclass(frozen=True)
class Step:
    """A step, and how many school weeks ago it was taken."""

    name: str
    ago: int

    @property
    def to(self) -> Status:
        return LEADS_TO[self.name]


def course_of(case: Case, weeks: SchoolWeeks, *, meeting_decides: bool) -> list[Step]:
    """The steps of a case from its sending on; none for a draft."""
    if case.status in (None, Status.DRAFT):
        return []
    sent = weeks.ago(case.sent) if case.last_year else case.sent
    return [Step(name, sent - after) for name, after in _steps(case, sent, meeting_decides=meeting_decides)]


def _steps(case: Case, sent: int, *, meeting_decides: bool) -> list[tuple[str, int]]:
    """Each step, and how many school weeks it came after the sending."""
    if case.status is Status.SUBMITTED:
        return [("submit", 0)]
    if case.status in SIDEWAYS:
        return [("submit", 0), (SIDEWAYS[case.status], 1)]
    decided = 2 if meeting_decides else 1
    begun = [("submit", 0), *([("put_to_meeting", 1)] if meeting_decides else []), ("accept", decided)]
    begun += [("allocate", decided), ("start_assessment", decided + 1), ("start_sessions", decided + 3)]
    if case.status is Status.REVIEW:
        begun.append(("start_review", FIRST_REVIEW))
    if case.status in UNTIL:
        names = [name for name, _ in begun]
        return begun[: names.index(UNTIL[case.status]) + 1]
    if case.status is Status.ON_HOLD:
        return [*begun, ("hold", sent - 2)]
    if case.status is Status.ACTIVE:
        return begun + _reviews(sent - 1)
    ending = sent - 3 if case.status is Status.ENDING else case.weeks - 3
    ends = [("start_ending", ending)] + ([("close", case.weeks)] if case.status is Status.CLOSED else [])
    return begun + _reviews(ending) + ends


def _reviews(before: int) -> list[tuple[str, int]]:
    """A review after six weeks and every seventh after it; sessions go on the week after."""
    steps: list[tuple[str, int]] = []
    for after in range(FIRST_REVIEW, before, REVIEW_EVERY):
        steps += [("start_review", after), ("continue_sessions", after + 1)]
    return steps
