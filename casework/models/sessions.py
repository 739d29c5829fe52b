"""Sessions: an hour given to a case, what the school is told of it, and the therapist's own note."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .practitioners import Practitioner
from .records import Record
from .referrals import Referral
from .services import ListItem, ListName


class Session(Record, SealedRecord):
    """An hour given, or one that could not be."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sessions", verbose_name="case")
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="sessions", verbose_name="therapist"
    )
    starts_at = models.DateTimeField("when")
    minutes = models.PositiveSmallIntegerField("minutes", default=60)
    attendance = models.ForeignKey(
        ListItem,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"list": ListName.ATTENDANCE},
        verbose_name="did it happen?",
    )
    writing_minutes = models.PositiveSmallIntegerField("of them for notes and reports", default=0)
    liaison_minutes = models.PositiveSmallIntegerField("of them for talking with school and others", default=0)
    group = models.ForeignKey(
        "casework.Work", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="group",
        help_text="The group's own hour is charged, not the session of each child in it.",
    )  # fmt: skip
    strategies = SealedTextField("strategies for the school", kind=TextKind.SCHOOL, blank=True)
    note_later = models.BooleanField("the note is still to be written", default=False, editable=False)

    class Meta(Record.Meta):
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "starts_at"], name="one_session_at_a_time",
                violation_error_message="This session is already recorded.",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=240), name="session_has_sensible_minutes",
                violation_error_message="A session lasts between 5 and 240 minutes.",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=models.F("writing_minutes") + models.F("liaison_minutes")),
                name="session_is_as_long_as_its_parts",
                violation_error_message="Notes and talks together are longer than the session.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["practitioner", "-starts_at"], name="session_of_practitioner"),
            models.Index(fields=["practitioner"], condition=models.Q(note_later=True), name="note_to_write"),
        ]

    def __str__(self) -> str:
        return f"{self.referral} on {timezone.localtime(self.starts_at):%-d %b %Y}"


class ProcessNote(Record, SealedRecord):
    """A therapist's own note of a session.

    Its author reads it; the clinical supervisor when it is brought to supervision, otherwise with a reason that the
    author is told.
    """

    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, related_name="process_note", verbose_name="session"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="author"
    )
    text = SealedTextField("process note", kind=TextKind.PROCESS)

    class Meta(Record.Meta):
        verbose_name = "process note"

    def __str__(self) -> str:
        return f"process note of {self.session}"


class NoteAddition(Record, SealedRecord):
    """What its author added to a process note that is locked; it is read by whoever reads the note."""

    note = models.ForeignKey(ProcessNote, on_delete=models.PROTECT, related_name="additions", verbose_name="note")
    text = SealedTextField("what is added", kind=TextKind.PROCESS)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )

    class Meta(Record.Meta):
        verbose_name = "addition to a process note"
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"added to the {self.note} on {timezone.localtime(self.created_at):%-d %b %Y}"


class NoteOpening(Record, SealedRecord):
    """A supervisor's reason to read a process note; it holds for that day."""

    note = models.ForeignKey(ProcessNote, on_delete=models.PROTECT, related_name="openings", verbose_name="note")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="by"
    )
    reason = SealedTextField("reason", kind=TextKind.PROCESS)
    ends_at = models.DateTimeField("until")

    class Meta(Record.Meta):
        verbose_name = "opening of a process note"

    def __str__(self) -> str:
        return f"opening of {self.note}"
