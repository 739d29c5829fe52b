"""Writing a referral: starting one, and changing it until it is sent."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import FINISHED, Status
from ..models import (
    DataKey,
    HowSoon,
    ListItem,
    ListName,
    Numbering,
    Pupil,
    Referral,
    School,
    Source,
)
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy
from .steps import lock, write_down

TEXTS = ("concerns", "strengths", "tried", "own_words")
EDITABLE = ("year_group", "source_name", "school_may_see", "how_soon", "reasons", *TEXTS)
WRITABLE = (Status.DRAFT, Status.RETURNED)
MACHINE_KEPT = ("status", "resumes_to", "status_since")


@transaction.atomic
def start(
    *,
    by: Any,
    school: School,
    pupil: Pupil,
    year_group: str,
    source: str = Source.SCHOOL,
    source_name: str = "",
    school_may_see: bool = True,
    how_soon: str = HowSoon.TERM,
    reasons: Iterable[ListItem] = (),
    concerns: str = "",
    strengths: str = "",
    tried: str = "",
    own_words: str = "",
) -> Referral:
    """A new draft. ValidationError when this pupil cannot be referred from this school, or is already referred."""
    if not rules.can_add_referral(by, school) or not rules.can_refer_pupil(by, pupil, school):
        raise PermissionDenied
    if source == Source.SCHOOL and not rules.can_refer_for_school(by, school):
        raise PermissionDenied
    pupil = locked(pupil)  # two drafts of one pupil wait for one another here
    _refuse_elsewhere(pupil, school, source)
    _refuse_second(pupil, by=by)
    chosen = _checked_reasons(reasons, school)
    now = timezone.now()
    referral = Referral(
        reference=Numbering.next(f"R{timezone.localdate():%y}"),
        data_key=DataKey.make(),
        pupil=pupil,
        school=school,
        year_group=year_group,
        source=source,
        source_name=source_name.strip(),
        school_may_see=school_may_see,
        how_soon=how_soon,
        referred_by=by,
        status_since=now,
    )
    put_in(referral, tidy({"concerns": concerns, "strengths": strengths, "tried": tried, "own_words": own_words}))
    if not rules.can_change_referral(by, referral):
        raise PermissionDenied
    save_clean(referral, apart_from=MACHINE_KEPT)
    referral.reasons.set(chosen)
    write_down(referral, "start", before=Status.DRAFT, by=by)
    audit.record("added", referral, by=by)
    return referral


@transaction.atomic
def change(referral: Referral, *, by: Any, version: int, **fields: Any) -> Referral:
    """Change a draft, or one that came back with a question. Nothing is written where nothing differs."""
    refuse_unknown(fields, EDITABLE)
    current = lock(referral)
    if not rules.can_change_referral(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if current.status not in WRITABLE:
        raise StepRefused(f"a referral that is not sent yet, and this one is “{Status(current.status).label}”")
    chosen = fields.pop("reasons", None)
    changed = put_in(current, tidy(fields))
    if chosen is not None:
        chosen = _checked_reasons(chosen, current.school, kept=current)
        if set(chosen) != set(current.reasons.all()):
            changed.append("reasons")
    if not changed:
        return current
    if not rules.can_change_referral(by, current):
        raise PermissionDenied
    current.version += 1
    save_clean(current, apart_from=MACHINE_KEPT)
    if "reasons" in changed:
        current.reasons.set(chosen or ())
    audit.record("changed", current, by=by, fields=sorted(changed))
    return current


def _refuse_elsewhere(pupil: Pupil, school: School, source: str) -> None:
    if pupil.service_id != school.service_id:
        raise ValidationError("This pupil belongs to another service.")
    goes_here = pupil.enrolments.current().filter(school=school)
    if source == Source.SCHOOL and not goes_here.exists():
        raise ValidationError("This pupil does not go to this school: a school refers its own pupils.")


def _refuse_second(pupil: Pupil, *, by: Any) -> None:
    """One pupil has one unfinished referral, as far as this person may know: a refusal would give away one that they
    may not see. The coordinator, who sees both once they are sent, brings them together."""
    known = rules.visible_referrals(by).filter(pupil=pupil).exclude(status__in=FINISHED).first()
    if known:
        raise ValidationError(f"This pupil is already referred: go on with {known.reference}.")


def _checked_reasons(reasons: Iterable[ListItem], school: School, kept: Referral | None = None) -> list[ListItem]:
    """The service's own reasons; one that is switched off only where it was chosen before."""
    chosen = list(reasons)
    before = set(kept.reasons.all()) if kept else set()
    for reason in chosen:
        ours = reason.list == ListName.REASON and reason.service_id == school.service_id
        if not ours or not (reason.active or reason in before):
            raise ValidationError({"reasons": "Choose from this service's list of reasons."})
    return chosen
