"""Looks which other open referrals a pupil has, and says no more of them than a person may learn."""

from dataclasses import dataclass
from typing import Any

from ..models import Referral
from . import rules


@dataclass(frozen=True)
class Beside:
    """Those that this person sees, the oldest first, and whether they may know that one more is being written."""

    shown: tuple[Referral, ...] = ()
    is_written: bool = False


def beside(user: Any, referral: Referral) -> Beside:
    """What else is open for the pupil of this referral."""
    others = list(
        Referral.objects.unfinished()
        .filter(pupil=referral.pupil_id)
        .exclude(pk=referral.pk)
        .order_by("created_at", "pk")
    )
    if not others:
        return Beside()
    seen = set(rules.visible_referrals(user).filter(pk__in=[one.pk for one in others]).values_list("pk", flat=True))
    hidden = (one for one in others if one.pk not in seen)
    return Beside(
        tuple(one for one in others if one.pk in seen), any(rules.can_learn_of_referral(user, one) for one in hidden)
    )
