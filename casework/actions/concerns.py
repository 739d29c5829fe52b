"""Concerns: written down, acknowledged, answered, added to. A mail that one waits tells nobody what it is about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit, outbox
from ..access import rules, scope
from ..access.safeguarding import could_be_about, to_tell
from ..models import About, Concern, ConcernEntry, ConcernStatus, DataKey, Numbering, Pupil, Referral, Retention, School
from .refusals import StepRefused
from .saving import locked

Kind = ConcernEntry.Kind
NOTIFIED = (Kind.POLICE, Kind.AUTHORITY, Kind.LADO)
SAYS_SOMETHING = (*NOTIFIED, Kind.TOLD, Kind.DONE, Kind.ADDED)
A_MOMENT = timedelta(minutes=5)
"""How far one clock may be ahead of another."""


@transaction.atomic
def write_down(
    *,
    by: Any,
    about: About,
    school: School,
    in_danger: bool,
    noticed_at: datetime,
    told_whom: str = "",
    told_at: datetime | None = None,
    pupil: Pupil | None = None,
    subject: Any = None,
    arose_in: Referral | None = None,
    **texts: str,
) -> Concern:
    """Keep a concern, start its clock, and let those who hear of it know that one waits. `texts` are its own."""
    if not rules.can_raise_concern(by, school, about):
        raise PermissionDenied
    _refuse_foreign(by, about, school, pupil, subject, arose_in)
    now = timezone.now()
    concern = Concern(
        reference=Numbering.next(f"C{timezone.localdate():%y}"), data_key=DataKey.make(), about=about, school=school,
        pupil=pupil, subject=subject, arose_in=arose_in, author=by, in_danger=in_danger,
        noticed_at=_not_to_come("noticed_at", noticed_at), raised_at=now, status_since=now,
    )  # fmt: skip
    for name in ("named", "own_words", "seen", "opinion"):
        setattr(concern, name, texts.pop(name, "").strip())
    if texts:
        raise TypeError(f"a concern has no {', '.join(sorted(texts))}")
    concern.due_at = now + concern.time_allowed
    _refuse_empty(concern)
    concern.full_clean(validate_constraints=False)
    concern.save()
    audit.record("raised", concern, by=by)
    if told_at:
        _tell(concern, whom=told_whom, at=told_at, by=by)
    let_know("concern_raised", to_tell(about, school), concern)
    return concern


@transaction.atomic
def tell(concern: Concern, *, by: Any, whom: str, at: datetime) -> ConcernEntry:
    """Write down whom its author reached in person, and when."""
    current = _open(concern, rules.can_add_to_concern, by)
    return _tell(current, whom=whom, at=at, by=by)


@transaction.atomic
def acknowledge(concern: Concern, *, by: Any) -> Concern:
    """Say that one has it, which stops the clock; its author hears so."""
    current = _open(concern, rules.can_acknowledge_concern, by)
    if current.status != ConcernStatus.RAISED:
        raise StepRefused("a concern that nobody has acknowledged yet")
    enter(current, Kind.ACKNOWLEDGED, by=by)
    current.due_at = None
    _move(current, ConcernStatus.ACKNOWLEDGED)
    let_know("concern_acknowledged", [current.author], current)
    return current


@transaction.atomic
def answer(concern: Concern, *, by: Any, text: str) -> Concern:
    """Say what was done; its author hears that there is an answer. There may be several."""
    current = _open(concern, rules.can_answer_concern, by)
    if current.status == ConcernStatus.RAISED:
        raise StepRefused("that you acknowledge it first")
    enter(current, Kind.DONE, by=by, text=text)
    _move(current, ConcernStatus.ANSWERED)
    let_know("concern_answered", [current.author], current)
    return current


@transaction.atomic
def add(concern: Concern, *, by: Any, text: str) -> Concern:
    """Add what its author learnt later. It is to be heard again: what was acknowledged waits anew."""
    current = _open(concern, rules.can_add_to_concern, by)
    enter(current, Kind.ADDED, by=by, text=text)
    if current.status != ConcernStatus.RAISED:
        current.due_at, current.escalated_at = timezone.now() + current.time_allowed, None
        _move(current, ConcernStatus.RAISED)
    let_know("concern_raised", to_tell(About(current.about), current.school), current)
    return current


@transaction.atomic
def note_notification(
    concern: Concern, *, by: Any, body: str, whom: str, at: datetime, outside_reference: str = ""
) -> ConcernEntry:
    """Write down that this person told police, local authority or LADO: whom there, when, and their reference."""
    if body not in NOTIFIED:
        raise ValidationError({"body": "Choose whom you told."})
    current = _open(concern, rules.can_note_notification, by)
    at = _not_to_come("at", at)
    return enter(current, Kind(body), by=by, text=whom, at=at, outside_reference=outside_reference)


@transaction.atomic
def close(concern: Concern, *, by: Any) -> Concern:
    """Nothing more is to be done. It stays, and what its author adds opens it again."""
    current = _open(concern, rules.can_close_concern, by)
    if current.status != ConcernStatus.ANSWERED:
        raise StepRefused("that what was done has come back to its author")
    enter(current, Kind.CLOSED, by=by)
    _move(current, ConcernStatus.CLOSED)
    return current


@transaction.atomic
def hold(concern: Concern, *, by: Any, held: bool) -> Concern:
    """Keep it beyond its time, or no longer."""
    current = _open(concern, rules.can_hold_concern, by)
    wanted = Retention.LONG_HOLD if held else Retention.SAFEGUARDING
    if current.retention == wanted:
        return current
    current.retention = wanted
    current.version += 1
    current.save()
    enter(current, Kind.HELD if held else Kind.RELEASED, by=by)
    return current


def _tell(concern: Concern, *, whom: str, at: datetime, by: Any) -> ConcernEntry:
    entry = enter(concern, Kind.TOLD, by=by, text=whom, at=_not_to_come("told_at", at))
    if concern.told_at is None:
        concern.told_at = entry.at
        concern.version += 1
        concern.save()
    return entry


def enter(
    concern: Concern, kind: Kind, *, by: Any, text: str = "", at: datetime | None = None, outside_reference: str = ""
) -> ConcernEntry:
    """Write down what followed, and put on record that it was."""
    entry = ConcernEntry(concern=concern, data_key=concern.data_key, kind=kind, by=by, at=at or timezone.now())
    entry.text, entry.outside_reference = text.strip(), outside_reference.strip()
    if kind in SAYS_SOMETHING and not entry.text:
        raise ValidationError({"text": "Say it in words."})
    entry.full_clean(exclude={"by"} if by is None else None, validate_constraints=False)
    entry.save()
    audit.record("entered", concern, by=by, entry=str(kind))
    return entry


def _move(concern: Concern, status: ConcernStatus) -> None:
    concern.status = status
    concern.status_since = timezone.now()
    concern.version += 1
    concern.save()


def let_know(kind: str, people: Iterable[Any], concern: Concern) -> None:
    """One message each, sent at least once, to those who may read it now; who is not among them is told of nothing."""
    for person in {person.pk: person for person in people}.values():
        scope.renew(person)
        if rules.can_view_concern(person, concern):
            outbox.put(kind, to=person, reference=concern.reference, at_least_once=True)


def _open(concern: Concern, may: Any, by: Any) -> Concern:
    """The concern as it stands now, and nobody else's to change, for who may."""
    current = lock(concern)
    if not may(by, current):
        raise PermissionDenied
    return current


def lock(concern: Concern) -> Concern:
    return locked(concern, "data_key", "school__service", "author", "subject", "pupil")


def _refuse_foreign(
    by: Any, about: About, school: School, pupil: Pupil | None, subject: Any, arose_in: Referral | None
) -> None:
    """What a concern names is what its author may see."""
    if arose_in is not None and (arose_in.school_id != school.pk or not rules.can_view_referral(by, arose_in)):
        raise PermissionDenied
    if pupil is not None and not rules.visible_pupils(by).filter(pk=pupil.pk, service=school.service_id).exists():
        raise ValidationError({"pupil": "Choose from the list, or write who it is."})
    if subject is not None and not could_be_about(about, school, by=by).filter(pk=subject.pk).exists():
        raise ValidationError({"subject": "Choose from the list, or write who it is."})


def _refuse_empty(concern: Concern) -> None:
    """The database asks as much; but of what is sealed it cannot be asked before."""
    if not (concern.pupil or concern.subject or concern.named):
        raise ValidationError({"named": "Say who it is about."})
    if not (concern.own_words or concern.seen):
        raise ValidationError({"seen": "Write down what was said, or what was seen."})


def _not_to_come(name: str, at: datetime) -> datetime:
    if at > timezone.now() + A_MOMENT:
        raise ValidationError({name: "This time has not come yet."})
    return at
