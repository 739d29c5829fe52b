"""Sessions and process notes."""

from datetime import timedelta

from django.utils import timezone

from ...models import ProcessNote, Referral, Session
from ..scope import of
from .standing import User, supervises, works
from .supervision import notes_are_brought

NOTE_LOCKS_AFTER = timedelta(days=7)


def can_record_session(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_record_review(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def can_change_session(user: User, session: Session) -> bool:
    """Who recorded it, for seven days, while they work the case. An entry of the team may pass to another account, and
    a note stays its author's: a session with somebody else's note is not theirs to change."""
    scope = of(user)
    fresh = timezone.now() < session.created_at + NOTE_LOCKS_AFTER
    if not (fresh and session.practitioner_id in scope.practitioners and works(scope, session.referral)):
        return False
    note = getattr(session, "process_note", None)
    return note is None or note.author_id == user.pk


def can_write_note(user: User, session: Session) -> bool:
    """Who recorded it, while they work the case and as long as it has no note, however late."""
    scope = of(user)
    own = session.practitioner_id in scope.practitioners and works(scope, session.referral)
    return own and not hasattr(session, "process_note")


def can_add_to_note(user: User, note: ProcessNote) -> bool:
    """Its author, while they work the case, once the note is locked: from then on nothing is changed, only added."""
    own = note.author_id == user.pk and works(of(user), note.session.referral)
    return own and not can_change_session(user, note.session)


def can_read_process_note(user: User, note: ProcessNote) -> bool:
    """Its author, while they work the case. The clinical supervisor, on the day that they gave a reason; and when its
    author has brought it to a supervision that they lead, until a fortnight after."""
    scope = of(user)
    referral = note.session.referral
    if referral.pupil_id in scope.blocked_pupils:
        return False
    if note.author_id == user.pk:
        return works(scope, referral)
    if not supervises(scope, referral):
        return False
    with_reason = note.openings.filter(opened_by_id=user.pk, ends_at__gt=scope.at).exists()
    return with_reason or notes_are_brought(user, note)


def can_open_process_note(user: User, note: ProcessNote) -> bool:
    """The clinical supervisor of the service, with a reason that the author is told."""
    return note.author_id != user.pk and supervises(of(user), note.session.referral)
