"""Work that is not a session with one child: groups, meetings with parents or agencies, training, travel."""

from django.db import models
from django.db.models import Q

from .practitioners import Practitioner
from .records import Record
from .referrals import Referral
from .services import ListItem, ListName, School


class Work(Record):
    """Time given to a group, a meeting or other work; whether a school's hours are charged says its kind.

    A group's own hour is charged once, however many children came: each has a session that names it.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="other_work", verbose_name="therapist"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="other_work", verbose_name="school"
    )
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="other_work", verbose_name="case"
    )
    kind = models.ForeignKey(
        ListItem, on_delete=models.PROTECT, related_name="+", limit_choices_to={"list": ListName.WORK},
        verbose_name="what it was",
    )  # fmt: skip
    starts_at = models.DateTimeField("when")
    minutes = models.PositiveSmallIntegerField("minutes", default=60)

    class Meta(Record.Meta):
        verbose_name = "other work"
        verbose_name_plural = "other work"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=600), name="work_has_sensible_minutes",
                violation_error_message="Work lasts between 5 minutes and 10 hours.",
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=True) | Q(school__isnull=False), name="work_on_a_case_names_its_school"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["practitioner", "-starts_at"], name="work_of_practitioner")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.practitioner}"
