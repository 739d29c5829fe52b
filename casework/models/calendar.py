"""School years and terms, by service."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from .records import Record
from .services import Service


class SchoolYear(Record):
    """A school year of a service, as a rule 1 September to 31 August."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="school_years", verbose_name="service")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta(Record.Meta):
        verbose_name = "school year"
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["service", "starts_on"], name="one_school_year_from_a_day"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="school_year_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on.year}–{self.ends_on.year % 100:02}"


class TermQuerySet(models.QuerySet):
    """Terms of a service."""

    def on(self, day: date) -> "TermQuerySet":
        """The term that a day lies in."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Term(Record):
    """A term of a school year; both days are school days."""

    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="terms", verbose_name="school year"
    )
    name = models.CharField("name", max_length=40)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    REGISTER_TEXT = frozenset({"name"})

    objects = TermQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school_year", "name"], name="one_term_of_a_name"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on.year}"
