"""Waiting: who sets the day to look again, and who puts down what a family was sent meanwhile."""

from ...models import Referral
from ..scope import of
from .standing import User, coordinates, refers


def can_set_look_again(user: User, referral: Referral) -> bool:
    """The coordinator."""
    return coordinates(of(user), referral)


def can_record_sending(user: User, referral: Referral) -> bool:
    """The coordinator; head and SENDCO of its school."""
    scope = of(user)
    return coordinates(scope, referral) or refers(scope, referral)
