"""What a family agreed to: to which purpose, who said so, until when, and whether they took it back."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..lifecycle import AT_REST, Status
from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .pupils import Carer
from .records import Record
from .referrals import Referral
from .services import Purpose

GOES_ON = [status for status in Status if status not in AT_REST]
"""Named one by one, so that a database looks through open referrals and no others."""


class Method(models.TextChoices):
    """How somebody said it."""

    SPOKEN = "spoken", "in person or by telephone"
    WRITTEN = "written", "in writing"
    LINK = "link", "by a link"
    PAPER = "paper", "on our paper form"


class AgreementQuerySet(models.QuerySet):
    """Families' agreements."""

    def to_decide(self) -> "AgreementQuerySet":
        """Withdrawn from the work itself, while nobody has decided how it goes on and no later agreement says so."""
        later = FamilyAgreement.objects.filter(
            referral=models.OuterRef("referral"), purpose=Purpose.WORK, withdrawn_at__isnull=True,
            created_at__gte=models.OuterRef("withdrawn_at"),
        )  # fmt: skip
        undecided = self.filter(purpose=Purpose.WORK, withdrawn_at__isnull=False, decided_at__isnull=True)
        return undecided.filter(referral__status__in=GOES_ON).filter(~models.Exists(later))

    def to_review(self, until: date) -> "AgreementQuerySet":
        """Neither withdrawn nor followed by a newer one, of a referral that is not at rest, and due by a day."""
        newer = FamilyAgreement.objects.filter(
            referral=models.OuterRef("referral"), purpose=models.OuterRef("purpose"), withdrawn_at__isnull=True,
            review_on__gt=models.OuterRef("review_on"),
        )  # fmt: skip
        due = self.filter(withdrawn_at__isnull=True, review_on__lte=until).filter(referral__status__in=GOES_ON)
        return due.filter(~models.Exists(newer))


class AgreementManager(models.Manager.from_queryset(AgreementQuerySet)):  # type: ignore[misc]
    """Each with who gave it, for whether it stands is never asked without."""

    def get_queryset(self) -> AgreementQuerySet:
        rows: AgreementQuerySet = super().get_queryset()
        return rows.select_related("carer")


class FamilyAgreement(Record, SealedRecord):
    """Somebody agreed for a child to one purpose: who holds parental responsibility, or the young person themselves."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="agreements", verbose_name="referral")
    purpose = models.CharField("to what", max_length=8, choices=Purpose.choices, default=Purpose.WORK)
    carer = models.ForeignKey(
        Carer, on_delete=models.PROTECT, related_name="agreements", null=True, blank=True, verbose_name="who agreed",
        help_text="Empty where the young person agreed for themselves.",
    )  # fmt: skip
    method = models.CharField("how", max_length=8, choices=Method.choices)
    agreed_on = models.DateField("on which day", default=date.today)
    review_on = models.DateField("holds until")
    judged_by = SealedTextField("who judged that they can decide", kind=TextKind.REFERRAL, blank=True)
    competence = SealedTextField("why they can decide", kind=TextKind.CLINICAL, blank=True)
    own_view = SealedTextField("what the child says about it", kind=TextKind.REFERRAL, blank=True)
    disagreement = SealedTextField("who disagrees, and why", kind=TextKind.REFERRAL, blank=True)
    disagreement_decision = SealedTextField("what was decided, and by whom", kind=TextKind.REFERRAL, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True, editable=False)
    withdrawn_on = models.DateField("they said so on", null=True, blank=True, editable=False)
    withdrawn_how = models.CharField("withdrawn how", max_length=8, choices=Method.choices, blank=True, editable=False)
    withdrawn_who = SealedTextField("who withdrew", kind=TextKind.CONTACT, blank=True, editable=False)
    withdrawn_why = SealedTextField("why, if they said", kind=TextKind.REFERRAL, blank=True, editable=False)
    withdrawal_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decision = SealedTextField("how the work goes on", kind=TextKind.REFERRAL, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"purpose", "method", "withdrawn_how"})

    objects = AgreementManager()

    class Meta(Record.Meta):
        verbose_name = "family's agreement"
        ordering = ["agreed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gte=F("agreed_on")), name="agreement_holds_from_its_day",
                violation_error_message="The day until which it holds comes after the day on which they agreed.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_how="", withdrawal_recorded_by__isnull=True)
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_how="") & Q(withdrawal_recorded_by__isnull=False),
                name="agreement_withdrawn_says_how",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(withdrawn_at__isnull=False, decided_by__isnull=False),
                name="agreement_decided_after_withdrawal",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["referral", "purpose"], name="agreement_of_referral"),
            # A coordinator's home asks for what waits, however much has been agreed.
            models.Index(
                fields=["referral"], name="agreement_to_decide",
                condition=Q(purpose=Purpose.WORK, withdrawn_at__isnull=False, decided_at__isnull=True),
            ),
            models.Index(
                fields=["review_on", "referral"], name="agreement_to_review", condition=Q(withdrawn_at__isnull=True)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    @property
    def who(self) -> str:
        """Who agreed, without a name."""
        return self.carer.relationship if self.carer else "the young person"

    @property
    def stands(self) -> bool:
        """Not withdrawn, its day to review not past, and of somebody who can give it: a carer who holds parental
        responsibility, or the young person for themselves."""
        can_give = self.carer is None or self.carer.has_parental_responsibility
        return self.withdrawn_at is None and can_give and self.review_on >= timezone.localdate()


class FamilysAnswer(models.TextChoices):
    """What was answered by a link."""

    YES = "yes", "yes"
    NO = "no", "no"
    ASK = "ask", "please ask me"


class LinkQuerySet(models.QuerySet):
    """Links for an answer."""

    def open(self) -> "LinkQuerySet":
        """Those that can be answered now."""
        return self.filter(answer="", ended_at__isnull=True, expires_at__gt=timezone.now())

    def to_confirm(self) -> "LinkQuerySet":
        """Answered, and nobody has looked at it yet."""
        return self.exclude(answer="").filter(settled_at__isnull=True)


class AgreementLink(Record, SealedRecord):
    """One question to one carer about one purpose, answered once by whoever holds the link."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="agreement_links", verbose_name="referral"
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+", verbose_name="who is asked")
    purpose = models.CharField("to what", max_length=8, choices=Purpose.choices, default=Purpose.WORK)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    expires_at = models.DateTimeField("works until", editable=False)
    ended_at = models.DateTimeField("taken back", null=True, blank=True, editable=False)
    answer = models.CharField("answer", max_length=3, choices=FamilysAnswer.choices, blank=True, editable=False)
    answered_at = models.DateTimeField("answered", null=True, blank=True, editable=False)
    answered_by = SealedTextField("who answered", kind=TextKind.CONTACT, blank=True, editable=False)
    settled_at = models.DateTimeField("looked at", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    counts = models.BooleanField("counts", default=False, editable=False)

    REGISTER_TEXT = frozenset({"purpose", "answer"})

    objects = LinkQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = "agreement by link"
        verbose_name_plural = "agreements by link"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="link_answered_says_when",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, counts=False)
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(answer=""),
                name="link_counts_when_looked_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["referral"], name="link_to_confirm", condition=~Q(answer="") & Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return not self.answer and self.ended_at is None and self.expires_at > timezone.now()

    @property
    def waits(self) -> bool:
        """Whether an answer waits to be looked at."""
        return bool(self.answer) and self.settled_at is None
