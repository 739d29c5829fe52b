"""The referral: one record from the first worry to the end of the work, called a case once it is accepted."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..lifecycle import FINISHED, OPEN, WAITING, WHOSE_MOVE, WORKED, Lifecycle, Mover, Status
from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .pupils import Pupil, YearGroup
from .records import Record, in_force
from .services import ListItem, ListName, Purpose, School, WhoDecides
from .why_now import WhyNow

if TYPE_CHECKING:
    from .agreements import FamilyAgreement
    from .allocations import Allocation


class HowSoon(models.TextChoices):
    """How soon help is needed. Danger is never queued here: it goes to the designated safeguarding lead at once."""

    TERM = "term", "this term"
    SOON = "soon", "soon"
    URGENT = "urgent", "urgently"


class Source(models.TextChoices):
    """Who refers."""

    SCHOOL = "school", "the school"
    OTHER = "other", "another service"


class ReferralQuerySet(models.QuerySet):
    """Referrals by what they need."""

    def waiting(self) -> "ReferralQuerySet":
        """Not yet with a therapist: sent, for discussion, or accepted."""
        return self.filter(status__in=WAITING)

    def unfinished(self) -> "ReferralQuerySet":
        """Neither closed nor declined, signposted or withdrawn."""
        return self.exclude(status__in=FINISHED)

    def twins_of(self, referral: "Referral") -> "ReferralQuerySet":
        """The open one beside which this one cannot be open: of the same pupil, to be seen by the same people."""
        same = {"pupil": referral.pupil_id, "school": referral.school_id, "school_may_see": referral.school_may_see}
        return self.unfinished().filter(**same).exclude(pk=referral.pk)

    def worked(self) -> "ReferralQuerySet":
        """With a therapist now."""
        return self.filter(status__in=WORKED)


class Referral(Record, SealedRecord, WhyNow, Lifecycle):
    """A worry about a pupil that a school, or another service, asks help with."""

    reference = models.CharField("reference", max_length=20, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="referrals", verbose_name="pupil")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="referrals", verbose_name="school")
    year_group = models.CharField("year group", max_length=2, choices=YearGroup.choices)
    source = models.CharField("referred by", max_length=6, choices=Source.choices, default=Source.SCHOOL)
    source_name = models.CharField("which service", max_length=80, blank=True)
    school_may_see = models.BooleanField(
        "the family agrees that the school sees this",
        default=True,
        help_text="Always so when the school itself refers.",
    )
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="written by", editable=False
    )
    how_soon = models.CharField("how soon", max_length=6, choices=HowSoon.choices, default=HowSoon.TERM)
    reasons = models.ManyToManyField(
        ListItem, blank=True, related_name="+", limit_choices_to={"list": ListName.REASON}, verbose_name="reasons"
    )
    concerns = SealedTextField("what have you seen?", kind=TextKind.REFERRAL, blank=True)
    strengths = SealedTextField("what goes well, and what does the child enjoy?", kind=TextKind.REFERRAL, blank=True)
    tried = SealedTextField("what has the school tried?", kind=TextKind.REFERRAL, blank=True)
    own_words = SealedTextField("what does the child say?", kind=TextKind.REFERRAL, blank=True)
    submitted_at = models.DateTimeField("sent", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("closed", null=True, blank=True, editable=False)
    status_since = models.DateTimeField("since", editable=False)
    look_again_on = models.DateField("look again on", null=True, blank=True, editable=False)
    place = models.PositiveSmallIntegerField("place on its school's list", null=True, blank=True, editable=False)
    closure_reason = models.ForeignKey(
        ListItem, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        limit_choices_to={"list": ListName.CLOSURE}, verbose_name="closing reason",
    )  # fmt: skip
    ending_summary = SealedTextField("ending summary", kind=TextKind.CLINICAL, blank=True, editable=False)

    REGISTER_TEXT = frozenset(
        {"reference", "year_group", "source", "source_name", "how_soon", "offered_days", "status", "resumes_to"}
    )

    objects = ReferralQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-created_at", "-pk"]
        permissions = [("cover", "Covers the case"), ("break_glass", "Opened the case in an emergency")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="referral_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=Status.ON_HOLD) & ~Q(resumes_to="") | ~Q(status=Status.ON_HOLD) & Q(resumes_to=""),
                name="referral_on_hold_remembers",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.OTHER) & ~Q(source_name="")
                | Q(source=Source.SCHOOL, source_name="", school_may_see=True),
                name="referral_source_is_named",
                violation_error_message="Say which service refers.",
            ),
            # What a family keeps from the school stands beside the school's own: neither may tell of the other.
            models.UniqueConstraint(
                fields=["pupil", "school", "school_may_see"],
                condition=Q(status__in=OPEN),
                name="one_open_referral_of_a_pupil",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="referral_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False, closure_reason__isnull=False)
                | ~Q(status=Status.CLOSED) & Q(closed_at__isnull=True),
                name="referral_closed_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ACCEPTED) | Q(look_again_on__isnull=True),
                name="referral_looked_at_again_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(status__in=WAITING) | Q(place__isnull=True), name="referral_has_a_place_while_it_waits"
            ),
        ]
        indexes = [
            # All that a school's count asks stands in it too, so that no row is read for it.
            models.Index(fields=["school", "-created_at", "-id", "school_may_see"], name="referral_of_school"),
            models.Index(fields=["-created_at", "-id"], name="referral_newest"),
            models.Index(fields=["school", "status"], name="referral_school_status"),
            # All that a coordinator's count asks: the rows themselves, with their sealed texts, are not read for it.
            models.Index(fields=["school", "submitted_at", "source", "referred_by"], name="referral_counted"),
            # All that a coordinator's home asks of those that stand at a status: it never reads those that are closed.
            models.Index(
                fields=["status", "status_since", "id", "how_soon", "school", "submitted_at", "source", "referred_by"],
                name="referral_standing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def decides(self) -> WhoDecides:
        """Who says yes to it: the coordinator where the family keeps it from the school."""
        return self.school.decides if self.school_may_see else WhoDecides.COORDINATOR

    @property
    def next_mover(self) -> str:
        """Whose move is next, in words."""
        mover = WHOSE_MOVE[Status(self.status)]
        if mover is Mover.DECIDERS:
            return self.decides.label
        if mover is Mover.SCHOOL and self.source == Source.OTHER:
            return Mover.COORDINATOR.label
        return mover.label

    def standing_agreements(self, purpose: str) -> "list[FamilyAgreement]":
        """The agreements to this purpose that stand now, in the order of their days."""
        return [agreement for agreement in self.agreements.all() if agreement.purpose == purpose and agreement.stands]

    def agrees_to(self, purpose: str) -> bool:
        """Whether an agreement to this purpose stands now: what everything asks that waits for one."""
        return bool(self.standing_agreements(purpose))

    @property
    def family_withdrew(self) -> bool:
        """The family took its agreement to the work back, and none stands: nothing new is shared with the school."""
        withdrawn = any(one.purpose == Purpose.WORK and one.withdrawn_at for one in self.agreements.all())
        return withdrawn and not self.agrees_to(Purpose.WORK)

    @property
    def is_urgent(self) -> bool:
        return self.how_soon == HowSoon.URGENT

    def answers_what_must_be(self) -> bool:
        """Whether every question that must be answered is, of those that stand on its form now."""
        must = self.school.service.questions.on(self).filter(required=True)
        return not must.exclude(pk__in=self.answers.exclude(text="").values("question_id")).exists()

    @property
    def is_due_again(self) -> bool:
        """Accepted, without a therapist, and the day to look again has come; one without a day is due now."""
        due = self.look_again_on is None or self.look_again_on <= timezone.localdate()
        return self.status == Status.ACCEPTED and due

    def open_allocation(self) -> "Allocation | None":
        """The allocation that holds now."""
        return self.allocations.filter(in_force()).select_related("practitioner").first()

    def is_reviewed(self) -> bool:
        """Whether a review was written down since one was last begun; a case that is re-opened is reviewed anew."""
        last = self.changes.filter(step__in=["start_review", "reopen"]).order_by("-at", "-pk").first()
        if last is None or last.step != "start_review":
            return False
        return self.reviews.filter(created_at__gte=last.at).exists()
