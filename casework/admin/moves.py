"""Which steps a person may take with a case now, what each still needs, and where that is mended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from .. import lifecycle
from ..access import rules
from ..lifecycle import WRITABLE
from ..models import Purpose, Referral

SUPPLIED_BY_ITS_OWN_FORM = {"allocate": {lifecycle.has_therapist}, "close": {lifecycle.says_how_it_ended}}
WRITTEN_IN_THE_REFERRAL = (lifecycle.says_why, lifecycle.says_why_urgent, lifecycle.answers_what_must_be)


@dataclass(frozen=True)
class Need:
    """What is missing, in words, and the address where this person can mend it; empty when another must."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Move:
    """A step that this person may take from where the case stands, and what it still needs."""

    step: str
    needs: tuple[Need, ...]


def moves_of(user: Any, referral: Referral) -> list[Move]:
    """Every step from here that the rules give this person; each condition is asked once."""
    met: dict[Callable[[Any], bool], bool] = {}
    moves = []
    for transition in referral.get_all_status_transitions():
        step = transition.name
        if transition.source != referral.status or not rules.can_step(user, referral, step):
            continue
        needs = []
        for condition in transition.conditions:
            if condition in SUPPLIED_BY_ITS_OWN_FORM.get(step, ()):
                continue
            if condition not in met:
                met[condition] = condition(referral)
            if not met[condition]:
                needs.append(Need(condition.words, _mended_at(user, referral, condition)))
        moves.append(Move(step, tuple(needs)))
    order = list(rules.STEPS)
    return sorted(moves, key=lambda move: order.index(move.step))


def missing(moves: list[Move]) -> dict[Need, str]:
    """What is needed before which step; each thing once, with the first step that needs it."""
    needed: dict[Need, str] = {}
    for move in moves:
        for need in move.needs:
            needed.setdefault(need, move.step)
    return needed


def _mended_at(user: Any, referral: Referral, condition: Callable[[Any], bool]) -> str:
    writes = referral.status in WRITABLE and rules.can_change_referral(user, referral)
    if condition in WRITTEN_IN_THE_REFERRAL and writes:
        return reverse("casework_refer_change", args=[referral.uuid])
    if condition is lifecycle.family_agrees and rules.can_record_agreement(user, referral):
        return reverse("casework_agree", args=[referral.uuid])
    if condition is lifecycle.family_agrees_to_meeting and rules.can_record_agreement(user, referral):
        return f"{reverse('casework_agree', args=[referral.uuid])}?purpose={Purpose.MEETING}"
    if condition is lifecycle.was_reviewed and rules.can_record_review(user, referral):
        return reverse("casework_review", args=[referral.uuid])
    return ""
