"""Who works a case, from when until when, and in which weekly hour."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .records import Period, Record, ends_after_start
from .referrals import Referral


class Weekday(models.IntegerChoices):
    """School days."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


class Allocation(Record, Period):
    """A therapist works a case, from its start until its end, as a rule in a weekly hour."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="allocations", verbose_name="referral"
    )
    practitioner = models.ForeignKey(
        "casework.Practitioner", on_delete=models.PROTECT, related_name="allocations", verbose_name="therapist",
        db_index=False,  # the index below begins with it
    )  # fmt: skip
    weekday = models.PositiveSmallIntegerField("day", choices=Weekday.choices, null=True, blank=True)
    time = models.TimeField("time", null=True, blank=True)
    parents_first = models.BooleanField(
        "a meeting with the parents first", default=False, help_text="It is asked for until one is recorded."
    )
    allocated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta(Record.Meta):
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ends_at__isnull=True), name="one_open_allocation",
                violation_error_message="This case already has a therapist.",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "weekday", "time"], name="one_case_in_a_slot",
                condition=Q(ends_at__isnull=True, time__isnull=False, weekday__isnull=False),
                violation_error_message="This therapist already sees another pupil at that time.",
            ),
            ends_after_start("allocation_period"),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["practitioner", "-starts_at"], name="open_allocation_of", condition=Q(ends_at__isnull=True)
            ),
            # Which cases somebody works now is asked with every request, however many they have worked.
            models.Index(fields=["practitioner", "ends_at", "starts_at", "referral"], name="allocation_now"),
        ]

    def __str__(self) -> str:
        return f"{self.referral} with {self.practitioner}"
