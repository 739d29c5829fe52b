"""Supervision and training: planned, moved, cancelled; who is asked to come is told, without any detail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .. import audit, outbox
from ..access import rules
from ..models import (
    Attendance,
    MeetingKind,
    Practitioner,
    Requirement,
    Service,
    SupervisionItem,
    TeamMeeting,
    in_force,
)
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy

EDITABLE = ("title", "led_by", "place", "starts_at", "minutes", "counts_as")
COUNTED_ALREADY = (
    "What it is about, its day and what it counts as stand in the records of those who came. Write down first that "
    "nobody came, then change it, and write it up again."
)
MOVES = frozenset({"starts_at", "minutes", "place"})


@transaction.atomic
def plan(
    service: Service,
    *,
    by: Any,
    kind: str,
    starts_at: datetime,
    minutes: int,
    asked: Iterable[Practitioner],
    title: str = "",
    led_by: str = "",
    place: str = "",
    counts_as: Requirement | None = None,
) -> TeamMeeting:
    """Plan a time of supervision or training, and ask people to come."""
    meeting = TeamMeeting(service=service, kind=kind, starts_at=starts_at, minutes=minutes, entered_by=by)
    put_in(meeting, tidy({"title": title, "led_by": led_by, "place": place, "counts_as": counts_as}))
    if not rules.can_change_team_meeting(by, meeting):
        raise PermissionDenied
    _refuse_wrong(meeting)
    save_clean(meeting)
    _ask(meeting, asked, by=by)
    audit.record("added", meeting, by=by)
    return meeting


@transaction.atomic
def change(
    meeting: TeamMeeting, *, by: Any, version: int, asked: Iterable[Practitioner] | None = None, **fields: Any
) -> TeamMeeting:
    """Change when or where it is and who is asked. Nothing is written where nothing differs."""
    refuse_unknown(fields, EDITABLE)
    current = lock(meeting)
    if not rules.can_change_team_meeting(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    before = current.starts_at if current.has_begun else None
    counted = _counted(current)
    changed = put_in(current, tidy(fields))
    _refuse_wrong(current)
    if counted and counted != _counted(current):
        raise ValidationError(COUNTED_ALREADY)
    if before and timezone.localdate(current.starts_at) > timezone.localdate(before):
        _close_notes(current.items.exclude(notes_brought_by=None), by=by)
    moved = current.has_begun is False and bool(MOVES & set(changed))
    stay = [one.practitioner for one in current.attendances.select_related("practitioner__user")] if moved else []
    if asked is not None and _ask(current, asked, by=by):
        changed.append("asked")
    if changed:
        current.version += 1
        save_clean(current)
        audit.record("changed", current, by=by, fields=sorted(changed))
    left = set(current.attendances.values_list("practitioner_id", flat=True))
    _tell("meeting_moved", current, [one for one in stay if one.pk in left], by=by)
    return current


@transaction.atomic
def cancel(meeting: TeamMeeting, *, by: Any, version: int) -> TeamMeeting:
    """Say that it does not take place. It stays on record."""
    current = lock(meeting)
    if not rules.can_cancel_team_meeting(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    current.cancelled_at = timezone.now()
    current.version += 1
    current.save()
    audit.record("cancelled", current, by=by)
    asked = [one.practitioner for one in current.attendances.select_related("practitioner__user")]
    _tell("meeting_cancelled", current, asked, by=by)
    return current


def lock(meeting: TeamMeeting) -> TeamMeeting:
    """The meeting as it stands now, and nobody else's to change."""
    return locked(meeting, "service", "counts_as")


def _ask(meeting: TeamMeeting, asked: Iterable[Practitioner], *, by: Any) -> bool:
    """Ask these and no others; whether that differs. Who is down as having come stays."""
    wanted = {one.pk: one for one in asked}
    there = {one.practitioner_id: one for one in meeting.attendances.select_related("practitioner__user")}
    new = Practitioner.objects.filter(pk__in=wanted.keys() - there.keys()).select_related("user")
    team = new.filter(in_force(), service=meeting.service_id)
    if team.count() != len(new):
        raise ValidationError({"asked": "Only those who are in the service’s team now can be asked to come."})
    if not wanted:
        raise ValidationError({"asked": "Choose who is asked to come."})
    gone = [one for pk, one in there.items() if pk not in wanted and not one.came]
    for one in team:
        save_clean(Attendance(meeting=meeting, practitioner=one))
    Attendance.objects.filter(pk__in=[one.pk for one in gone]).delete()
    authors = [one.practitioner.user_id for one in gone if one.practitioner.user_id]
    _close_notes(meeting.items.filter(notes_brought_by__in=authors), by=by)
    _tell("meeting_asked", meeting, team, by=by)
    _tell("meeting_cancelled", meeting, [one.practitioner for one in gone], by=by)
    return bool(new or gone)


def _close_notes(items: QuerySet[SupervisionItem], *, by: Any) -> None:
    """Notes were brought by who comes, to the day that was set, and close a fortnight after it: put down for a later
    day once it has been, or without their author, it opens none of them until they bring them again."""
    for item in items.select_related("referral"):
        item.notes_brought_by = None
        item.version += 1
        item.save(update_fields=["notes_brought_by", "version"])
        audit.record("changed", item, by=by, referral=item.referral, fields=["notes not brought"])


def _tell(kind: str, meeting: TeamMeeting, people: Iterable[Practitioner], *, by: Any) -> None:
    """A word to each of them but who does it, while it is still to come."""
    for one in people if not meeting.has_begun else ():
        if one.user and one.user.is_active and one.user != by:
            outbox.put(kind, to=one.user, service=meeting.service_id)


def _counted(meeting: TeamMeeting) -> tuple[Any, ...]:
    """What stands in the evidence of those who came to it; nothing where it counts as none or nobody came."""
    if not meeting.counts_as_id or not meeting.attendances.filter(came=True).exists():
        return ()
    return meeting.counts_as_id, meeting.title, timezone.localdate(meeting.starts_at)


def _refuse_wrong(meeting: TeamMeeting) -> None:
    if meeting.kind == MeetingKind.TRAINING and not meeting.title:
        raise ValidationError({"title": "Enter what the training is about."})
    if meeting.counts_as and meeting.counts_as.service_id != meeting.service_id:
        raise ValidationError({"counts_as": "This belongs to another service."})
