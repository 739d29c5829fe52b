"""What a school tells its therapists each September: whom to tell of a worry, and how the school keeps people safe."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .calendar import SchoolYear
from .keys import SealedRecord
from .records import Record, ReplacedQuerySet
from .services import School

OFFERED_BEFORE = timedelta(days=62)
"""So long before a school year begins its pack may be sent."""


PACK_TEXTS = (
    "lead", "lead_telephone", "deputies", "out_of_hours", "sign_in", "first_aid", "policies", "more",
)  # fmt: skip
"""What a school writes in its pack, in the order in which it is asked and read."""


class SchoolPackQuerySet(ReplacedQuerySet):
    """Packs of schools."""

    def of_day(self, day: date) -> "SchoolPackQuerySet":
        """Those of the school year that a day lies in."""
        return self.filter(school_year__starts_on__lte=day, school_year__ends_on__gte=day)

    def without_words(self) -> "SchoolPackQuerySet":
        """What is known of them without their texts."""
        return self.defer(*PACK_TEXTS)


class SchoolPack(Record, SealedRecord):
    """A school's safeguarding information for a school year, as it was sent; a change is sent as a new one."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="packs", verbose_name="school")
    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.PROTECT, related_name="packs", verbose_name="school year"
    )
    number = models.PositiveSmallIntegerField("number", default=1, editable=False)
    lead = SealedTextField("designated safeguarding lead", kind=TextKind.PACK)
    lead_telephone = SealedTextField("their telephone", kind=TextKind.PACK)
    deputies = SealedTextField("deputies", kind=TextKind.PACK)
    out_of_hours = SealedTextField("out of hours and in the holidays", kind=TextKind.PACK)
    sign_in = SealedTextField("signing in", kind=TextKind.PACK)
    first_aid = SealedTextField("first aid, and what to do in a fire", kind=TextKind.PACK)
    policies = SealedTextField("where the policies are", kind=TextKind.PACK)
    more = SealedTextField("anything else", kind=TextKind.PACK, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="sent by", editable=False
    )
    sent_at = models.DateTimeField("sent", default=timezone.now, editable=False)
    replaced_at = models.DateTimeField("replaced", null=True, blank=True, editable=False)

    objects = SchoolPackQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "safeguarding pack"
        ordering = ["-school_year__starts_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "number"], name="packs_are_counted"),
            models.UniqueConstraint(
                fields=["school", "school_year"], condition=Q(replaced_at__isnull=True), name="one_standing_pack"
            ),
        ]

    def __str__(self) -> str:
        return f"safeguarding pack {self.school_year}"


def years_to_send(school: School, day: date) -> "models.QuerySet[SchoolYear]":
    """The school years whose pack may be sent on a day: the one that it lies in, and the next from two months before
    it starts."""
    return SchoolYear.objects.filter(
        service=school.service_id, starts_on__lte=day + OFFERED_BEFORE, ends_on__gte=day
    ).order_by("starts_on")
