"""Other work: written down by who did it, booked where its kind is charged; a group's hour once for all children."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import ListItem, ListName, Practitioner, Referral, School, Work, WorkKind, in_force
from . import sessions
from .hours import book_work
from .saving import locked, put_in, refuse_stale, save_clean


@transaction.atomic
def record(
    kind: ListItem,
    *,
    by: Any,
    starts_at: datetime,
    minutes: int,
    school: School | None = None,
    referral: Referral | None = None,
    group: Mapping[Referral, ListItem] | None = None,
) -> Work:
    """Write other work down. Of a group each child gets a session with its attendance; the group's hour is charged."""
    practitioner = _practitioner(kind, by)
    if not rules.can_record_work(by, practitioner):
        raise PermissionDenied
    for case in [referral] if referral else group or ():
        if not rules.can_record_work_of(by, case):
            raise PermissionDenied
    at = {case.school for case in group or ()} | ({referral.school} if referral else set())
    if len(at) > 1:
        raise ValidationError("A group is of one school: choose pupils of one alone.")
    place = at.pop() if at else school
    _refuse_wrong(kind, place, referral, group, starts_at)
    work = Work(
        practitioner=practitioner, kind=kind, school=place, referral=referral, starts_at=starts_at, minutes=minutes
    )
    save_clean(work)
    book_work(work, by=by)
    audit.record("added", work, by=by, referral=referral)
    for case, attendance in (group or {}).items():
        sessions.record(case, by=by, starts_at=starts_at, minutes=minutes, attendance=attendance, group=work)
    return work


@transaction.atomic
def change(work: Work, *, by: Any, version: int, starts_at: datetime, minutes: int) -> Work:
    """Mend when it was and how long, while it is fresh: the ledger takes back what was wrong."""
    current = locked(work, "kind", "practitioner", "school", "referral__school")
    if not rules.can_change_work(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    changed = put_in(current, {"starts_at": starts_at, "minutes": minutes})
    if changed:
        _refuse_future(starts_at)
        current.version += 1
        save_clean(current)
        book_work(current, by=by)
        audit.record("changed", current, by=by, referral=current.referral, fields=sorted(changed))
    return current


def _practitioner(kind: ListItem, person: Any) -> Practitioner:
    """The person's own entry in the team of the service whose list the kind is on."""
    team = Practitioner.objects.filter(in_force(), user=person, service=kind.service_id)
    if kind.list != ListName.WORK or not kind.active or (practitioner := team.first()) is None:
        raise PermissionDenied
    return practitioner


def _refuse_wrong(
    kind: ListItem, school: School | None, referral: Referral | None, group: Any, starts_at: datetime
) -> None:
    _refuse_future(starts_at)
    if kind.work_kind == WorkKind.GROUP and not group:
        raise ValidationError("Choose the pupils of the group.")
    if kind.work_kind == WorkKind.PARENTS and referral is None:
        raise ValidationError({"referral": "Choose the case."})
    if kind.charged and school is None:
        raise ValidationError({"school": "Choose the school whose hours it is."})
    if school and school.service_id != kind.service_id:
        raise ValidationError({"school": "This belongs to another service."})


def _refuse_future(starts_at: datetime) -> None:
    if timezone.localdate(starts_at) > timezone.localdate():
        raise ValidationError({"starts_at": "This day has not come yet: work is written down when it is done."})
