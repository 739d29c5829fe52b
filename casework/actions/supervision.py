"""Supervision: which cases stand on an agenda, what is asked of them, whose notes are brought, one's own hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count, islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from .. import audit
from ..access import rules
from ..models import Attendance, MeetingKind, Practitioner, Referral, Service, SupervisionItem, TeamMeeting, in_force
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, save_clean
from .team_meetings import lock


@transaction.atomic
def set_agenda(meeting: TeamMeeting, cases: Sequence[Referral], *, by: Any, version: int) -> TeamMeeting:
    """Put these cases on the agenda in this order, and take off what is not among them.

    What this person may not see of it stays. Those that stay in their order keep their letters on the sheet. Nothing is
    written where nothing differs.
    """
    current = lock(meeting)
    if not rules.can_keep_agenda(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    seen = rules.visible_supervision_items(by).filter(meeting=current)
    there = {item.referral_id: item for item in seen.select_related("referral").defer("question")}
    off = [item for item in there.values() if item.referral not in cases]
    changed = _take_off(off, by=by)
    for case, position in zip(cases, _positions(current, cases, there), strict=True):
        changed |= _stand(current, case, position, there.get(case.pk), by=by)
    if changed:
        current.version += 1
        current.save()
        audit.record("changed", current, by=by, fields=["agenda"])
    return current


@transaction.atomic
def prepare(
    item: SupervisionItem, *, by: Any, version: int, question: str, brings_notes: bool | None = None
) -> SupervisionItem:
    """Say what is to be reflected on, and bring one's own process notes or not; None leaves that as it is."""
    current = lock_item(item)
    if not rules.can_write_reflection(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    changed = put_in(current, {"question": question.strip()})
    if brings_notes is not None and brings_notes is not (current.notes_brought_by_id == by.pk):
        _bring_notes(current, brings_notes, by=by)
        changed.append("notes brought" if brings_notes else "notes not brought")
    if changed:
        current.version += 1
        save_clean(current)
        audit.record("changed", current, by=by, fields=sorted(changed))
    return current


@transaction.atomic
def enter_own(
    service: Service,
    *,
    by: Any,
    starts_at: datetime,
    minutes: int,
    led_by: str,
    place: str = "",
    cases: Iterable[Referral] = (),
) -> TeamMeeting:
    """Write down an individual supervision of one's own, which may be with somebody from outside: one that has been,
    with the cases that were brought, or one to come."""
    meeting = TeamMeeting(
        service=service, kind=MeetingKind.INDIVIDUAL, starts_at=starts_at, minutes=minutes, entered_by=by,
        led_by=led_by.strip(), place=place.strip(),
    )  # fmt: skip
    me = Practitioner.objects.filter(in_force(), user=by, service=service).first()
    if me is None or not rules.can_change_team_meeting(by, meeting):
        raise PermissionDenied
    if not meeting.led_by:
        raise ValidationError({"led_by": "Enter who supervises you."})
    save_clean(meeting)
    has_been = True if meeting.has_begun else None
    save_clean(Attendance(meeting=meeting, practitioner=me, came=has_been))
    for position, case in enumerate(cases):
        if not rules.can_bring_case(by, meeting, case):
            raise PermissionDenied
        _add(meeting, case, position, by=by, brought=has_been)
    audit.record("added", meeting, by=by)
    return meeting


def lock_item(item: SupervisionItem) -> SupervisionItem:
    """The item as it stands now, and nobody else's to change."""
    return locked(item, "data_key", "meeting__service", "referral__school", "notes_brought_by")


def _bring_notes(item: SupervisionItem, brings: bool, *, by: Any) -> None:
    """Another's word is not changed: of one case the notes of one person are brought."""
    if not rules.can_bring_notes(by, item):
        raise PermissionDenied
    if item.notes_brought_by_id not in (None, by.pk):
        raise StepRefused(f"the notes of one person: those of {item.notes_brought_by} are brought already")
    item.notes_brought_by = by if brings else None


def _take_off(items: list[SupervisionItem], *, by: Any) -> bool:
    """A case that was talked about stays."""
    for item in items:
        if item.brought is not None or item.reflected:
            raise ValidationError(f"{item.referral.reference} was talked about: it stays on the agenda.")
        audit.record("taken off", item, by=by)
    SupervisionItem.objects.filter(pk__in=[item.pk for item in items]).delete()
    return bool(items)


def _positions(meeting: TeamMeeting, cases: Sequence[Referral], there: dict[int, SupervisionItem]) -> list[int]:
    """Where each case is to stand: those that stay as they were, and new ones after the last; where their order is
    another, all anew, beside those that are not this person's to see."""
    others = set(meeting.items.exclude(referral__in=there).values_list("position", flat=True))
    stay = [there[case.pk].position for case in cases if case.pk in there]
    new = len(cases) - len(stay)
    if stay == sorted(stay) and all(case.pk in there for case in cases[: len(stay)]):
        last = max({*others, *stay}, default=-1)
        return [*stay, *range(last + 1, last + 1 + new)]
    free = (number for number in count() if number not in others)
    return list(islice(free, len(cases)))


def _stand(meeting: TeamMeeting, case: Referral, position: int, item: SupervisionItem | None, *, by: Any) -> bool:
    """Put a case on at its place, or move it there; whether that differs."""
    if item is None:
        if not rules.can_bring_case(by, meeting, case):
            raise PermissionDenied
        _add(meeting, case, position, by=by)
    elif item.position != position:
        item.position = position
        item.version += 1
        item.save(update_fields=["position", "version"])
    else:
        return False
    return True


def _add(meeting: TeamMeeting, case: Referral, position: int, *, by: Any, brought: bool | None = None) -> None:
    item = SupervisionItem(
        meeting=meeting, referral=case, data_key_id=case.data_key_id, position=position, brought=brought
    )
    save_clean(item)
    audit.record("added", item, by=by)
