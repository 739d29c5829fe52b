"""What moves hours by nothing but a reason: an adjustment, and carrying over at a year's end. The school reads why."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from .. import audit
from ..access import rules
from ..models import HoursEntry, HoursKind, School, SchoolYear
from .hours import enter
from .saving import locked


@transaction.atomic
def adjust(school: School, *, by: Any, on: date, hours: Decimal, reason: str) -> HoursEntry:
    """Give hours to a school, or with a minus take some, on a day of a school year."""
    current = _for_adjusting(school, by=by)
    if not SchoolYear.objects.on(on).filter(service=current.service_id).exists():
        raise ValidationError({"on": "This day is in no school year that is written down."})
    return _enter(HoursKind.ADJUSTED, current, by=by, on=on, hours=hours, reason=reason)


@transaction.atomic
def carry_over(
    school: School, *, by: Any, year: SchoolYear, into: SchoolYear, hours: Decimal, reason: str
) -> tuple[HoursEntry, HoursEntry]:
    """Take hours that are left at a year's end into the next: on its last day out, on the other's first day in. Hours
    that were used too many are carried with a minus."""
    current = _for_adjusting(school, by=by)
    if {year.service_id, into.service_id} != {current.service_id} or into.starts_on <= year.ends_on:
        raise ValidationError({"into": "Choose a later year of the same service."})
    left = current.hours_entries.in_year(year).total()
    if hours * left < 0 or abs(hours) > abs(left):
        raise ValidationError(
            {"hours": f"What is left of that year is {float(left):g}: not more than that can be carried over."}
        )
    out = _enter(HoursKind.CARRIED, current, by=by, on=year.ends_on, hours=-hours, reason=reason)
    return out, _enter(HoursKind.CARRIED, current, by=by, on=into.starts_on, hours=hours, reason=reason)


def _for_adjusting(school: School, *, by: Any) -> School:
    current = locked(school, "service")
    if not rules.can_adjust_hours(by, current):
        raise PermissionDenied
    return current


def _enter(kind: HoursKind, school: School, *, by: Any, on: date, hours: Decimal, reason: str) -> HoursEntry:
    entry = HoursEntry(school=school, on=on, kind=kind, hours=hours, reason=reason.strip(), by=by)
    if not entry.reason:
        raise ValidationError({"reason": "Say why: the school reads it."})
    enter(entry)
    audit.record("added", entry, by=by, kind=kind.value)
    return entry
