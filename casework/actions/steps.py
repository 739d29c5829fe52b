"""How a step of the lifecycle is taken: lock, rule, version, what it needs; then history, audit and messages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .. import audit
from ..access import grants, rules
from ..lifecycle import WAITING, Status
from ..models import Referral, StatusChange
from . import telling
from .refusals import StepRefused
from .saving import locked, refuse_stale

SAY_WHY = frozenset(
    {"return_for_information", "decline", "signpost", "reopen", "withdraw", "hold", "object_to_allocation"}
)
DECISIONS = frozenset({"accept", "decline", "signpost", "reopen"})
ENDS_WORK = frozenset({"close", "withdraw", "undo_allocation", "object_to_allocation"})

Prepare = Callable[[Referral], None]


@transaction.atomic
def take(
    referral: Referral, step: str, *, by: Any, version: int, note: str = "", prepare: Prepare | None = None
) -> Referral:
    """Take a step for a person, and give the referral back as it stands after it.

    PermissionDenied when the rule says no, StaleVersion when it was saved in between, ValidationError when it must be
    said why, StepRefused with what is missing. `prepare` brings what the step's conditions ask for.
    """
    current = lock(referral)
    if not rules.can_step(by, current, step):
        raise PermissionDenied
    refuse_stale(current, version)
    return move(current, step, by=by, note=note, prepare=prepare)


def lock(referral: Referral) -> Referral:
    """The referral as it stands now, and nobody else's to change."""
    return locked(referral, "data_key", "pupil", "referred_by", "school__service", "school__cluster")


def move(current: Referral, step: str, *, by: Any, note: str = "", prepare: Prepare | None = None) -> Referral:
    """The step itself on a locked referral, with its history, audit and messages. Who may is asked before."""
    transition = getattr(current, step)
    if not transition._django_fsm.has_transition(current.status):
        raise StepRefused(_another_status(transition, current))
    if step in SAY_WHY and not note.strip():
        raise ValidationError("Say why.", code="note")
    if prepare:
        prepare(current)
    conditions = transition._django_fsm.get_transition(current.status).conditions
    if missing := [condition.words for condition in conditions if not condition(current)]:
        raise StepRefused(*missing)
    before = current.status
    transition()
    _stamp(current, step)
    if step in ENDS_WORK:
        end_allocations(current)
        grants.end_cover(current, by=by)
    current.save()
    write_down(current, step, before=before, by=by, note=note)
    audit.record("took step", current, by=by, step=step, before=before, after=current.status)
    telling.after(step, current, by=by)
    return current


def write_down(referral: Referral, step: str, *, before: str, by: Any, note: str = "") -> None:
    """The step in the referral's history."""
    change = StatusChange(
        referral=referral,
        data_key=referral.data_key,
        step=step,
        from_status=before,
        to_status=referral.status,
        by=by,
        at=referral.status_since,
    )
    change.note = note.strip()
    change.save()


def end_allocations(referral: Referral) -> None:
    """Nobody works this case any longer."""
    now = referral.status_since
    for allocation in referral.allocations.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now)):
        allocation.ends_at = max(now, allocation.starts_at)
        allocation.version += 1
        allocation.save()


def _stamp(referral: Referral, step: str) -> None:
    """When it happened; how long a pupil waits counts from the first sending."""
    referral.status_since = now = timezone.now()
    referral.version += 1
    if step == "submit" and referral.submitted_at is None:
        referral.submitted_at = now
    if step in DECISIONS:
        referral.decided_at = now
    referral.look_again_on = _look_again_on(referral)
    if referral.status not in WAITING:
        referral.place = None
    if step == "close":
        referral.closed_at = now
    if step == "reopen":
        referral.closed_at = referral.closure_reason = None


def _look_again_on(referral: Referral) -> date | None:
    """The day on which a referral that has just come to wait for a therapist is looked at again; none for any other."""
    if referral.status != Status.ACCEPTED:
        return None
    return timezone.localdate() + timedelta(days=referral.school.service.look_again_after)


def _another_status(transition: Any, referral: Referral) -> str:
    wanted = " or ".join(f"“{Status(status).label}”" for status in transition._django_fsm.transitions)
    return f"a referral that is {wanted}, and this one is “{Status(referral.status).label}”"
