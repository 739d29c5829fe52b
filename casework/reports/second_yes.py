"""What waits for a second yes, as each person may see and answer it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ..access import rules, second_yes
from ..access.grants import OF_PROPOSAL
from ..access.roles import Role
from ..models import Proposal


@dataclass(frozen=True)
class Waits:
    """One of them, in words, and what this person may answer."""

    uuid: UUID
    what: str
    person: Any
    place: str
    reason: str
    by: Any
    since: datetime
    can_agree: bool
    can_refuse: bool
    is_own: bool
    nobody_can: bool


def waits(user: Any) -> list[Waits]:
    """All that wait, the oldest first."""
    rows = rules.visible_proposals(user).filter(agreed=None).select_related(*OF_PROPOSAL)
    return [_waits(user, row) for row in rows]


def of_person(user: Any, person: Any) -> list[str]:
    """The roles that wait for somebody, in words."""
    rows = rules.visible_proposals(user).filter(agreed=None, user=person).select_related(*OF_PROPOSAL)
    return [f"{Role.of(row.role).title}, {row.on}" for row in rows]


def _waits(user: Any, row: Proposal) -> Waits:
    second = second_yes.second_people(row.service, apart_from={row.proposed_by_id, row.user_id})
    return Waits(
        uuid=row.uuid,
        what=Role.of(row.role).title if row.role else "One person gives roles alone",
        person=row.user,
        place=str(row.on),
        reason=row.reason,
        by=row.proposed_by,
        since=row.created_at,
        can_agree=rules.can_agree_to_proposal(user, row),
        can_refuse=rules.can_refuse_proposal(user, row),
        is_own=row.proposed_by_id == user.pk,
        nobody_can=not second,
    )
