"""Pupils, who cares for them, and who must not see their record."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import matching, rules
from ..models import ConflictBlock, DataKey, Enrolment, Family, Numbering, Pupil, School, in_force
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy

KNOWN = (
    "A pupil of this name and this date of birth is known already. Send this again to see whether it is the same child."
)
EDITABLE = ("first_name", "last_name", "date_of_birth", "year_group")


@transaction.atomic
def add(
    *,
    by: Any,
    school: School,
    year_group: str,
    first_name: str,
    last_name: str,
    date_of_birth: date,
    family: Family | None = None,
    another_child: bool = False,
) -> Pupil:
    """A pupil of a school, in a family of their own, or in that of a brother or sister whom one may see.

    ValidationError where a pupil like this one is known, unless it is said to be another child.
    """
    if not rules.can_add_pupil(by, school):
        raise PermissionDenied
    locked(school.service)  # two people who add one child wait for one another here
    known = matching.matches(by, school, first_name=first_name, last_name=last_name, date_of_birth=date_of_birth)
    if known and not another_child:
        raise ValidationError(KNOWN)
    if family is None:
        family = Family.objects.create(service=school.service, data_key=DataKey.make())
        audit.record("added", family, by=by)
    elif family.service_id != school.service_id or not rules.visible_pupils(by).filter(family=family).exists():
        raise PermissionDenied
    pupil = Pupil(
        service=school.service,
        family=family,
        reference=Numbering.next("P"),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        date_of_birth=date_of_birth,
    )
    _refuse_unborn(pupil)
    save_clean(pupil)
    save_clean(Enrolment(pupil=pupil, school=school, year_group=year_group))
    audit.record("added", pupil, by=by)
    return pupil


@transaction.atomic
def change(pupil: Pupil, *, by: Any, version: int, **fields: Any) -> Pupil:
    """Change what the register says of a pupil; the year group is that of the school they go to now."""
    refuse_unknown(fields, EDITABLE)
    current = locked(pupil)
    if not rules.can_change_pupil(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    fields = tidy(fields)
    year_group = fields.pop("year_group", None)
    changed = put_in(current, fields)
    _refuse_unborn(current)
    if year_group is not None and _set_year_group(current, year_group):
        changed.append("year_group")
    if changed:
        current.version += 1
        save_clean(current)
        audit.record("changed", current, by=by, fields=sorted(changed))
    return current


@transaction.atomic
def block(pupil: Pupil, *, by: Any, person: Any, reason: str) -> ConflictBlock:
    """Close a pupil's record to a person, whatever their roles."""
    current = locked(pupil)
    if not rules.can_block_pupil(by, current, person):
        raise PermissionDenied
    conflict = ConflictBlock(pupil=current, user=person, reason=reason)
    save_clean(conflict)
    audit.record("blocked", conflict, by=by)
    return conflict


@transaction.atomic
def unblock(pupil: Pupil, *, by: Any, person: Any) -> ConflictBlock:
    """End a person's conflict of interest with a pupil. Its history stays."""
    current = locked(pupil)
    if not rules.can_unblock_pupil(by, current, person):
        raise PermissionDenied
    conflict = current.conflict_blocks.filter(in_force(), user=person).first()
    if conflict is None:
        raise StepRefused("a conflict of interest that holds now")
    conflict.ends_at = max(timezone.now(), conflict.starts_at)
    conflict.version += 1
    conflict.save()
    audit.record("unblocked", conflict, by=by)
    return conflict


def _set_year_group(pupil: Pupil, year_group: str) -> bool:
    enrolment = pupil.enrolments.filter(in_force()).first()
    if enrolment is None:
        raise ValidationError({"year_group": "This pupil goes to none of the service's schools now."})
    if enrolment.year_group == year_group:
        return False
    enrolment.year_group = year_group
    enrolment.version += 1
    save_clean(enrolment)
    return True


def _refuse_unborn(pupil: Pupil) -> None:
    if pupil.date_of_birth and pupil.date_of_birth > timezone.localdate():
        raise ValidationError(
            {"date_of_birth": "This day has not come yet: enter the day on which the child was born."}
        )
