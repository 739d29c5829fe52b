"""Messages that did not arrive, so that somebody can pick up the telephone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from .. import outbox
from ..access import rules
from ..models import OutboxMessage

State = OutboxMessage.State
LOST = Q(state__in=(State.FAILED, State.UNKNOWN)) | Q(state=State.WAITING, attempts__gte=2)
LATELY = timedelta(days=14)
MOST = 5


@dataclass(frozen=True)
class Lost:
    """A message that did not arrive: to whom, of what kind, about which reference."""

    to: str
    what: str
    reference: str
    state: str


def lost(user: Any) -> list[Lost]:
    """Those of the last two weeks that were tried twice in vain or whose fate nobody knows: the newest first."""
    rows = missed(user).select_related("to").order_by("-due_at")[:MOST]
    return [Lost(str(row.to), outbox.SUBJECTS.get(row.kind, row.kind), row.reference, _state(row)) for row in rows]


def missed(user: Any) -> QuerySet[OutboxMessage]:
    """All of them, not asked yet."""
    return rules.visible_messages(user).filter(LOST, due_at__gte=timezone.now() - LATELY)


def _state(row: OutboxMessage) -> str:
    if row.state == State.WAITING:
        return f"tried {row.attempts} times, and the mail server did not take it yet"
    return row.get_state_display()
