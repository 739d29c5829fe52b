"""What a person holds until it is ended, as far as somebody else looks after it: read before they leave."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from ..lifecycle import Status
from ..models import Allocation, CaseShare, Placement, Practitioner, Referral, RoleRow
from . import rules, scope
from .roles import TABLES, Role

UNSENT = (Status.DRAFT, Status.RETURNED)
RELATED = ("user", "permission", "content_object")


@dataclass(frozen=True)
class Holdings:
    """What ends when they leave, and what somebody must take over: cases by allocation, and referrals not sent."""

    roles: list[RoleRow]
    posts: list[Practitioner]
    placements: list[Placement]
    covers: list[CaseShare]
    cases: list[Referral]
    unseen_cases: int
    drafts: int

    @property
    def to_hand_over(self) -> int:
        return len(self.cases) + self.unseen_cases + self.drafts


def of_person(person: Any, *, seen_by: Any) -> Holdings:
    """What a person holds now or will hold, of what this coordinator may end."""
    lasts = _lasts()
    roles = [
        row
        for table in TABLES.values()
        for row in table.objects.filter(lasts, user=person).select_related(*RELATED)
        if rules.can_end_role(seen_by, row)
    ]
    served = scope.of(seen_by).held(Role.COORDINATOR)
    posts = Practitioner.objects.filter(lasts, user=person, service_id__in=served).select_related("discipline")
    placements = Placement.objects.filter(lasts, practitioner__in=posts).select_related("school", "practitioner")
    shares = CaseShare.objects.filter(user=person, ends_at__gt=timezone.now()).select_related("content_object__school")
    worked = Allocation.objects.filter(lasts, practitioner__in=posts).values("referral_id")
    referrals = Referral.objects.filter(school__service_id__in=served)
    cases = list(rules.visible_referrals(seen_by).filter(pk__in=worked).select_related("school"))
    return Holdings(
        roles=roles,
        posts=list(posts),
        placements=list(placements),
        covers=[share for share in shares if rules.can_arrange_cover(seen_by, share.content_object)],
        cases=cases,
        unseen_cases=referrals.filter(pk__in=worked).count() - len(cases),
        drafts=referrals.filter(status__in=UNSENT, referred_by=person).count(),
    )


def holds_anything(person: Any) -> bool:
    """Whether a person holds a role or a place in a team, now or later, or enters any part of the admin."""
    lasts = _lasts()
    scope.renew(person)
    return (
        any(table.objects.filter(lasts, user=person).exists() for table in TABLES.values())
        or Practitioner.objects.filter(lasts, user=person).exists()
        or bool(rules.surfaces(person))
    )


def _lasts() -> Q:
    """The condition that a period has not ended, whether or not it has begun; one that ends as it starts has."""
    return Q(ends_at__isnull=True) | Q(ends_at__gt=Greatest(F("starts_at"), Value(timezone.now())))
