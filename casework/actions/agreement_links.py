"""Asking a family by a link: making one, ending one, the family's answer, and whether it counts."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import FINISHED, Status
from ..models import AgreementLink, Carer, FamilysAnswer, Method, Purpose, Referral
from . import agreements, telling
from .refusals import StepRefused
from .saving import locked, refuse_stale, save_clean
from .steps import lock

LASTS = timedelta(days=14)
LONGEST_NAME = 120


@transaction.atomic
def make(referral: Referral, *, by: Any, carer: Carer, purpose: str = Purpose.WORK) -> AgreementLink:
    """A link for one carer about one purpose. An earlier one about the same works no longer."""
    current = lock(referral)
    if not rules.can_record_agreement(by, current):
        raise PermissionDenied
    if current.status in FINISHED:
        raise StepRefused(f"a referral that is still open, and this one is “{Status(current.status).label}”")
    agreements.refuse_no_responsibility(current, carer)
    now = timezone.now()
    for earlier in current.agreement_links.open().filter(carer=carer, purpose=purpose):
        _end(earlier, by=by)
    link = AgreementLink(
        referral=current, data_key=current.data_key, carer=carer, purpose=purpose, made_by=by, expires_at=now + LASTS
    )
    save_clean(link)
    audit.record("made link", link, by=by, purpose=purpose)
    return link


@transaction.atomic
def end(link: AgreementLink, *, by: Any) -> AgreementLink:
    """A link that was given to the wrong person, say: it works no longer."""
    current = _locked(link)
    if not rules.can_settle_agreement_link(by, current):
        raise PermissionDenied
    if not current.is_open:
        raise StepRefused("a link that still works")
    _end(current, by=by)
    return current


@transaction.atomic
def answer(link: AgreementLink, *, answer: str, name: str) -> AgreementLink:
    """What the holder of a link answers, once; nobody of ours acts. It waits until somebody has looked at it."""
    current = _locked(link)
    if not current.is_open or current.referral.status in FINISHED:
        raise StepRefused("a link that still works")
    if answer not in FamilysAnswer.values:
        raise ValidationError({"answer": "Choose one of the three answers."})
    name = name.strip()[:LONGEST_NAME]
    if not name:
        raise ValidationError({"name": "Write your name."})
    current.answer, current.answered_by, current.answered_at = answer, name, timezone.now()
    current.version += 1
    save_clean(current)
    audit.record("was answered", current, by=None)
    telling.tell("agreement_answered", telling.who_asked(current), referral=current.referral, by=None)
    return current


@transaction.atomic
def settle(link: AgreementLink, *, by: Any, version: int, counts: bool) -> AgreementLink:
    """Say that an answer counts, once it is known who gave it: a yes becomes an agreement, a no takes back what this
    carer had agreed to. Set aside, it changes nothing."""
    lock(link.referral)
    current = _locked(link)
    if not rules.can_settle_agreement_link(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if not current.waits:
        raise StepRefused("an answer at which nobody has looked yet")
    current.settled_at, current.settled_by, current.counts = timezone.now(), by, counts
    current.version += 1
    save_clean(current)
    audit.record("settled answer", current, by=by, counts=counts)
    if counts and current.answer == FamilysAnswer.YES:
        _agree(current, by=by)
    if counts and current.answer == FamilysAnswer.NO:
        _withdraw(current, by=by)
    return current


def _agree(link: AgreementLink, *, by: Any) -> None:
    on = timezone.localdate(link.answered_at)
    agreements.agree(link.referral, by=by, carer=link.carer, purpose=link.purpose, method=Method.LINK, agreed_on=on)


def _withdraw(link: AgreementLink, *, by: Any) -> None:
    """Each agreement of this carer to this purpose that stands."""
    for agreement in link.referral.standing_agreements(link.purpose):
        if agreement.carer_id == link.carer_id:
            agreements.withdraw(
                agreement,
                by=by,
                version=agreement.version,
                how=Method.LINK,
                who=link.answered_by,
                on=timezone.localdate(link.answered_at),
            )


def _end(link: AgreementLink, *, by: Any) -> None:
    link.ended_at = timezone.now()
    link.version += 1
    link.save()
    audit.record("ended link", link, by=by)


def _locked(link: AgreementLink) -> AgreementLink:
    return locked(
        link, "data_key", "carer", "made_by", "referral__data_key", "referral__pupil", "referral__school__service",
        "referral__school__cluster",
    )  # fmt: skip
