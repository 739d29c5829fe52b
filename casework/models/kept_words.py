"""Words that were typed into a case which had closed to their author meanwhile: nothing typed is lost."""

from django.conf import settings
from django.db import models

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Record
from .referrals import Referral


class KeptWords(Record, SealedRecord):
    """One text of a form that was refused, sealed with the case's own key. Who reads it is said by its kind."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="kept_words", verbose_name="case")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="author"
    )
    kind = models.CharField("kind", max_length=12, choices=[(str(kind), kind.name.lower()) for kind in TextKind])
    label = models.CharField("what was asked", max_length=120)
    text = SealedTextField("words", kind=TextKind.PROCESS)  # sealed as the most private of all; `kind` says what it is
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="handed to"
    )
    seen_to_at = models.DateTimeField("seen to", null=True)

    REGISTER_TEXT = frozenset({"kind", "label"})

    class Meta(Record.Meta):
        verbose_name = "kept words"
        verbose_name_plural = "kept words"
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"words kept of {self.referral}"


class KeptWordsOpening(Record, SealedRecord):
    """The clinical supervisor's reason to read the kept words of a process note; it holds for that day."""

    kept = models.ForeignKey(KeptWords, on_delete=models.PROTECT, related_name="openings", verbose_name="kept words")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )
    reason = SealedTextField("reason", kind=TextKind.PROCESS)
    ends_at = models.DateTimeField("until")

    class Meta(Record.Meta):
        verbose_name = "opening of kept words"

    def __str__(self) -> str:
        return f"opening of {self.kept}"
