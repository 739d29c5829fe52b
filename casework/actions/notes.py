"""Opening a process note that is another's, with a reason that its author is told."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit, outbox
from ..access import rules
from ..models import NoteOpening, ProcessNote


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


def end_of_today() -> datetime:
    """The instant at which this day ends in London."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
