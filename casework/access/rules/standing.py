"""How a person stands to a case: what the rules are made of."""

from typing import Any

from django.db.models import Q

from ...models import Referral, Source
from ..roles import SCHOOL_STAFF, Role
from ..scope import Scope

User = Any


def cases_of(
    scope: Scope,
    prefix: str = "",
    roles: tuple[Role, ...] = (Role.COORDINATOR, Role.SUPERVISOR),
    *,
    received: bool = True,
    emergency: bool = True,
    drafts: bool = False,
) -> Q:
    """The condition on a referral, or on its rows, that the scope opens: by the ids it holds, so any plan is by key.
    With `drafts`, also those that a coordinator is writing for another service.

    Only what is held becomes a part of it: for somebody with nothing it is `id in ()`, which asks no database.
    """
    ids = (
        scope.worked
        | (scope.received if received else frozenset())
        | (scope.opened_in_emergency if emergency else frozenset())
    )
    own = scope.held(*SCHOOL_STAFF)
    served = scope.schools_served(*roles)
    condition = Q()
    if own:
        condition |= Q(**{f"{prefix}school_id__among": own, f"{prefix}school_may_see": True})
    if served:
        shown = Q(**{f"{prefix}submitted_at__isnull": False})
        if drafts:
            shown |= _own_drafts(scope, served, prefix)
        condition |= Q(**{f"{prefix}school_id__among": served}) & shown
    if ids or not condition:
        condition |= Q(**{f"{prefix}id__in": ids})
    if scope.blocked_pupils:
        condition &= ~Q(**{f"{prefix}pupil_id__in": scope.blocked_pupils})
    return condition


def _own_drafts(scope: Scope, among: frozenset[int], prefix: str) -> Q:
    """The drafts that a coordinator is writing for another service, among the referrals of these schools."""
    mine = Q(**{f"{prefix}referred_by_id": scope.person, f"{prefix}source": Source.OTHER})
    coordinated = scope.schools_served(Role.COORDINATOR)
    return mine if coordinated == among else mine & Q(**{f"{prefix}school_id__among": coordinated})


def own_schools(scope: Scope) -> frozenset[int]:
    return scope.held(Role.HEAD, Role.SENDCO, Role.DSL, Role.CHAIR)


def refers(scope: Scope, referral: Referral) -> bool:
    """Head or SENDCO of its school, where the school may see it."""
    return (
        referral.school_may_see
        and referral.school_id in scope.held(*SCHOOL_STAFF)
        and referral.pupil_id not in scope.blocked_pupils
    )


def coordinates(scope: Scope, referral: Referral) -> bool:
    """The coordinator of its service: once sent, or when it is another service's that they write down themselves."""
    mine = referral.source == Source.OTHER and referral.referred_by_id == scope.person
    sent_or_mine = referral.submitted_at is not None or mine
    return (
        sent_or_mine
        and referral.school_id in scope.schools_served(Role.COORDINATOR)
        and referral.pupil_id not in scope.blocked_pupils
    )


def supervises(scope: Scope, referral: Referral) -> bool:
    """The clinical supervisor of its service, once it was sent."""
    return (
        referral.submitted_at is not None
        and referral.school_id in scope.schools_served(Role.SUPERVISOR)
        and referral.pupil_id not in scope.blocked_pupils
    )


def works(scope: Scope, referral: Referral) -> bool:
    """Who works the case now."""
    return referral.pk in scope.worked and referral.pupil_id not in scope.blocked_pupils
