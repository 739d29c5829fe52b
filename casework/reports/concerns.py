"""Concerns that wait: for whom of those who hear of them, and how far those are that somebody raised."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..models import Concern, ConcernStatus

LATELY = timedelta(days=14)
TEXTS = ("named", "own_words", "seen", "opinion")
Status = ConcernStatus


@dataclass(frozen=True)
class Waiting:
    """One concern in a list: where it is from and how far it is, never what it says."""

    uuid: UUID
    reference: str
    school: str
    status: str
    raised_at: datetime
    due_at: datetime | None
    is_red: bool
    is_told: bool


@dataclass(frozen=True)
class Concerns:
    """What a person must act on, what they watch over, and what became of their own."""

    to_acknowledge: list[Waiting]
    to_answer: list[Waiting]
    watched: list[Waiting]
    own: list[Waiting]


def concerns(user: Any) -> Concerns:
    """Those that wait, and of one's own also those that were answered in the last two weeks: the most urgent first."""
    seen = asking(user).select_related("school").defer(*TEXTS)
    found = Concerns([], [], [], [])
    for concern in seen.order_by("due_at", "raised_at", "pk"):
        _put(found, concern, user)
    return found


def asking(user: Any) -> QuerySet[Concern]:
    """The same, as rows of the database."""
    waits = Q(status__in=[Status.RAISED, Status.ACKNOWLEDGED])
    news = Q(author_id=user.pk, status_since__gt=timezone.now() - LATELY)
    return rules.visible_concerns(user).filter(waits | news)


def _put(found: Concerns, concern: Concern, user: Any) -> None:
    if concern.author_id == user.pk:
        found.own.append(_row(concern))
    elif not rules.can_acknowledge_concern(user, concern):
        found.watched.append(_row(concern))
    elif concern.status == Status.RAISED:
        found.to_acknowledge.append(_row(concern))
    else:
        found.to_answer.append(_row(concern))


def _row(concern: Concern) -> Waiting:
    return Waiting(
        uuid=concern.uuid,
        reference=concern.reference,
        school=concern.school.name,
        status=concern.get_status_display(),
        raised_at=concern.raised_at,
        due_at=concern.due_at,
        is_red=concern.is_red,
        is_told=concern.told_at is not None,
    )
