"""Handing a worked case over: the allocation ends and the next begins in one act, and both therapists are told."""

from datetime import time as Time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import grants, rules
from ..lifecycle import WORKED, Status
from ..models import HandOver, Practitioner, Referral
from ..sealed import TextKind
from . import telling
from .refusals import StepRefused
from .saving import refuse_stale, save_clean
from .steps import end_allocations, lock, write_down
from .therapists import give

STEP = "hand_over"
"""As it stands in the history; the status stays as it is."""


@transaction.atomic
def hand_over(
    referral: Referral,
    *,
    by: Any,
    version: int,
    practitioner: Practitioner,
    weekday: int | None = None,
    time: Time | None = None,
    parents_first: bool = False,
    words: str = "",
) -> HandOver:
    """Give a worked case to another therapist. Who works it says what that one should know; whoever may not read
    clinical text writes none. Cover ends with it; process notes stay with their author."""
    current = lock(referral)
    if not rules.can_hand_over_case(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    allocation = current.open_allocation()
    if current.status not in WORKED or allocation is None:
        raise StepRefused(f"a case that is worked, and this one is “{Status(current.status).label}”")
    if practitioner == allocation.practitioner:
        raise ValidationError({"therapist": "Choose another therapist than the one who works the case now."})
    if practitioner.user_id == by.pk and not rules.can_allocate_referral(by, current):
        raise ValidationError({"therapist": "Whoever covers a case does not take it over: the coordinator gives it."})
    writes = TextKind.CLINICAL in rules.readable_kinds(by, current)
    if writes and not words.strip():
        raise ValidationError({"words": "Write what the next therapist should know."})
    current.status_since, since = timezone.now(), current.status_since
    end_allocations(current)
    grants.end_cover(current, by=by)
    give(current, practitioner, by=by, weekday=weekday, time=time, parents_first=parents_first)
    write_down(current, STEP, before=current.status, by=by)
    current.status_since = since
    current.version += 1
    current.save()
    hand = HandOver(
        referral=current, data_key=current.data_key, giver=allocation.practitioner, taker=practitioner, by=by
    )
    hand.words = words.strip() if writes else ""
    save_clean(hand)
    audit.record("handed over", hand, by=by)
    telling.after(STEP, current, by=by)
    return hand
