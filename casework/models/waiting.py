"""Waiting with care: when a referral that waits is looked at again, and what its family was sent meanwhile."""

from datetime import date

from django.conf import settings
from django.db import models

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Record
from .referrals import Referral


class LookAgain(Record, SealedRecord):
    """A day on which a referral that waits is looked at again, and why that day."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="looks", verbose_name="referral")
    on = models.DateField("look again on")
    reason = SealedTextField("why", kind=TextKind.REFERRAL)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by")

    class Meta(Record.Meta):
        verbose_name = "day to look again"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.referral}: look again on {self.on:%-d %b %Y}"


class SentMeanwhile(Record, SealedRecord):
    """What a family was sent while it waits. The words of the service's list are kept as they were."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sendings", verbose_name="referral")
    what = models.CharField("what", max_length=80)
    sent_on = models.DateField("on which day", default=date.today)
    words = SealedTextField("in words", kind=TextKind.REFERRAL, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )

    REGISTER_TEXT = frozenset({"what"})

    class Meta(Record.Meta):
        verbose_name = "what a family was sent"
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.referral}: {self.what} on {self.sent_on:%-d %b %Y}"
