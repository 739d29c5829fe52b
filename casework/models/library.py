"""Whom a library document is for, who must read it, and who has read which version of it."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .records import Record
from .services import School, Service


class MustRead(models.TextChoices):
    """Who must read a document and say so."""

    NOBODY = "", "nobody"
    PRACTITIONERS = "practitioners", "every therapist that it opens to, and the clinical supervisor"
    TEAM = (
        "team",
        "every therapist that it opens to, the clinical supervisor, the coordinator and the safeguarding lead",
    )


class DocumentAudience(Record):
    """Whom a library document is for: the whole team of a service, or those who belong to one of its schools."""

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="document"
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name="service")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="school",
        help_text="Leave empty for a document of the whole team. "
        "A school's document opens to its own staff and its therapists only.",
    )  # fmt: skip
    must_read = models.CharField("who must read it", max_length=13, choices=MustRead.choices, blank=True)
    parts = models.CharField(
        "what of it", max_length=200, blank=True, help_text="The parts that must be read, for example: Part one."
    )
    read_by = models.DateField(
        "to be read by", null=True, blank=True, help_text="Leave empty for 30 days after it is first open."
    )
    check_question = models.CharField(
        "a question about it", max_length=255, blank=True,
        help_text="Asked of each reader, where the service checks that what is read was understood.",
    )  # fmt: skip
    check_answers = models.TextField(
        "answers to choose from", blank=True, help_text="One on each line, the right one first."
    )

    REGISTER_TEXT = frozenset({"must_read", "parts", "check_question", "check_answers"})

    class Meta(Record.Meta):
        verbose_name = "library document's readers"
        verbose_name_plural = "library documents' readers"

    def __str__(self) -> str:
        return str(self.document)

    def clean(self) -> None:
        super().clean()
        if not self.check_question:
            if self.answers:
                raise ValidationError({"check_question": "Write the question that these answers belong to."})
        elif len(set(self.answers)) < 2:
            raise ValidationError({"check_answers": "Write two answers or more, each on its own line, all different."})

    @property
    def answers(self) -> list[str]:
        """The answers to its question, the right one first."""
        return [line.strip() for line in self.check_answers.splitlines() if line.strip()]

    def answers_for(self, person: Any) -> list[str]:
        """The answers in an order of this person's own, which is the same each time and tells nothing."""
        return sorted(self.answers, key=lambda words: sha256(f"{self.uuid} {person.pk} {words}".encode()).digest())


class Reading(Record):
    """One person and one version of a document: when they first opened it, and when they said that they read it.

    A version is a file: another file under the same document is read again. No document that somebody opened can be
    deleted, for what they read stays on record; it is withdrawn.
    """

    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="document"
    )
    file_hash = models.CharField("version", max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="reader"
    )
    opened_at = models.DateTimeField("first opened", default=timezone.now)
    acknowledged_at = models.DateTimeField("read and understood", null=True, blank=True)
    understood = models.BooleanField("the question was answered", default=False)

    REGISTER_TEXT = frozenset({"file_hash"})

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "document", "file_hash"], name="one_reading_of_a_version"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=models.F("opened_at")),
                name="opened_before_it_was_read",
            ),
        ]

    def __str__(self) -> str:
        return f"reading of document {self.document_id}"
