"""What happens to a referral on its way: the yeses that it is given, the steps that are taken, the reviews."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..lifecycle import Status
from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Record
from .referrals import Referral


class Endorsement(Record):
    """A yes to a referral where the school and its therapist decide: one of each accepts it."""

    class Side(models.TextChoices):
        SCHOOL = "school", "the school"
        THERAPIST = "therapist", "the therapist"

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="endorsements", verbose_name="referral"
    )
    side = models.CharField("for", max_length=10, choices=Side.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )
    withdrawn_at = models.DateTimeField("taken back", null=True, blank=True, editable=False)

    REGISTER_TEXT = frozenset({"side"})

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "side"], condition=Q(withdrawn_at__isnull=True), name="one_yes_of_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} says yes to {self.referral}"


class StatusChange(Record, SealedRecord):
    """A step of a referral: its history, as those read it who may read the referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes", verbose_name="referral")
    step = models.CharField("step", max_length=30)
    from_status = models.CharField("from", max_length=12, choices=Status.choices)
    to_status = models.CharField("to", max_length=12, choices=Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by")
    at = models.DateTimeField("at")
    note = SealedTextField("in words", kind=TextKind.REFERRAL, blank=True)

    REGISTER_TEXT = frozenset({"step", "from_status", "to_status"})

    class Meta(Record.Meta):
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["referral", "at"], name="change_of_referral")]

    def __str__(self) -> str:
        return f"{self.referral}: {self.step}"


class Direction(models.TextChoices):
    """Where the work is going, as who works the case sees it. No measure, no finding about the child, and no cause."""

    BETTER = "better", "It goes better"
    SAME = "same", "It is as before"
    HARDER = "harder", "It is harder than before"


class Review(Record, SealedRecord):
    """How the work is going, as a rule after about six weeks."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="reviews", verbose_name="referral")
    held_on = models.DateField("held on")
    outcome = SealedTextField("what the review found", kind=TextKind.CLINICAL)
    for_school = SealedTextField("progress, for the school", kind=TextKind.SCHOOL, blank=True)
    direction = SealedTextField("where the work is going", kind=TextKind.CLINICAL, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta(Record.Meta):
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"review of {self.referral} on {self.held_on}"

    @property
    def direction_in_words(self) -> str:
        return str(dict(Direction.choices).get(self.direction, self.direction))
