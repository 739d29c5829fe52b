"""Concerns: a worry about somebody's safety, kept apart from the case, and what followed it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .pupils import Pupil
from .records import Record
from .referrals import Referral
from .services import School


class About(models.TextChoices):
    """Whom a concern is about. It is asked first, for it decides who hears of it and who reads it."""

    CHILD = "child", "a child’s safety"
    SCHOOL_ADULT = "adult", "an adult who works at the school"
    HEAD = "head", "the headteacher of the school"
    OURS = "ours", "somebody who works for our service"


class ConcernStatus(models.TextChoices):
    """How far a concern is. What its author adds later puts it back to the first, for it is to be heard again."""

    RAISED = "raised", "Not acknowledged yet"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ANSWERED = "answered", "Outcome returned"
    CLOSED = "closed", "Closed"


class Retention(models.TextChoices):
    """How long a concern is kept: by a class of its own, not by the case's."""

    SAFEGUARDING = "safeguarding", "as safeguarding records are"
    LONG_HOLD = "long_hold", "on hold: it may be asked for by an inquiry into child sexual abuse"


class ConcernQuerySet(models.QuerySet):
    """Concerns by what they wait for."""

    def unacknowledged(self) -> "ConcernQuerySet":
        """Nobody has said yet that they have it."""
        return self.filter(status=ConcernStatus.RAISED)

    def to_escalate(self) -> "ConcernQuerySet":
        """Not acknowledged in time, and not told again yet."""
        return self.unacknowledged().filter(due_at__lte=timezone.now(), escalated_at__isnull=True)


class Concern(Record, SealedRecord):
    """What somebody saw or was told, in the child's own words. It has its own key and outlives the case's."""

    reference = models.CharField("reference", max_length=20, unique=True, editable=False)
    about = models.CharField("about", max_length=5, choices=About.choices)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="concerns", verbose_name="school")
    pupil = models.ForeignKey(
        Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns", verbose_name="child"
    )
    # Not called `referral`, for what is on record of it must not stand in the history of the case.
    arose_in = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="case"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="whose account it is about", help_text="This person never sees it, whatever they hold.",
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="written by"
    )
    in_danger = models.BooleanField("somebody is in danger now", default=False)
    noticed_at = models.DateTimeField("when it was seen or heard")
    raised_at = models.DateTimeField("written down", default=timezone.now, editable=False)
    told_at = models.DateTimeField("somebody told in person", null=True, blank=True, editable=False)
    status = models.CharField(
        "status", max_length=12, choices=ConcernStatus.choices, default=ConcernStatus.RAISED, editable=False
    )
    status_since = models.DateTimeField("since", default=timezone.now, editable=False)
    due_at = models.DateTimeField("to be acknowledged by", null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField("told again", null=True, blank=True, editable=False)
    retention = models.CharField(
        "kept", max_length=12, choices=Retention.choices, default=Retention.SAFEGUARDING, editable=False
    )
    named = SealedTextField("who it is about, in words", kind=TextKind.SAFEGUARDING, blank=True)
    own_words = SealedTextField("the child’s own words", kind=TextKind.SAFEGUARDING, blank=True)
    seen = SealedTextField("what was seen and heard", kind=TextKind.SAFEGUARDING, blank=True)
    opinion = SealedTextField("what its author thinks", kind=TextKind.SAFEGUARDING, blank=True)

    REGISTER_TEXT = frozenset({"reference", "about", "status", "retention"})

    objects = ConcernQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="concern_about_is_known"),
            models.CheckConstraint(condition=Q(status__in=ConcernStatus.values), name="concern_status_is_known"),
            models.CheckConstraint(condition=Q(retention__in=Retention.values), name="concern_retention_is_known"),
            models.CheckConstraint(
                condition=Q(status=ConcernStatus.RAISED, due_at__isnull=False)
                | ~Q(status=ConcernStatus.RAISED) & Q(due_at__isnull=True),
                name="concern_clock_runs_until_acknowledged",
            ),
            models.CheckConstraint(
                condition=~Q(about=About.CHILD) | Q(subject__isnull=True), name="concern_about_a_child_has_no_subject"
            ),
            models.CheckConstraint(
                condition=Q(pupil__isnull=False) | Q(subject__isnull=False) | ~Q(named=""),
                name="concern_says_who_it_is_about",
            ),
            models.CheckConstraint(condition=~Q(own_words="") | ~Q(seen=""), name="concern_says_what_happened"),
        ]
        indexes = [
            models.Index(fields=["school", "-raised_at"], name="concern_of_school"),
            models.Index(fields=["author", "-raised_at"], name="concern_of_author"),
            models.Index(fields=["due_at"], name="concern_waiting", condition=Q(status="raised")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_late(self) -> bool:
        """Whether it should have been acknowledged by now."""
        return self.due_at is not None and self.due_at <= timezone.now()

    @property
    def is_red(self) -> bool:
        """Whether somebody must act this minute: it is late, or its author has not reached anybody yet."""
        return self.status == ConcernStatus.RAISED and (self.told_at is None or self.is_late)

    @property
    def time_allowed(self) -> timedelta:
        """How long an acknowledgement may take, as the service has set it."""
        service = self.school.service
        if self.in_danger:
            return timedelta(minutes=service.danger_minutes)
        return timedelta(hours=service.concern_hours)


class ConcernEntry(Record, SealedRecord):
    """Something that followed a concern. It is written once and stays."""

    class Kind(models.TextChoices):
        TOLD = "told", "Told in person"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        DONE = "done", "What was done"
        ADDED = "added", "Added"
        POLICE = "police", "Told the police"
        AUTHORITY = "authority", "Told the local authority"
        LADO = "lado", "Told the LADO"
        ESCALATED = "escalated", "Not acknowledged in time: told again"
        HELD = "held", "Put on hold"
        RELEASED = "released", "Taken off hold"
        CLOSED = "closed", "Closed"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries", verbose_name="concern")
    kind = models.CharField("what", max_length=12, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="by"
    )
    at = models.DateTimeField("when")
    text = SealedTextField("in words", kind=TextKind.SAFEGUARDING, blank=True)
    outside_reference = SealedTextField("their reference", kind=TextKind.SAFEGUARDING, blank=True)

    REGISTER_TEXT = frozenset({"kind"})

    class Meta(Record.Meta):
        verbose_name = "entry of a concern"
        verbose_name_plural = "entries of a concern"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="escalated", by__isnull=True) | ~Q(kind="escalated") & Q(by__isnull=False),
                name="concern_entry_is_somebodys_or_the_clocks",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["told", "done", "added", "police", "authority", "lado"]) | ~Q(text=""),
                name="concern_entry_says_something",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["police", "authority", "lado"]) | Q(outside_reference=""),
                name="concern_entry_reference_is_of_a_notification",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["concern", "created_at"], name="entry_of_concern")]

    def __str__(self) -> str:
        return f"{self.concern}: {self.get_kind_display()}"
