"""What a practitioner needs to be fit to work in a school, what shows that they have it, and until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .months import months_later
from .practitioners import Practitioner
from .records import Record, ReplacedQuerySet
from .services import School, Service


class RequirementKind(models.TextChoices):
    """What sort of thing is required, which says what is written down of it."""

    REGISTRATION = "registration", "Registration with a professional body"
    DBS = "dbs", "Enhanced DBS check with the children’s barred list"
    TRAINING = "training", "Training"
    INSURANCE = "insurance", "Insurance"
    QUALIFICATION = "qualification", "Qualification"
    REFERENCES = "references", "References"
    RIGHT_TO_WORK = "right_to_work", "Right to work"
    INDUCTION = "induction", "Induction"
    OTHER = "other", "Other"
    READING = "reading", "What must be read in the library"
    PACK = "pack", "The school’s safeguarding pack"


COUNTED = frozenset({RequirementKind.READING, RequirementKind.PACK})
"""Nobody writes these down: the library and the schools' packs say how they stand. They never stop an allocation."""


class IfMissing(models.TextChoices):
    """What a gap does to a new allocation. A case that runs is never cut."""

    STOPS = "stops", "stops a new allocation"
    SUPERVISOR = "supervisor", "stops a new allocation, unless the clinical supervisor allows it for a time"
    WARNS = "warns", "is shown as a warning"


class Requirement(Record):
    """Something that each practitioner of a service must have. What is required, and what a gap does, is data."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="requirements", verbose_name="service")
    kind = models.CharField("kind", max_length=13, choices=RequirementKind.choices)
    name = models.CharField("name", max_length=80)
    if_missing = models.CharField("a gap", max_length=10, choices=IfMissing.choices, default=IfMissing.WARNS)
    grace_days = models.PositiveSmallIntegerField(
        "days of grace", default=0, help_text="So many days after it falls due it is a reminder and no gap."
    )
    holds_months = models.PositiveSmallIntegerField(
        "holds for", null=True, blank=True,
        help_text="Months after the date of the evidence, where the evidence names no last day. Empty: for good.",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("position", default=0)
    active = models.BooleanField("in use", default=True)

    REGISTER_TEXT = frozenset({"kind", "name", "if_missing"})

    class Meta(Record.Meta):
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="one_requirement_of_a_name"),
            models.CheckConstraint(
                condition=~Q(kind__in=["pack", "reading"]) | Q(if_missing="warns"), name="what_is_counted_only_warns",
                violation_error_message="Reading and the school’s pack are shown as warnings; they stop nothing.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Evidence(Record, SealedRecord):
    """That a practitioner meets a requirement: what was seen, by whom, and until when it holds. Never a copy of it."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="evidence", verbose_name="practitioner"
    )
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="evidence", verbose_name="requirement"
    )
    number = SealedTextField("number", kind=TextKind.STAFF, blank=True)
    issuer = models.CharField("from whom", max_length=120, blank=True)
    level = models.CharField("level", max_length=120, blank=True)
    dated = models.DateField("date on it")
    expires_on = models.DateField("last day", null=True, blank=True)
    checked_on = models.DateField(
        "looked up again", null=True, blank=True,
        help_text="The day on which the update service or the public register said that it still holds.",
    )  # fmt: skip
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="seen by", editable=False
    )
    seen_on = models.DateField("seen on")
    replaced_at = models.DateTimeField("replaced", null=True, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"issuer", "level"})

    objects = ReplacedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "requirement"], condition=Q(replaced_at__isnull=True),
                name="one_standing_evidence",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("dated")), name="evidence_lasts",
                violation_error_message="The last day is before the date on it.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.requirement} of {self.practitioner}"

    @property
    def until(self) -> date | None:
        """The last day on which it holds; None for good."""
        months = self.requirement.holds_months
        if self.expires_on or not months:
            return self.expires_on
        return months_later(max(self.dated, self.checked_on or self.dated), months)


class Waiver(Record, SealedRecord):
    """The clinical supervisor lets somebody take a new case for a time although something is missing, and says why."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="waivers", verbose_name="practitioner"
    )
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+", verbose_name="requirement")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by", editable=False
    )
    reason = SealedTextField("why", kind=TextKind.STAFF)
    until = models.DateField("last day")
    withdrawn_at = models.DateTimeField("taken back", null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.requirement} waived for {self.practitioner}"


class AssuranceLetter(Record, SealedRecord):
    """A letter to a school for its single central record: what was checked of a practitioner, on the day of its issue.

    It is kept as it went out. When something in it changes, the next one takes its place.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="letters", verbose_name="school")
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="letters", verbose_name="practitioner"
    )
    number = models.PositiveSmallIntegerField("number", default=1, editable=False)
    facts = SealedTextField("what it says", kind=TextKind.STAFF)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="issued by", editable=False
    )
    issued_at = models.DateTimeField("issued", default=timezone.now, editable=False)
    holds_until = models.DateField("holds until", null=True, blank=True, editable=False)
    replaced_at = models.DateTimeField("replaced or withdrawn", null=True, blank=True, editable=False)

    objects = ReplacedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "letter of assurance"
        verbose_name_plural = "letters of assurance"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "practitioner", "number"], name="letters_are_counted"),
            models.UniqueConstraint(
                fields=["school", "practitioner"], condition=Q(replaced_at__isnull=True), name="one_standing_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"letter of assurance {self.number} for {self.school}"
