"""What a school decides with its therapist: the order of its waiting list, and what the year's hours are used for."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..sealed import SealedTextField, TextKind
from .calendar import SchoolYear
from .course import Endorsement
from .keys import SealedRecord
from .practitioners import Practitioner
from .records import Record
from .referrals import Referral
from .service_agreements import hours_field
from .services import School


class QueueOrder(Record):
    """That a school's waiting list is put in order. Its version is the whole list's; the places are the referrals'."""

    school = models.OneToOneField(School, on_delete=models.PROTECT, related_name="queue_order", verbose_name="school")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="by"
    )
    set_at = models.DateTimeField("at", null=True)

    class Meta(Record.Meta):
        verbose_name = "order of a waiting list"
        verbose_name_plural = "orders of waiting lists"
        constraints = [
            models.CheckConstraint(
                condition=Q(set_by__isnull=True, set_at__isnull=True) | Q(set_by__isnull=False, set_at__isnull=False),
                name="order_says_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"order of the waiting list of {self.school}"


PLANNED = {
    "one_to_one": "one-to-one",
    "groups": "groups",
    "parents": "parents",
    "staff": "staff",
    "whole_school": "whole school",
    "writing": "writing",
    "meetings": "meetings",
}
"""What a school's hours are used for."""


class HoursPlan(Record):
    """A version of the use of a school's hours in a year: proposed by one side, agreed by the other, and kept."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="hours_plans", verbose_name="school")
    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="hours_plans", verbose_name="school year"
    )
    number = models.PositiveSmallIntegerField("version", default=1, editable=False)
    one_to_one = hours_field(PLANNED["one_to_one"], default=Decimal(0))
    groups = hours_field(PLANNED["groups"], default=Decimal(0))
    parents = hours_field(PLANNED["parents"], default=Decimal(0))
    staff = hours_field(PLANNED["staff"], default=Decimal(0))
    whole_school = hours_field(PLANNED["whole_school"], default=Decimal(0))
    writing = hours_field(PLANNED["writing"], default=Decimal(0))
    meetings = hours_field(PLANNED["meetings"], default=Decimal(0))
    side = models.CharField("proposed for", max_length=10, choices=Endorsement.Side.choices, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name="proposed by"
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name="agreed by",
    )  # fmt: skip
    agreed_at = models.DateTimeField("agreed", null=True, editable=False)
    replaced_at = models.DateTimeField("replaced", null=True, editable=False)

    REGISTER_TEXT = frozenset({"side"})

    class Meta(Record.Meta):
        verbose_name = "plan of hours"
        verbose_name_plural = "plans of hours"
        ordering = ["-school_year__starts_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "number"], name="one_plan_of_a_number"),
            models.UniqueConstraint(
                fields=["school", "school_year"], name="one_plan_agreed",
                condition=Q(agreed_at__isnull=False, replaced_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["school", "school_year"], name="one_plan_proposed",
                condition=Q(agreed_at__isnull=True, replaced_at__isnull=True),
                violation_error_message="Somebody proposed a plan at this moment: look at that one first.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="plan_agreed_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in PLANNED}), name="plan_is_not_negative",
                violation_error_message="Hours cannot be less than nothing.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"plan {self.number} of the hours of {self.school}"

    @property
    def total(self) -> Decimal:
        """All of its hours together."""
        return sum((getattr(self, name) for name in PLANNED), start=Decimal(0))

    @property
    def parts(self) -> list[tuple[str, Decimal]]:
        """What for, and how many hours."""
        return [(label, getattr(self, name)) for name, label in PLANNED.items()]


class HandOver(Record, SealedRecord):
    """A worked case goes from one therapist to another, in one act."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="hand_overs", verbose_name="case")
    giver = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+", verbose_name="from")
    taker = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+", verbose_name="to")
    words = SealedTextField("what the next therapist should know", kind=TextKind.CLINICAL, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by")

    class Meta(Record.Meta):
        verbose_name = "hand-over"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=models.F("taker")), name="hand_over_to_another",
                violation_error_message="Choose another therapist.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"hand-over of {self.referral}"
