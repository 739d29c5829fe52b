"""The assessment: what was found out with child, family and school, under headings of its day; who received it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Record
from .referrals import Referral


class Assessment(Record, SealedRecord):
    """An assessment of a case: a draft until it is finished, and after a while only added to."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="assessments", verbose_name="case")
    held_on = models.DateField("date of the assessment", default=date.today)
    early_help_reference = models.CharField(
        "Early Help Assessment’s reference", max_length=40, blank=True,
        help_text="Only where there is one. The number alone, no name.",
    )  # fmt: skip
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by", editable=False
    )
    finished_at = models.DateTimeField("finished", null=True, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"early_help_reference"})

    class Meta(Record.Meta):
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(finished_at__isnull=True), name="one_assessment_being_written",
                violation_error_message="An assessment of this case is being written already: go on with that one.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"assessment of {self.referral}, {self.held_on:%-d %b %Y}"


class AssessmentPart(Record, SealedRecord):
    """What stands under one heading, which keeps the words that it had when the assessment was begun."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="parts", verbose_name="assessment"
    )
    position = models.PositiveSmallIntegerField("position")
    heading = models.CharField("heading", max_length=80)
    text = SealedTextField("text", kind=TextKind.CLINICAL, blank=True)

    REGISTER_TEXT = frozenset({"heading"})

    class Meta(Record.Meta):
        verbose_name = "part of an assessment"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "position"], name="one_part_at_a_position")]

    def __str__(self) -> str:
        return f"{self.heading}: {self.assessment}"


class AssessmentAddition(Record, SealedRecord):
    """What was added to a finished assessment. What stood there before is left as it was."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="additions", verbose_name="assessment"
    )
    text = SealedTextField("what is added", kind=TextKind.CLINICAL)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )

    class Meta(Record.Meta):
        verbose_name = "addition to an assessment"
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"added to {self.assessment} on {timezone.localtime(self.created_at):%-d %b %Y}"


class Basis(models.TextChoices):
    """On what an assessment may be passed on."""

    AGREEMENT = "agreement", "the family agreed to it"
    SAFEGUARDING = "safeguarding", "the duty to keep the child safe"


class AssessmentRecipient(Record, SealedRecord):
    """Who received an assessment, when, and on what basis."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="recipients", verbose_name="assessment"
    )
    name = SealedTextField("who received it", kind=TextKind.CLINICAL)
    agency = SealedTextField("of which service", kind=TextKind.CLINICAL)
    shared_on = models.DateField("on which day", default=date.today)
    basis = models.CharField("on what basis", max_length=12, choices=Basis.choices)
    because = SealedTextField("in words", kind=TextKind.CLINICAL)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )

    REGISTER_TEXT = frozenset({"basis"})

    class Meta(Record.Meta):
        verbose_name = "recipient of an assessment"
        ordering = ["shared_on", "pk"]

    def __str__(self) -> str:
        return f"recipient of {self.assessment}"
