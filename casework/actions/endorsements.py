"""The two yeses where the school and its therapist decide: the second accepts it and gives that therapist the case."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import Status
from ..models import Endorsement, Practitioner, Referral, School, hours_left
from .refusals import StepRefused
from .saving import refuse_stale, save_clean
from .steps import lock, move
from .therapists import give, refuse_unfit, refuse_unready, therapist_of

Side = Endorsement.Side


@transaction.atomic
def endorse_for_school(referral: Referral, *, by: Any, version: int) -> Referral:
    """The school's yes."""
    current = lock(referral)
    if not rules.can_endorse_for_school(by, current):
        raise PermissionDenied
    return _endorse(current, Side.SCHOOL, by=by, version=version)


@transaction.atomic
def endorse_for_therapist(referral: Referral, *, by: Any, version: int) -> Referral:
    """The yes of a therapist who is placed at the school."""
    current = lock(referral)
    if not rules.can_endorse_for_therapist(by, current):
        raise PermissionDenied
    refuse_unready(therapist_of(by, current), by=by)
    return _endorse(current, Side.THERAPIST, by=by, version=version)


def _endorse(current: Referral, side: Side, *, by: Any, version: int) -> Referral:
    """Write the yes down; where the other side has said it already, accept and allocate.

    A first yes leaves the version alone: it changes nothing of what the other side has before them.
    """
    refuse_stale(current, version)
    if current.status != Status.SUBMITTED:
        raise StepRefused(f"a referral that waits for a yes, and this one is “{Status(current.status).label}”")
    given = _standing(current)
    if side in given:
        raise StepRefused(f"the other side's yes, for {side.label} has said yes already")
    yes = Endorsement(referral=current, side=side, given_by=by)
    save_clean(yes)
    audit.record("said yes", yes, by=by, side=side)
    given[side] = yes
    if len(given) < len(Side):
        return current
    refuse_without_hours(current.school)
    therapist = therapist_of(given[Side.THERAPIST].given_by, current)
    move(current, "accept", by=by)
    return move(current, "allocate", by=by, prepare=lambda accepted: _give(accepted, therapist, by=by))


def refuse_without_hours(school: School) -> None:
    """What a school has used up, its own yes cannot give away: more are asked for first. Where nothing is agreed,
    nothing runs out."""
    left = hours_left(school, timezone.localdate())
    if left is not None and left <= 0:
        raise StepRefused(
            f"hours, and {school.name} has used all that are agreed for this year: its head asks for extra hours "
            "first, or the coordinator decides"
        )


def _standing(referral: Referral) -> dict[str, Endorsement]:
    """The yeses that hold, by side. A therapist's is taken back once that therapist can no longer take the case."""
    given = {}
    for yes in referral.endorsements.filter(withdrawn_at__isnull=True).select_related("given_by"):
        if yes.side == Side.THERAPIST and not _can_take(yes.given_by, referral):
            yes.withdrawn_at = timezone.now()
            yes.version += 1
            yes.save()
        else:
            given[yes.side] = yes
    return given


def _can_take(person: Any, referral: Referral) -> bool:
    try:
        refuse_unfit(therapist_of(person, referral), referral)
    except ValidationError:
        return False
    return True


def _give(accepted: Referral, therapist: Practitioner, *, by: Any) -> None:
    give(accepted, therapist, by=by, parents_first=accepted.school.service.parents_first)
