"""Writing a referral: starting one, and changing it until it is sent."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import beside, rules
from ..lifecycle import WRITABLE, Status
from ..models import (
    MOST_REASONS,
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
from .answering import Given, put_answers
from .refusals import AlreadyReferred, StepRefused
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy
from .steps import lock, write_down

TEXTS = ("concerns", "strengths", "tried", "own_words", "helped_by", "urgent_because", "offered_times")
TICKS = {"reasons": ListName.REASON, "tried_already": ListName.TRIED, "helpers": ListName.HELPER}
EDITABLE = ("year_group", "source_name", "school_may_see", "how_soon", "offered_days", *TICKS, *TEXTS)
TOO_MANY_REASONS = f"Tick at most {MOST_REASONS}: those that matter most."
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
    pupil = locked(pupil)
    _refuse_elsewhere(pupil, school, source)
    _refuse_second(Referral(pupil=pupil, school=school, school_may_see=school_may_see), by=by)
    chosen = _checked("reasons", reasons, school)
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
def change(referral: Referral, *, by: Any, version: int, answers: Iterable[Given] = (), **fields: Any) -> Referral:
    """Change a draft, or one that came back with a question, and the answers to the service's own questions. Nothing
    is written where nothing differs."""
    refuse_unknown(fields, EDITABLE)
    current = lock(referral)
    if not rules.can_change_referral(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if current.status not in WRITABLE:
        raise StepRefused(f"a referral that is not sent yet, and this one is “{Status(current.status).label}”")
    ticked = {name: fields.pop(name) for name in TICKS if name in fields}
    changed = put_in(current, tidy(fields))
    for name in list(ticked):
        ticked[name] = _checked(name, ticked[name], current.school, kept=current)
        if set(ticked[name]) == set(getattr(current, name).all()):
            del ticked[name]
    changed += ticked
    if put_answers(current, answers):
        changed.append("answers")
    if not changed:
        return current
    if "school_may_see" in changed:
        refuse_twin(current)
    if not rules.can_change_referral(by, current):
        raise PermissionDenied
    current.version += 1
    save_clean(current, apart_from=MACHINE_KEPT)
    for name, chosen in ticked.items():
        getattr(current, name).set(chosen)
    audit.record("changed", current, by=by, fields=sorted(changed))
    return current


@transaction.atomic
def show_to_school(referral: Referral, *, by: Any, version: int) -> Referral:
    """The family agrees by now that the school sees another service's referral: from here on it does."""
    current = lock(referral)
    if not rules.can_show_to_school(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    current.school_may_see = True
    refuse_twin(current)
    current.version += 1
    save_clean(current, apart_from=MACHINE_KEPT)
    audit.record("let the school see", current, by=by)
    return current


def _refuse_elsewhere(pupil: Pupil, school: School, source: str) -> None:
    if pupil.service_id != school.service_id:
        raise ValidationError("This pupil belongs to another service.")
    goes_here = pupil.enrolments.current().filter(school=school)
    if source == Source.SCHOOL and not goes_here.exists():
        raise ValidationError("This pupil does not go to this school: a school refers its own pupils.")


def refuse_twin(referral: Referral) -> None:
    """What is open for this pupil already is gone on with, whoever may see it; the row of the pupil is locked, so that
    two who do this at one moment wait for one another."""
    locked(referral.pupil)
    if Referral.objects.twins_of(referral).exists():
        raise AlreadyReferred


def _refuse_second(referral: Referral, *, by: Any) -> None:
    """One pupil has one open referral, as far as this person may know: a refusal would give away one that the family
    keeps from the school. The coordinator, who sees both once they are sent, brings them together."""
    if shown := beside.beside(by, referral).shown:
        raise AlreadyReferred(shown[0])
    refuse_twin(referral)


def _checked(name: str, ticked: Iterable[ListItem], school: School, kept: Referral | None = None) -> list[ListItem]:
    """The service's own entries, of reasons not more than the most; one that is switched off only where it was ticked
    before."""
    chosen = list(ticked)
    before = set(getattr(kept, name).all()) if kept else set()
    for item in chosen:
        ours = item.list == TICKS[name] and item.service_id == school.service_id
        if not ours or not (item.active or item in before):
            raise ValidationError({name: "Choose from this service's list."})
    if name == "reasons" and len(chosen) > MOST_REASONS:
        raise ValidationError({name: TOO_MANY_REASONS})
    return chosen
