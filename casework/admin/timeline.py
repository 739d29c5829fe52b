"""What happened in a case, newest first: its steps, its sessions and its reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from ..lifecycle import Status
from ..models import Review, Session, StatusChange

SHOWN = 60

WORDS = {
    "undo_allocation": "Allocation undone",
    "object_to_allocation": "The clinical supervisor objected to the allocation",
    "hand_over": "Handed over to another therapist",
}
"""Steps whose status alone would not say what happened."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `note` is empty for those who may not read it."""

    at: datetime
    what: str
    who: str
    note: str = ""
    has_time: bool = True


def entries(
    changes: Iterable[StatusChange], sessions: Iterable[Session], reviews: Iterable[Review], *, notes: bool
) -> list[Entry]:
    """All three merged; `notes` says whether this person reads what was written with a step."""
    merged = [_step(change, notes) for change in changes]
    merged += [
        Entry(
            session.starts_at,
            f"Session: {session.attendance.label}, {session.minutes} minutes",
            session.practitioner.name,
        )
        for session in sessions
    ]
    merged += [
        Entry(_noon(review), "Review written down", _name(review.recorded_by), has_time=False) for review in reviews
    ]
    return sorted(merged, key=lambda entry: entry.at, reverse=True)


def _step(change: StatusChange, notes: bool) -> Entry:
    begun = change.from_status == change.to_status == Status.DRAFT
    what = "Referral begun" if begun else WORDS.get(change.step, Status(change.to_status).label)
    return Entry(change.at, what, _name(change.by), change.note if notes else "")


def _noon(review: Review) -> datetime:
    return timezone.make_aware(datetime.combine(review.held_on, time(12)))


def _name(person: Any) -> str:
    return person.get_full_name()
