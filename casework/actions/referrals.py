"""A referral's steps, each a verb: from sending it to closing the case. Writing it is in `referring.py`."""

from collections.abc import Callable
from datetime import time as Time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from .. import audit
from ..models import ListItem, ListName, Practitioner, Purpose, Referral
from .agreements import refuse_passing_on
from .referring import change, refuse_twin, show_to_school, start
from .steps import take
from .therapists import give

__all__ = [
    "STEPS",
    "accept",
    "allocate",
    "change",
    "close",
    "continue_sessions",
    "decline",
    "hold",
    "object_to_allocation",
    "put_to_meeting",
    "reopen",
    "resume",
    "return_for_information",
    "show_to_school",
    "signpost",
    "start",
    "start_assessment",
    "start_ending",
    "start_review",
    "start_sessions",
    "submit",
    "undo_allocation",
    "withdraw",
]


def submit(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Send it to those who decide; they are told."""
    return take(referral, "submit", by=by, version=version, note=note)


def return_for_information(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Ask the school a question. A yes that was given is taken back, for the text may be another when it returns."""

    def take_back(current: Referral) -> None:
        current.endorsements.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())

    return take(referral, "return_for_information", by=by, version=version, note=note, prepare=take_back)


def put_to_meeting(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Take it to the meeting."""
    return take(referral, "put_to_meeting", by=by, version=version, note=note)


def accept(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Say yes for all; who referred is told."""
    return take(referral, "accept", by=by, version=version, note=note)


def decline(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Say no, with advice; who referred is told."""
    return take(referral, "decline", by=by, version=version, note=note)


def signpost(
    referral: Referral, *, by: Any, version: int, note: str = "", passes_on: bool = False, urgent: bool = False
) -> Referral:
    """Name the service that is the right help; who referred is told. Where something of the child is passed on to it,
    the family agreed to that, or it could not wait."""

    def ask_first(current: Referral) -> None:
        if passes_on:
            _pass_on(current, Purpose.SERVICE, "passes_on", by=by, urgent=urgent)

    return take(referral, "signpost", by=by, version=version, note=note, prepare=ask_first)


def allocate(
    referral: Referral,
    *,
    by: Any,
    version: int,
    practitioner: Practitioner,
    weekday: int | None = None,
    time: Time | None = None,
    parents_first: bool | None = None,
    note: str = "",
) -> Referral:
    """Give the case to a therapist, with a weekly hour where it is known; the therapist is told."""

    def give_it(current: Referral) -> None:
        give(current, practitioner, by=by, weekday=weekday, time=time, parents_first=parents_first)

    return take(referral, "allocate", by=by, version=version, note=note, prepare=give_it)


def undo_allocation(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Take one's own allocation back within ten minutes; the therapist and the supervisor are told."""
    return take(referral, "undo_allocation", by=by, version=version, note=note)


def object_to_allocation(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """The supervisor objects, and says why; coordinator, therapist and whoever allocated are told."""
    return take(referral, "object_to_allocation", by=by, version=version, note=note)


def start_assessment(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Begin to assess."""
    return take(referral, "start_assessment", by=by, version=version, note=note)


def start_sessions(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Begin the regular sessions."""
    return take(referral, "start_sessions", by=by, version=version, note=note)


def start_review(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Begin to look at how things are going."""
    return take(referral, "start_review", by=by, version=version, note=note)


def continue_sessions(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Go on with the sessions after a review."""
    return take(referral, "continue_sessions", by=by, version=version, note=note)


def start_ending(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Plan the ending with the child."""
    return take(referral, "start_ending", by=by, version=version, note=note)


def close(
    referral: Referral,
    *,
    by: Any,
    version: int,
    reason: ListItem,
    summary: str = "",
    note: str = "",
    urgent: bool = False,
) -> Referral:
    """End the work and the allocation; who referred is told. An earlier ending's summary stays above this one.

    Where the reason passes the child on, the family agreed to that, or it could not wait.
    """

    def say_how(current: Referral) -> None:
        if reason.list != ListName.CLOSURE or reason.service_id != current.school.service_id or not reason.active:
            raise ValidationError({"reason": "Choose one of this service's closing reasons."})
        if reason.passes_on_to:
            _pass_on(current, reason.passes_on_to, "reason", by=by, urgent=urgent)
        current.closure_reason = reason
        current.ending_summary = "\n\n".join(filter(None, [current.ending_summary, summary.strip()]))

    return take(referral, "close", by=by, version=version, note=note, prepare=say_how)


def reopen(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Take a closed case up again, where no other of this pupil was opened since; it waits for a therapist."""
    return take(referral, "reopen", by=by, version=version, note=note, prepare=refuse_twin)


def withdraw(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """No help is asked for any longer; an allocation ends."""
    return take(referral, "withdraw", by=by, version=version, note=note)


def hold(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Let it rest; its therapist and hour stay."""
    return take(referral, "hold", by=by, version=version, note=note)


def resume(referral: Referral, *, by: Any, version: int, note: str = "") -> Referral:
    """Go on where it was."""
    return take(referral, "resume", by=by, version=version, note=note)


def _pass_on(referral: Referral, purpose: str, field: str, *, by: Any, urgent: bool) -> None:
    """Passing a child on waits for the family's agreement; at urgent risk it does not, and that is on record."""
    if urgent:
        audit.record("passed on at urgent risk", referral, by=by, purpose=purpose)
    else:
        refuse_passing_on(referral, purpose, field)


STEPS: dict[str, Callable[..., Referral]] = {
    step.__name__: step
    for step in (
        submit,
        return_for_information,
        put_to_meeting,
        accept,
        decline,
        signpost,
        allocate,
        undo_allocation,
        object_to_allocation,
        start_assessment,
        start_sessions,
        start_review,
        continue_sessions,
        start_ending,
        close,
        reopen,
        withdraw,
        hold,
        resume,
    )
}
