"""Sessions: an hour written down by who gave it, with what the school is told and the therapist's own note."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import has_therapist
from ..models import ListItem, ListName, Practitioner, ProcessNote, Referral, Session, Work, in_force
from .agreements import refuse_unshared
from .hours import book_session
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy
from .steps import lock

CHARGED_BY = frozenset({"starts_at", "minutes", "attendance"})
EDITABLE = ("starts_at", "minutes", "writing_minutes", "liaison_minutes", "attendance", "strategies", "note")


@transaction.atomic
def record(
    referral: Referral,
    *,
    by: Any,
    starts_at: datetime,
    minutes: int,
    attendance: ListItem,
    writing_minutes: int = 0,
    liaison_minutes: int = 0,
    strategies: str = "",
    note: str = "",
    note_later: bool = False,
    group: Work | None = None,
) -> Session:
    """Write a session down. The note is its author's own; where none was written it may be left for later."""
    current = lock(referral)
    if not rules.can_record_session(by, current):
        raise PermissionDenied
    if not has_therapist(current):
        raise StepRefused(has_therapist.words)  # type: ignore[attr-defined]
    session = Session(
        referral=current,
        data_key=current.data_key,
        practitioner=_team_member(by, current),
        starts_at=starts_at,
        minutes=minutes,
        writing_minutes=writing_minutes,
        liaison_minutes=liaison_minutes,
        attendance=attendance,
        note_later=note_later and not note.strip(),
        group=group,
    )
    session.strategies = strategies.strip()
    if session.strategies:
        refuse_unshared(current, "strategies")
    _refuse_wrong(session)
    save_clean(session)
    book_session(session, by=by)
    _write_note(session, note.strip(), by=by)
    audit.record("added", session, by=by)
    return session


@transaction.atomic
def change(session: Session, *, by: Any, version: int, **fields: Any) -> Session:
    """Change a session while it is fresh. Nothing is written where nothing differs."""
    refuse_unknown(fields, EDITABLE)
    current = locked(session, "data_key", "referral__data_key", "referral__school", "attendance", "practitioner")
    if not rules.can_change_session(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    fields = tidy(fields)
    note = fields.pop("note", None)
    attendance_before = current.attendance
    changed = put_in(current, fields)
    if "strategies" in changed:
        refuse_unshared(current.referral, "strategies")
    _refuse_wrong(current, kept=attendance_before)
    if note is not None and _write_note(current, note, by=by):
        current.note_later = False
        changed.append("note")
    if changed:
        current.version += 1
        save_clean(current)
        if CHARGED_BY & set(changed):
            book_session(current, by=by)
        audit.record("changed", current, by=by, fields=sorted(changed))
    return current


def _team_member(person: Any, referral: Referral) -> Practitioner:
    """Whose hour it is: the person's own entry in the service's team."""
    team = Practitioner.objects.filter(in_force(), user=person, service=referral.school.service_id)
    practitioner = team.first()
    if practitioner is None:
        raise ValidationError(
            "Only a member of the service's team gives sessions: ask the coordinator to add you to it."
        )
    return practitioner


def _refuse_wrong(session: Session, kept: ListItem | None = None) -> None:
    item = session.attendance
    ours = item.list == ListName.ATTENDANCE and item.service_id == session.referral.school.service_id
    if not ours or not (item.active or item == kept):
        raise ValidationError({"attendance": "Choose from this service's list of attendance."})
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise ValidationError({"starts_at": "This day has not come yet: a session is recorded when it is over."})


def _write_note(session: Session, text: str, *, by: Any) -> bool:
    """Write the author's note, or change it; whether anything differs. A note that was written is not emptied."""
    note = (
        ProcessNote.objects.select_for_update(of=("self",)).filter(session=session).select_related("data_key").first()
    )
    if note is None:
        if not text:
            return False
        note = ProcessNote(session=session, author=by, data_key=session.data_key)
    elif not rules.can_read_process_note(by, note):
        raise PermissionDenied
    elif note.text == text:
        return False
    elif not text:
        raise ValidationError({"note": "A note is kept: change its words rather than emptying it."})
    else:
        note.version += 1
    note.text = text
    note.save()
    return True
