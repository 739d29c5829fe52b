"""Which therapist may take a case, and giving it to them."""

from datetime import time as Time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from ..access import rules
from ..models import Allocation, Placement, Practitioner, Referral, in_force, states_of
from .saving import locked, save_clean

NOT_PLACED = "Choose a therapist who is placed at this school, or place this one there first."


def therapist_of(person: Any, referral: Referral) -> Practitioner:
    """The entry in the team under which a person works at the referral's school now; ValidationError for none."""
    placed = Placement.objects.filter(in_force(), in_force(prefix="practitioner__"), practitioner__user=person)
    placement = placed.filter(school=referral.school_id).select_related("practitioner").first()
    if placement is None:
        raise ValidationError(NOT_PLACED)
    return placement.practitioner


def give(
    referral: Referral,
    practitioner: Practitioner,
    *,
    by: Any,
    weekday: int | None = None,
    time: Time | None = None,
    parents_first: bool | None = None,
) -> None:
    """Open an allocation. The therapist's own row is locked too, so that two cases never get one hour.

    Where nobody says whether the parents are met first, it is as the service has it.
    """
    practitioner = locked(practitioner)
    placement = refuse_unfit(practitioner, referral)
    refuse_unready(practitioner, by=by)
    if (weekday is None) != (time is None):
        raise ValidationError("Give both a day and a time, or neither.")
    if weekday is not None and weekday not in placement.weekdays:
        raise ValidationError(f"{practitioner.name} is at this school on {placement.days}: choose one of these days.")
    if parents_first is None:
        parents_first = referral.school.service.parents_first
    slot = {"weekday": weekday, "time": time, "parents_first": parents_first}
    save_clean(Allocation(referral=referral, practitioner=practitioner, allocated_by=by, **slot))


def refuse_unfit(practitioner: Practitioner, referral: Referral) -> Placement:
    """The placement under which a therapist can take a case.

    - in post now, in the service of the case's school
    - placed at that school now
    - without a conflict of interest with the pupil
    """
    if not practitioner.is_current() or practitioner.service_id != referral.school.service_id:
        raise ValidationError("Choose a therapist of this service's team.")
    placement = Placement.objects.filter(in_force(), practitioner=practitioner, school=referral.school_id).first()
    if placement is None:
        raise ValidationError(NOT_PLACED)
    blocks = referral.pupil.conflict_blocks.filter(in_force(), user__isnull=False, user=practitioner.user_id)
    if blocks.exists():
        raise ValidationError("This therapist has a conflict of interest with this pupil: choose another.")
    return placement


def refuse_unready(practitioner: Practitioner, *, by: Any) -> None:
    """Nobody is given a new case while something is missing that stops it. What is missing stands in the words for who
    reads the practitioner's record alone. A case that runs goes on, and so does the cover of a colleague's absence."""
    stops = [state.words for state in states_of([practitioner], timezone.localdate())[practitioner.pk] if state.stops]
    if not stops:
        return
    if not rules.visible_fitness(by).filter(pk=practitioner.pk).exists():
        raise ValidationError(f"{practitioner.name} cannot take a new case now: ask the coordinator.")
    mend = (
        "Record the new evidence, or choose another therapist."
        if rules.can_record_evidence(by, practitioner)
        else "Show the coordinator the new evidence."
    )
    raise ValidationError(f"{practitioner.name} cannot take a new case yet: {'; '.join(stops)}. {mend}")
