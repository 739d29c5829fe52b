"""What a school and the service agree for a year: hours, rate and packages."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from .calendar import SchoolYear
from .records import Record
from .services import School, Service


class Band(models.TextChoices):
    """Which of the service's rates a school pays."""

    CLUSTER = "cluster", "cluster rate"
    REDUCED = "reduced", "reduced cluster rate"
    OUTSIDE = "outside", "outside rate"


def hours_field(label: str, **options: Any) -> models.DecimalField:
    """A number of hours, to the hundredth."""
    return models.DecimalField(label, max_digits=7, decimal_places=2, **options)


def pounds_field(label: str, **options: Any) -> models.DecimalField:
    """An amount in pounds, to the penny."""
    return models.DecimalField(label, max_digits=9, decimal_places=2, **options)


class Rate(Record):
    """What an hour costs in a band, from a day on."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rates", verbose_name="service")
    band = models.CharField("band", max_length=8, choices=Band.choices)
    amount = pounds_field("pounds an hour")
    starts_on = models.DateField("from")

    REGISTER_TEXT = frozenset({"band"})

    class Meta(Record.Meta):
        ordering = ["band", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "band", "starts_on"], name="one_rate_from_a_day",
                violation_error_message="This band already has a rate from that day.",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="rate_is_not_negative"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_band_display()} from {self.starts_on:%-d %b %Y}"


class ServiceAgreementQuerySet(models.QuerySet):
    """Agreements by whether they stand."""

    def in_force(self) -> "ServiceAgreementQuerySet":
        """Signed, and not replaced by a later version."""
        return self.filter(signed_on__isnull=False, replaced_at__isnull=True)


class ServiceAgreement(Record):
    """A version of a school's agreement for a year: proposed until it is signed, and kept when another replaces it."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="service_agreements", verbose_name="school"
    )
    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="service_agreements", verbose_name="school year"
    )
    number = models.PositiveSmallIntegerField("version", default=1, editable=False)
    hours = hours_field("hours")
    band = models.CharField("band", max_length=8, choices=Band.choices, default=Band.CLUSTER)
    rate = pounds_field("pounds an hour")
    includes = models.CharField("the rate includes", max_length=200, default="Travel and clinical supervision")
    subsidy = pounds_field("grant or subsidy, in pounds", default=Decimal(0))
    subsidy_from = models.CharField("paid by", max_length=80, blank=True)
    signed_on = models.DateField("signed on", null=True, blank=True, editable=False)
    replaced_at = models.DateTimeField("replaced", null=True, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="by"
    )

    REGISTER_TEXT = frozenset({"band", "includes", "subsidy_from"})

    objects = ServiceAgreementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "agreement"
        ordering = ["-school_year__starts_on", "school__name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "number"], name="one_agreement_of_a_number"),
            models.UniqueConstraint(
                fields=["school", "school_year"], name="one_agreement_in_force",
                condition=Q(signed_on__isnull=False, replaced_at__isnull=True),
                violation_error_message="This school has a signed agreement for that year: change that one.",
            ),
            models.UniqueConstraint(
                fields=["school", "school_year"], name="one_agreement_proposed", condition=Q(signed_on__isnull=True),
                violation_error_message="An agreement for this school and year is already proposed: change that one.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, rate__gte=0, subsidy__gte=0), name="agreement_is_not_negative",
                violation_error_message="Hours, rate and subsidy cannot be less than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(subsidy=0) | ~Q(subsidy_from=""), name="subsidy_says_from_whom",
                violation_error_message="Say who pays the grant or subsidy.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.school} {self.school_year}, version {self.number}"


class Package(models.TextChoices):
    """What a school buys besides single hours."""

    GROUP = "group", "group"
    PARENTS = "parents", "work with parents"
    TRAINING = "training", "staff training"
    WHOLE_SCHOOL = "whole", "whole-school work"
    BESPOKE = "bespoke", "something of its own"


class AgreementLine(Record):
    """A package in an agreement: its hours come on top, and its price is its own."""

    agreement = models.ForeignKey(
        ServiceAgreement, on_delete=models.PROTECT, related_name="lines", verbose_name="agreement"
    )
    package = models.CharField("package", max_length=8, choices=Package.choices)
    words = models.CharField("what it is", max_length=120)
    hours = hours_field("hours", default=Decimal(0))
    price = pounds_field("price in pounds", default=Decimal(0))

    REGISTER_TEXT = frozenset({"package", "words"})

    class Meta(Record.Meta):
        verbose_name = "package"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=0, price__gte=0), name="package_is_not_negative",
                violation_error_message="Hours and price cannot be less than nothing.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_package_display()} of {self.agreement}"
