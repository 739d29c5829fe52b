"""Mails of the demo's past: they went out when what they tell of happened, and none goes out anew."""

from datetime import datetime

from casework.models import OutboxMessage


def went_out(kind: str, at: datetime) -> None:
    """Whatever of this kind waits was sent at an instant."""
    waiting = OutboxMessage.objects.filter(kind=kind, state=OutboxMessage.State.WAITING)
    waiting.update(state=OutboxMessage.State.SENT, attempts=1, made_at=at, due_at=at, sent_at=at)
