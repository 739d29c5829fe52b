"""Which roles were given and ended of late, by whom, and which of it can be undone: for the coordinators."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..access.holdings import RELATED
from ..access.roles import TABLES
from ..models import AuditEvent, RoleRow

LATELY = timedelta(days=14)
GIVEN, ENDED = "given", "ended"


@dataclass(frozen=True)
class Change:
    """A role was given, or ended."""

    row: RoleRow
    was: str
    at: datetime
    by: Any
    can_be_undone: bool


def changes(user: Any) -> list[Change]:
    """The last fourteen days, newest first: the roles that this person gives. What was done by command is left out."""
    since = timezone.now() - LATELY
    rows = [row for row in recent(user, since) if rules.can_end_role(user, row)]
    endings = _endings([row.uuid for row in rows if row.ends_at], since)
    held = {_same(row) for row in rows if _stands(row)}
    found: list[Change] = []
    for row in rows:
        if row.given_by and row.created_at >= since:
            found.append(Change(row, GIVEN, row.created_at, row.given_by, _stands(row)))
        if ending := endings.get(row.uuid):
            lacks = _same(row) not in held and row.user.is_active
            found.append(Change(row, ENDED, ending.at, ending.actor, lacks))
    return sorted(found, key=lambda change: change.at, reverse=True)


def find(user: Any, uuid: UUID) -> RoleRow | None:
    """The role of an address, among those changed of late that this person gives."""
    rows = (row for row in recent(user, timezone.now() - LATELY, uuid=uuid) if rules.can_end_role(user, row))
    return next(rows, None)


def recent(user: Any, since: datetime, **only: Any) -> Iterator[RoleRow]:
    """The roles that this person may see and that were given or ended since then; where there is none, one question."""
    found = [rows.filter(**only) for rows in tables(user, since)]
    first, *others = (rows.order_by().values("uuid") for rows in found)
    if first.union(*others).exists():
        for rows in found:
            yield from rows.select_related(*RELATED, "given_by")


def tables(user: Any, since: datetime) -> list[QuerySet[Any]]:
    """Those roles, table by table."""
    lately = Q(created_at__gte=since, given_by__isnull=False) | Q(ends_at__gte=since)
    return [rules.REGISTERS[table].visible(user).filter(lately) for table in TABLES.values()]


def _endings(uuids: list[UUID], since: datetime) -> dict[UUID | None, AuditEvent]:
    events = AuditEvent.objects.filter(referral=None, subject__in=uuids, verb="ended role", at__gte=since)
    return {event.subject: event for event in events.select_related("actor")}


def _stands(row: RoleRow) -> bool:
    """Whether it has not ended, even where it has not begun."""
    return row.ends_at is None or row.ends_at > max(timezone.now(), row.starts_at)


def _same(row: RoleRow) -> tuple[type[RoleRow], int, int, int]:
    """What two rows have in common that give one person one role."""
    return type(row), row.user_id, row.permission_id, row.content_object_id
