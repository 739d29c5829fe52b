"""A process note written late or added to; and one that is another's opened, with a reason that its author is told."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit, outbox
from ..access import rules
from ..models import NoteAddition, NoteOpening, ProcessNote, Session
from .saving import locked, save_clean


@transaction.atomic
def open_with_reason(note: ProcessNote, *, by: Any, reason: str) -> NoteOpening:
    """Open a note until this day ends in London. The reason is kept, sealed with the note's own key."""
    if not rules.can_open_process_note(by, note):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": "Say why."})
    opening = NoteOpening(note=note, opened_by=by, data_key=note.data_key, ends_at=end_of_today())
    opening.reason = reason.strip()
    opening.save()
    referral = note.session.referral
    audit.record("opened with a reason", note, by=by, referral=referral)
    outbox.put("note_opened", to=note.author, reference=referral.reference)
    return opening


@transaction.atomic
def write(session: Session, *, by: Any, text: str) -> ProcessNote:
    """Write the note that was left for later."""
    current = locked(session, "data_key", "referral__school", "process_note")
    if not rules.can_write_note(by, current):
        raise PermissionDenied
    note = ProcessNote(session=current, author=by, data_key=current.data_key)
    note.text = text.strip()
    save_clean(note)
    current.note_later = False
    current.version += 1
    current.save()
    audit.record("added", note, by=by, referral=current.referral)
    return note


@transaction.atomic
def add(note: ProcessNote, *, by: Any, text: str) -> NoteAddition:
    """Add to a note that is locked, with the day and the name of who adds."""
    current = locked(note, "data_key", "session__referral__school")
    if not rules.can_add_to_note(by, current):
        raise PermissionDenied
    addition = NoteAddition(note=current, data_key=current.data_key, written_by=by)
    addition.text = text.strip()
    save_clean(addition)
    audit.record("added", addition, by=by, referral=current.session.referral)
    return addition


def end_of_today() -> datetime:
    """The instant at which this day ends in London."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
