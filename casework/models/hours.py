"""The hours ledger: what each school has been given and has used, and how it asks for more."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum

from ..sealed import SealedTextField, TextKind
from .calendar import SchoolYear
from .keys import SealedRecord
from .other_work import Work
from .records import Record
from .service_agreements import ServiceAgreement, hours_field
from .services import School
from .sessions import Session


class HoursRequest(Record, SealedRecord):
    """A school asks for more hours; the coordinator answers with a top-up, a loan, or no."""

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        TOPPED_UP = "topped_up", "topped up"
        LENT = "lent", "lent by another school"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="hours_requests", verbose_name="school")
    hours = hours_field("hours")
    why = SealedTextField("what for", kind=TextKind.SCHOOL, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="asked by"
    )
    state = models.CharField("state", max_length=9, choices=State.choices, default=State.ASKED, editable=False)
    answer = SealedTextField("answer", kind=TextKind.SCHOOL, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name="answered by",
    )  # fmt: skip
    answered_at = models.DateTimeField("answered", null=True, editable=False)

    REGISTER_TEXT = frozenset({"state"})

    class Meta(Record.Meta):
        verbose_name = "request for hours"
        verbose_name_plural = "requests for hours"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0), name="hours_are_asked_for", violation_error_message="Ask for some hours."
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(state="asked"), name="one_request_at_a_time",
                violation_error_message="This school has asked already and waits for an answer.",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True) | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="request_answered_says_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.school} asks for {float(self.hours):g} hours"


class HoursLoan(Record):
    """Hours that one school lends another of the service: they move once the lender's head says yes."""

    class State(models.TextChoices):
        ASKED = "asked", "asked"
        AGREED = "agreed", "agreed"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "taken back"

    lender = models.ForeignKey(School, on_delete=models.PROTECT, related_name="loans_given", verbose_name="lender")
    borrower = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="loans_received", verbose_name="borrower"
    )
    hours = hours_field("hours")
    request = models.ForeignKey(
        HoursRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="loans", verbose_name="request"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="asked by"
    )
    state = models.CharField("state", max_length=9, choices=State.choices, default=State.ASKED, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name="answered by",
    )  # fmt: skip
    answered_at = models.DateTimeField("answered", null=True, editable=False)

    REGISTER_TEXT = frozenset({"state"})

    class Meta(Record.Meta):
        verbose_name = "loan of hours"
        verbose_name_plural = "loans of hours"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0), name="hours_are_lent", violation_error_message="Lend some hours."
            ),
            models.CheckConstraint(
                condition=~Q(lender=F("borrower")), name="nobody_lends_to_themselves",
                violation_error_message="Choose another school to lend.",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True) | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="loan_answered_says_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{float(self.hours):g} hours from {self.lender} to {self.borrower}"


class HoursKind(models.TextChoices):
    """Why hours came or went."""

    AGREED = "agreed", "agreed for the year"
    TOP_UP = "top_up", "top-up"
    SESSION = "session", "session"
    WORK = "work", "other work"
    BORROWED = "borrowed", "lent to the school"
    LENT = "lent", "lent by the school"
    CARRIED = "carried", "carried over"
    ADJUSTED = "adjusted", "adjustment"


class HoursQuerySet(models.QuerySet):
    """Entries of the ledger."""

    def in_year(self, year: SchoolYear) -> "HoursQuerySet":
        """Those that count in a school year: by the day of what they are for."""
        return self.filter(on__range=(year.starts_on, year.ends_on))

    def standing(self) -> "HoursQuerySet":
        """Those that no later entry takes back, without the counter-entries."""
        return self.filter(corrects__isnull=True, corrected_by__isnull=True)

    def total(self) -> Decimal:
        """All of them together: what is left of what was given."""
        return self.aggregate(total=Sum("hours"))["total"] or Decimal(0)


class HoursEntry(Record):
    """Hours that came to a school or went. Nobody edits an entry: a counter-entry takes it back.

    It counts in the school year of the day `on`, and stands in the statement of the month in which it was made.
    """

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="hours_entries", verbose_name="school",
        db_index=False,  # the index below begins with it
    )  # fmt: skip
    on = models.DateField("day")
    kind = models.CharField("kind", max_length=8, choices=HoursKind.choices)
    hours = hours_field("hours")
    agreement = models.ForeignKey(
        ServiceAgreement, on_delete=models.PROTECT, null=True, related_name="hours_entries", verbose_name="agreement"
    )
    request = models.ForeignKey(
        HoursRequest, on_delete=models.PROTECT, null=True, related_name="hours_entries", verbose_name="request"
    )
    loan = models.ForeignKey(
        HoursLoan, on_delete=models.PROTECT, null=True, related_name="hours_entries", verbose_name="loan"
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, related_name="hours_entries", verbose_name="session"
    )
    work = models.ForeignKey(
        Work, on_delete=models.PROTECT, null=True, related_name="hours_entries", verbose_name="other work"
    )
    reason = models.CharField("why", max_length=200, blank=True, help_text="No child’s name: the school reads it.")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", verbose_name="takes back"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by")

    REGISTER_TEXT = frozenset({"kind", "reason"})

    objects = HoursQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "entry of hours"
        verbose_name_plural = "entries of hours"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="agreed", agreement__isnull=False)
                | Q(kind="top_up", request__isnull=False)
                | Q(kind__in=["borrowed", "lent"], loan__isnull=False)
                | Q(kind="session", session__isnull=False)
                | Q(kind="work", work__isnull=False)
                | Q(kind__in=["carried", "adjusted"]) & ~Q(reason=""),
                name="entry_says_what_for",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=~Q(hours=0), name="entry_moves_hours", violation_error_message="Give a number of hours."
            ),
        ]
        indexes = [
            models.Index(fields=["school", "on"], name="hours_of_school"),
            models.Index(fields=["school", "created_at"], name="hours_booked"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.school} on {self.on:%-d %b %Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("an entry of hours is never changed: write a counter-entry")
        super().save(*args, **kwargs)


def hours_left(school: School, day: date) -> Decimal | None:
    """What a school has left of its hours in the school year of a day; None where nothing is agreed for that year."""
    year = SchoolYear.objects.on(day).filter(service=school.service_id).first()
    if year is None or not school.service_agreements.in_force().filter(school_year=year).exists():
        return None
    return school.hours_entries.in_year(year).total()
