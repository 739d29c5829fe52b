"""Assessments: begun, written under their headings, finished, added to, and put down who received them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import has_therapist
from ..models import (
    Assessment,
    AssessmentAddition,
    AssessmentPart,
    AssessmentRecipient,
    Basis,
    ListName,
    Purpose,
    Referral,
)
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, save_clean
from .steps import lock

PASSES_ON = (Purpose.SERVICE, Purpose.CAMHS)


@transaction.atomic
def begin(referral: Referral, *, by: Any, held_on: date, early_help_reference: str = "") -> Assessment:
    """Begin an assessment under the service's headings of today."""
    current = lock(referral)
    if not rules.can_write_assessment(by, current):
        raise PermissionDenied
    if not has_therapist(current):
        raise StepRefused(has_therapist.words)  # type: ignore[attr-defined]
    _refuse_future("held_on", held_on)
    assessment = Assessment(referral=current, data_key=current.data_key, held_on=held_on, written_by=by)
    assessment.early_help_reference = early_help_reference.strip()
    save_clean(assessment)
    AssessmentPart.objects.bulk_create(
        AssessmentPart(assessment=assessment, data_key=current.data_key, position=position, heading=heading)
        for position, heading in enumerate(current.school.service.words_of(ListName.ASSESSMENT))
    )
    audit.record("added", assessment, by=by)
    return assessment


@transaction.atomic
def change(
    assessment: Assessment,
    *,
    by: Any,
    version: int,
    held_on: date,
    early_help_reference: str,
    texts: Mapping[UUID, str],
    finish: bool = False,
) -> Assessment:
    """Write under the headings, and finish it where asked. Nothing is written where nothing differs."""
    current = lock_assessment(assessment)
    if not rules.can_change_assessment(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    _refuse_future("held_on", held_on)
    changed = put_in(current, {"held_on": held_on, "early_help_reference": early_help_reference.strip()})
    parts = list(current.parts.select_related("data_key"))
    changed += [f"part {part.position + 1}" for part in parts if _write(part, texts)]
    finishes = finish and current.finished_at is None
    if (finishes or current.finished_at) and not any(part.text for part in parts):
        raise ValidationError("Write under at least one heading before it is finished.")
    if finishes:
        current.finished_at = timezone.now()
    if changed or finishes:
        current.version += 1
        save_clean(current)
        audit.record("finished" if finishes else "changed", current, by=by, fields=sorted(changed))
    return current


@transaction.atomic
def add(assessment: Assessment, *, by: Any, text: str) -> AssessmentAddition:
    """Add to a finished assessment, with the day and the name of who adds."""
    current = lock_assessment(assessment)
    if not rules.can_write_assessment(by, current.referral):
        raise PermissionDenied
    _refuse_unfinished(current)
    addition = AssessmentAddition(assessment=current, data_key=current.data_key, written_by=by)
    addition.text = text.strip()
    save_clean(addition)
    audit.record("added", addition, by=by, referral=current.referral)
    return addition


@transaction.atomic
def record_recipient(
    assessment: Assessment, *, by: Any, name: str, agency: str, shared_on: date, basis: str, because: str
) -> AssessmentRecipient:
    """Put down who received a finished assessment and on what basis; from then on it is only added to."""
    current = lock_assessment(assessment)
    if not rules.can_record_recipient(by, current):
        raise PermissionDenied
    _refuse_unfinished(current)
    _refuse_future("shared_on", shared_on)
    if basis == Basis.AGREEMENT:
        _refuse_without_agreement(current.referral)
    recipient = AssessmentRecipient(
        assessment=current, data_key=current.data_key, shared_on=shared_on, basis=basis, recorded_by=by
    )
    recipient.name, recipient.agency, recipient.because = name.strip(), agency.strip(), because.strip()
    save_clean(recipient)
    audit.record("passed on", current, by=by, basis=basis)
    return recipient


def lock_assessment(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, and nobody else's to change."""
    return locked(assessment, "data_key", "referral__data_key", "referral__pupil", "referral__school__service")


def _write(part: AssessmentPart, texts: Mapping[UUID, str]) -> bool:
    """Put a text under its heading; whether it differs."""
    text = texts.get(part.uuid, part.text).strip()
    if text == part.text:
        return False
    part.text = text
    part.version += 1
    part.save()
    return True


def _refuse_future(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: "This day has not come yet."})


def _refuse_unfinished(assessment: Assessment) -> None:
    if assessment.finished_at is None:
        raise StepRefused("an assessment that is finished")


def _refuse_without_agreement(referral: Referral) -> None:
    """The one place where passing an assessment on by agreement asks whether there is one; the duty to keep the child
    safe never comes here."""
    if not any(referral.agrees_to(purpose) for purpose in PASSES_ON):
        raise StepRefused("the family's agreement to a referral to another service, or to CAMHS")
