"""Supervision and training: when the team meets, who came, which cases were brought, and what each must have."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .practitioners import Practitioner
from .readiness import Requirement
from .records import Record
from .referrals import Referral
from .services import ListItem, ListName, Service


class MeetingKind(models.TextChoices):
    """What the team meets for."""

    GROUP = "group", "Group supervision"
    INDIVIDUAL = "individual", "Individual supervision"
    TRAINING = "training", "Training"


class TeamMeeting(Record):
    """A time of supervision or training. Who came is said by its attendances."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="team_meetings", verbose_name="service")
    kind = models.CharField("kind", max_length=10, choices=MeetingKind.choices)
    title = models.CharField("title", max_length=120, blank=True, help_text="What a training is about. No names.")
    led_by = models.CharField("led by", max_length=120, blank=True, help_text="The supervisor, or who gives it.")
    place = models.CharField("place", max_length=120, blank=True)
    starts_at = models.DateTimeField("when")
    minutes = models.PositiveSmallIntegerField("minutes", default=90)
    counts_as = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="counts as",
        limit_choices_to={"kind": "training"}, help_text="Whoever came has this from that day on.",
    )  # fmt: skip
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="entered by", editable=False
    )
    cancelled_at = models.DateTimeField("cancelled", null=True, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"kind", "title", "led_by", "place"})

    class Meta(Record.Meta):
        verbose_name = "supervision or training"
        verbose_name_plural = "supervision and training"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=600), name="team_meeting_has_sensible_minutes",
                violation_error_message="It lasts between 15 minutes and 10 hours.",
            ),
            models.CheckConstraint(
                condition=Q(counts_as__isnull=True) | Q(kind="training"), name="only_training_counts_as_training"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["service", "-starts_at"], name="team_meeting_of_service")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {timezone.localtime(self.starts_at):%-d %b %Y}"

    @property
    def ends_at(self) -> datetime:
        """When it is over, as far as it was planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_supervision(self) -> bool:
        return self.kind != MeetingKind.TRAINING


class Attendance(Record):
    """Somebody who was asked to come, and whether they did; None until it is said."""

    meeting = models.ForeignKey(
        TeamMeeting, on_delete=models.PROTECT, related_name="attendances", verbose_name="meeting"
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="attendances", verbose_name="practitioner"
    )
    came = models.BooleanField("came", null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "practitioner"], name="one_place_at_a_meeting")]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.meeting}"


class SupervisionItem(Record, SealedRecord):
    """A case on the agenda of a supervision: whether it was brought, and what was reflected on, sealed with its key."""

    meeting = models.ForeignKey(TeamMeeting, on_delete=models.PROTECT, related_name="items", verbose_name="supervision")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="supervision_items", verbose_name="case"
    )
    position = models.PositiveSmallIntegerField("position")
    question = SealedTextField("the question to reflect on", kind=TextKind.CLINICAL, blank=True)
    brought = models.BooleanField("brought", null=True, blank=True)
    reflected = SealedTextField("what was reflected on", kind=TextKind.CLINICAL, blank=True)
    notes_brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="notes brought by", editable=False,
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = "case in supervision"
        verbose_name_plural = "cases in supervision"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "referral"], name="a_case_stands_once_on_an_agenda")]

    def __str__(self) -> str:
        return f"{self.referral} in supervision"


class GroupCounts(models.TextChoices):
    """How an hour in a group counts for one who came."""

    FULL = "full", "in full"
    HALF = "half", "as half"
    SHARED = "shared", "divided by how many came"
    NOT = "not", "not at all"


class SupervisionRule(Record):
    """How much supervision a professional body asks for. It is data: bodies change their rules."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name="service")
    body = models.ForeignKey(
        ListItem, on_delete=models.PROTECT, related_name="+", limit_choices_to={"list": ListName.BODY},
        verbose_name="professional body",
    )  # fmt: skip
    hours_a_month = models.DecimalField(
        "hours a month", max_digits=4, decimal_places=2, validators=[MaxValueValidator(40)]
    )
    group_counts = models.CharField(
        "an hour in a group counts", max_length=6, choices=GroupCounts.choices, default=GroupCounts.SHARED
    )
    who_counts = models.CharField(
        "who may supervise", max_length=200, blank=True, help_text="In words, as the body has it."
    )

    REGISTER_TEXT = frozenset({"group_counts", "who_counts"})

    class Meta(Record.Meta):
        verbose_name = "supervision rule"
        ordering = ["body__label"]
        constraints = [models.UniqueConstraint(fields=["service", "body"], name="one_supervision_rule_of_a_body")]

    def __str__(self) -> str:
        return f"supervision rule of {self.body}"
