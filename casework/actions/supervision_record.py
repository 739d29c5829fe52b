"""What became of a supervision or a training: who came, which cases were brought, and what was reflected on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from .. import audit
from ..access import rules
from ..models import Attendance, SupervisionItem, TeamMeeting
from . import training
from .saving import put_in, refuse_stale, save_clean
from .team_meetings import lock


@dataclass(frozen=True)
class Brought:
    """Whether a case was brought, and what was reflected on."""

    brought: bool | None
    reflected: str = ""


@transaction.atomic
def record(
    meeting: TeamMeeting,
    *,
    by: Any,
    version: int,
    came: Mapping[UUID, bool | None],
    items: Mapping[UUID, Brought] | None = None,
) -> TeamMeeting:
    """Write down who came, by their place at the meeting, and of each case whether it was brought. Nothing is written
    where nothing differs. Of a training that counts as one, whoever came has it from that day on."""
    current = lock(meeting)
    if not rules.can_record_team_meeting(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    changed = _write_attendance(current, came, by=by)
    changed |= _write_items(current, items or {}, by=by)
    if changed:
        current.version += 1
        save_clean(current)
        there = current.attendances.filter(came=True).count()
        brought = current.items.filter(brought=True).count()
        audit.record("written up", current, by=by, came=there, brought=brought)
    return current


def _write_attendance(meeting: TeamMeeting, came: Mapping[UUID, bool | None], *, by: Any) -> bool:
    places = meeting.attendances.select_for_update(of=("self",)).select_related("practitioner")
    there = {one.uuid: one for one in places}
    if not there.keys() >= came.keys():
        raise PermissionDenied
    changed = [there[uuid] for uuid, answer in came.items() if put_in(there[uuid], {"came": answer})]
    for one in changed:
        one.version += 1
        save_clean(one)
    if meeting.counts_as:
        for one in changed:
            _count(meeting, one, by=by)
    return bool(changed)


def _count(meeting: TeamMeeting, attendance: Attendance, *, by: Any) -> None:
    if attendance.came:
        training.count(meeting, attendance.practitioner, by=by)
    else:
        training.take_back(meeting, attendance.practitioner, by=by)


def _write_items(meeting: TeamMeeting, items: Mapping[UUID, Brought], *, by: Any) -> bool:
    seen = rules.visible_supervision_items(by).filter(meeting=meeting, uuid__in=list(items))
    related = ("data_key", "meeting", "referral__school")
    rows = {item.uuid: item for item in seen.select_for_update(of=("self",)).select_related(*related)}
    if not rows.keys() >= items.keys():
        raise PermissionDenied
    changed = [_write_item(rows[uuid], said, by=by) for uuid, said in items.items()]
    return any(changed)


def _write_item(item: SupervisionItem, said: Brought, *, by: Any) -> bool:
    """Words make a case one that was brought; where it is said that it was not, there are none."""
    text = said.reflected.strip()
    if text and said.brought is False:
        raise ValidationError(
            f"{item.referral.reference}: there are words of what was reflected on, and yet it was not brought."
        )
    changed = put_in(item, {"brought": True if text else said.brought, "reflected": text})
    if changed:
        if not rules.can_write_reflection(by, item):
            raise PermissionDenied
        item.version += 1
        save_clean(item)
        audit.record("changed", item, by=by, fields=sorted(changed))
    return bool(changed)
