"""Waiting with care: the day to look again is moved, and what the family was sent is put down."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..lifecycle import WAITING, Status
from ..models import ListName, LookAgain, Referral, SentMeanwhile
from .refusals import StepRefused
from .saving import refuse_stale, save_clean
from .steps import lock


@transaction.atomic
def look_again(referral: Referral, *, by: Any, version: int, on: date, reason: str) -> LookAgain:
    """Set the day on which a referral that waits for a therapist is looked at again, and say why."""
    current = lock(referral)
    if not rules.can_set_look_again(by, current):
        raise PermissionDenied
    refuse_stale(current, version)
    if current.status != Status.ACCEPTED:
        raise StepRefused("a referral that waits for a therapist")
    if on <= timezone.localdate():
        raise ValidationError({"on": "Choose a day that is still to come."})
    look = LookAgain(referral=current, data_key=current.data_key, on=on, by=by)
    look.reason = reason.strip()
    save_clean(look)
    current.look_again_on = on
    current.version += 1
    current.save()
    audit.record("set a day to look again", current, by=by)
    return look


@transaction.atomic
def sent(referral: Referral, *, by: Any, what: str, sent_on: date, words: str = "") -> SentMeanwhile:
    """Put down what the family was sent while it waits, in the words of the service's own list."""
    current = lock(referral)
    if not rules.can_record_sending(by, current):
        raise PermissionDenied
    if current.status not in WAITING:
        raise StepRefused("a referral that waits")
    if what not in current.school.service.words_of(ListName.MEANWHILE):
        raise ValidationError({"what": "Choose from this service's list."})
    if sent_on > timezone.localdate():
        raise ValidationError({"sent_on": "This day has not come yet."})
    sending = SentMeanwhile(referral=current, data_key=current.data_key, what=what, sent_on=sent_on, recorded_by=by)
    sending.words = words.strip()
    save_clean(sending)
    audit.record("added", sending, by=by)
    return sending
