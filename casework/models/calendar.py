"""When school is: years and terms, the days on which a school is closed, and those on which a therapist is away."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from .practitioners import Practitioner
from .records import Record
from .services import School, Service


class SpanQuerySet(models.QuerySet):
    """School years, or terms, of a service."""

    def on(self, day: date) -> "SpanQuerySet":
        """Those that a day lies in."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class SchoolYear(Record):
    """A school year of a service, as a rule 1 September to 31 August."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="school_years", verbose_name="service")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    objects = SpanQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "school year"
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["service", "starts_on"], name="one_school_year_from_a_day"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="school_year_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on.year}–{self.ends_on.year % 100:02}"


class Term(Record):
    """A term of a school year; both days are school days."""

    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="terms", verbose_name="school year"
    )
    name = models.CharField("name", max_length=40)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    REGISTER_TEXT = frozenset({"name"})

    objects = SpanQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school_year", "name"], name="one_term_of_a_name"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on.year}"


class Days(models.Model):
    """Whole days from one to another, both included."""

    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta:
        abstract = True


def _in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(ends_on__gte=F("starts_on")), name=name,
        violation_error_message="The last day must not be before the first.",
    )  # fmt: skip


class ClosedDays(Record, Days):
    """Days within a term on which a service's schools, or one of them, are closed: a half-term, a training day.

    Bank holidays are known without an entry.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="closed_days", verbose_name="service")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="closed_days", verbose_name="school",
        help_text="Leave empty for all schools.",
    )  # fmt: skip
    why = models.CharField("why", max_length=80, help_text="For example: training day.")

    REGISTER_TEXT = frozenset({"why"})

    class Meta(Record.Meta):
        verbose_name = "closed days"
        verbose_name_plural = "closed days"
        ordering = ["-starts_on"]
        constraints = [_in_order("closed_days_in_order")]

    def __str__(self) -> str:
        return f"{self.school or 'all schools'} closed from {self.starts_on:%-d %b %Y}"


class Absence(Record, Days):
    """Days on which a practitioner is away. Why is nobody's business here."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="absences", verbose_name="practitioner"
    )

    class Meta(Record.Meta):
        ordering = ["-starts_on"]
        constraints = [_in_order("absence_in_order")]

    def __str__(self) -> str:
        return f"{self.practitioner} away from {self.starts_on:%-d %b %Y}"
