"""Agreements: recording one, writing more about it, taking it back, and deciding how the work then goes on."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import grants, rules
from ..lifecycle import FINISHED, Status
from ..models import Carer, FamilyAgreement, Purpose, Referral
from . import telling
from .refusals import StepRefused
from .saving import locked, put_in, refuse_stale, refuse_unknown, save_clean, tidy
from .steps import lock

SIXTEEN = 16
TEXTS = ("judged_by", "competence", "own_view", "disagreement", "disagreement_decision")
EDITABLE = ("review_on", "own_view", "disagreement", "disagreement_decision")
NOT_COME = "This day has not come yet: enter the day on which they said it."


@transaction.atomic
def agree(
    referral: Referral,
    *,
    by: Any,
    carer: Carer | None,
    method: str,
    agreed_on: date,
    purpose: str = Purpose.WORK,
    review_on: date | None = None,
    **texts: str,
) -> FamilyAgreement:
    """Record who agreed to a purpose, how and when; without a carer, the young person for themselves.

    ValidationError for somebody who cannot agree for this child.
    """
    refuse_unknown(texts, TEXTS)
    current = lock(referral)
    if not rules.can_record_agreement(by, current):
        raise PermissionDenied
    if current.status in FINISHED - {Status.CLOSED}:
        raise StepRefused(f"a referral that is still open, and this one is “{Status(current.status).label}”")
    agreement = FamilyAgreement(
        referral=current,
        data_key=current.data_key,
        purpose=purpose,
        carer=carer,
        method=method,
        agreed_on=agreed_on,
        review_on=review_on or holds_until(current, agreed_on),
        recorded_by=by,
    )
    put_in(agreement, tidy(texts))
    if agreed_on > timezone.localdate():
        raise ValidationError({"agreed_on": NOT_COME})
    if carer is None:
        _refuse_too_young(agreement)
    else:
        refuse_no_responsibility(current, carer)
    _refuse_half_a_disagreement(agreement)
    save_clean(agreement)
    audit.record("added", agreement, by=by, purpose=purpose)
    return agreement


@transaction.atomic
def change(agreement: FamilyAgreement, *, by: Any, version: int, **fields: Any) -> FamilyAgreement:
    """Write more about it: who disagrees, what the child says, until when it holds. Who agreed to what stays."""
    refuse_unknown(fields, EDITABLE)
    current = _locked(agreement)
    if not rules.can_change_agreement(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if changed := put_in(current, tidy(fields)):
        _refuse_half_a_disagreement(current)
        current.version += 1
        save_clean(current)
        audit.record("changed", current, by=by, fields=sorted(changed))
    return current


@transaction.atomic
def withdraw(
    agreement: FamilyAgreement, *, by: Any, version: int, how: str, who: str, on: date | None = None, why: str = ""
) -> FamilyAgreement:
    """Write down that the family takes it back. From now on nothing new is shared; the work waits for a decision."""
    current = _locked(agreement)
    if not rules.can_change_agreement(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if current.withdrawn_at:
        raise StepRefused("an agreement that stands, and this one was withdrawn before")
    if not who.strip():
        raise ValidationError({"who": "Say who takes it back."})
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise ValidationError({"on": NOT_COME})
    current.withdrawn_at, current.withdrawn_on = timezone.now(), on
    current.withdrawn_how, current.withdrawn_who, current.withdrawn_why = how, who.strip(), why.strip()
    current.withdrawal_recorded_by = by
    current.version += 1
    save_clean(current)
    audit.record("withdrew", current, by=by, purpose=current.purpose)
    referral = lock(current.referral)
    if current.purpose == Purpose.YEAR_7 and not referral.agrees_to(Purpose.YEAR_7):
        grants.end_school_shares(referral, by=by)
    telling.tell("agreement_withdrawn", telling.workers(referral), referral=referral, by=by)
    return current


@transaction.atomic
def decide(agreement: FamilyAgreement, *, by: Any, version: int, decision: str) -> FamilyAgreement:
    """Write down how the work goes on, and with whom that was agreed."""
    current = _locked(agreement)
    if not rules.can_decide_withdrawal(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if not current.withdrawn_at or current.decided_at:
        raise StepRefused("an agreement that was withdrawn, and about which nothing is decided yet")
    if not decision.strip():
        raise ValidationError({"decision": "Write how the work goes on, and who decided it."})
    current.decided_at, current.decided_by, current.decision = timezone.now(), by, decision.strip()
    current.version += 1
    save_clean(current)
    audit.record("decided", current, by=by)
    return current


def holds_until(referral: Referral, agreed_on: date) -> date:
    """The day until which an agreement holds, by the months of the service."""
    months = agreed_on.month - 1 + referral.school.service.agreement_months
    year, month = agreed_on.year + months // 12, months % 12 + 1
    return date(year, month, min(agreed_on.day, monthrange(year, month)[1]))


def refuse_no_responsibility(referral: Referral, carer: Carer) -> None:
    """ValidationError for somebody who cannot agree for this child."""
    if carer.family_id != referral.pupil.family_id:
        raise ValidationError({"carer": "Choose somebody of this pupil's family."})
    if not carer.has_parental_responsibility:
        raise ValidationError(
            {
                "carer": "Only somebody who holds parental responsibility can agree: choose another person of the "
                "family, or add the one who holds it."
            }
        )


def refuse_unshared(referral: Referral, field: str) -> None:
    """ValidationError for something new that the school would read, after the family took its agreement back."""
    if referral.family_withdrew:
        raise ValidationError(
            {
                field: "The family has taken its agreement back: nothing new is shared with the school. Leave this "
                "empty. A worry about safety is told to the safeguarding lead all the same."
            }
        )


def refuse_passing_on(referral: Referral, purpose: str, field: str) -> None:
    """ValidationError where a child is passed on to another service without the family's agreement to that."""
    if not referral.agrees_to(purpose):
        raise ValidationError(
            {
                field: f"This waits for the family's agreement to {Purpose(purpose).label}: record it first. At urgent "
                "risk it does not wait: say so below."
            }
        )


def _refuse_too_young(agreement: FamilyAgreement) -> None:
    """Sixteen, or judged competent: by whom, and why."""
    if agreement.referral.pupil.age_on(agreement.agreed_on) >= SIXTEEN:
        return
    missing = {
        name: "Under 16 a young person agrees for themselves only where somebody judged that they can: "
        + ("say who judged it." if name == "judged_by" else "say why they can.")
        for name in ("judged_by", "competence")
        if not getattr(agreement, name)
    }
    if missing:
        raise ValidationError(missing)


def _refuse_half_a_disagreement(agreement: FamilyAgreement) -> None:
    if bool(agreement.disagreement) != bool(agreement.disagreement_decision):
        name = "disagreement_decision" if agreement.disagreement else "disagreement"
        raise ValidationError({name: "Write both: who disagrees, and what was decided about it."})


def _locked(agreement: FamilyAgreement) -> FamilyAgreement:
    """The agreement as it stands now, after its referral: everything that waits for an agreement locks that first."""
    lock(agreement.referral)
    return locked(agreement, "data_key", "carer", "referral__data_key", "referral__pupil", "referral__school__service")
