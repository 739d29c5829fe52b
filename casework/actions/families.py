"""Families: who cares for a child and how they are reached, who else helps, and what a court has said."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import Carer, Family, Professional, Pupil
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy

EDITABLE = (
    "name", "relationship", "telephone", "email", "has_parental_responsibility", "evidence", "evidence_seen_on",
    "language", "needs_interpreter", "contact_by", "contact_when", "not_safe_to_contact",
)  # fmt: skip
R = TypeVar("R", Carer, Professional, Family)
OF_PROFESSIONAL = ("name", "job", "agency", "telephone", "email", "is_lead", "ended_on")


@transaction.atomic
def add_carer(family: Family, *, by: Any, pupil: Pupil, **fields: Any) -> Carer:
    """Somebody who cares for a pupil of this family."""
    refuse_unknown(fields, EDITABLE)
    if not rules.can_change_pupil(by, pupil):
        raise PermissionDenied
    if pupil.family_id != family.pk:
        raise ValidationError("This pupil belongs to another family.")
    carer = Carer(family=family, data_key=family.data_key)
    _write_carer(carer, fields, by=by)
    save_clean(carer)
    audit.record("added", carer, by=by)
    return carer


@transaction.atomic
def change_carer(carer: Carer, *, by: Any, version: int, **fields: Any) -> Carer:
    """Change what is known of a carer. Nothing is written where nothing differs."""
    refuse_unknown(fields, EDITABLE)
    current = locked(carer, "data_key", "family")
    if not rules.can_change_family(by, current.family):
        raise PermissionDenied
    refuse_stale(current, version)
    return _saved(current, _write_carer(current, fields, by=by), by=by)


@transaction.atomic
def add_professional(family: Family, *, by: Any, **fields: Any) -> Professional:
    """Somebody else who works with a family."""
    refuse_unknown(fields, OF_PROFESSIONAL)
    if not rules.can_change_family(by, family):
        raise PermissionDenied
    professional = Professional(family=family, data_key=family.data_key)
    _write_professional(professional, fields)
    save_clean(professional)
    audit.record("added", professional, by=by)
    return professional


@transaction.atomic
def change_professional(professional: Professional, *, by: Any, version: int, **fields: Any) -> Professional:
    """Change what is known of somebody who works with a family; also that they no longer do."""
    refuse_unknown(fields, OF_PROFESSIONAL)
    current = locked(professional, "data_key", "family")
    if not rules.can_change_family(by, current.family):
        raise PermissionDenied
    refuse_stale(current, version)
    return _saved(current, _write_professional(current, fields), by=by)


@transaction.atomic
def write_legal_note(family: Family, *, by: Any, version: int, legal_note: str) -> Family:
    """What a court has said, and who may not be told what."""
    current = locked(family, "data_key")
    if not rules.can_change_family(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    return _saved(current, put_in(current, tidy({"legal_note": legal_note})), by=by)


def _saved(record: R, changed: list[str], *, by: Any) -> R:
    if changed:
        record.version += 1
        save_clean(record)
        audit.record("changed", record, by=by, fields=sorted(changed))
    return record


def _write_carer(carer: Carer, fields: dict[str, Any], *, by: Any) -> list[str]:
    """Put the fields in; how parental responsibility is known carries who wrote it down and on which day."""
    changed = put_in(carer, tidy(fields))
    _refuse_no_address(carer.email)
    if carer.has_parental_responsibility and _is_foster(carer) and carer.evidence != Carer.Evidence.ORDER:
        raise ValidationError(
            {
                "has_parental_responsibility": "A foster carer holds none by that alone: tick this only with the court "
                "order or agreement that gives it, and say that it was seen."
            }
        )
    if "evidence" in changed or "evidence_seen_on" in changed:
        carer.evidence_seen_by = by if carer.evidence else None
        carer.evidence_seen_on = _day(carer.evidence_seen_on) if carer.evidence else None
    return changed


def _write_professional(professional: Professional, fields: dict[str, Any]) -> list[str]:
    changed = put_in(professional, tidy(fields))
    _refuse_no_address(professional.email)
    return changed


def _is_foster(carer: Carer) -> bool:
    return "foster" in carer.relationship.lower()


def _day(day: date | None) -> date:
    """Today where none is given; ValidationError for one to come."""
    today = timezone.localdate()
    if day and day > today:
        raise ValidationError({"evidence_seen_on": "This day has not come yet: enter the day on which it was seen."})
    return day or today


def _refuse_no_address(email: str) -> None:
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from None
