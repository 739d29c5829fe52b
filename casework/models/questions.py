"""A service's own questions on the referral form, and each answer with the question as it was asked."""

from datetime import date

from django.db import models
from django.utils import formats

from ..sealed import SealedTextField, TextKind
from .keys import SealedRecord
from .records import Record
from .referrals import Referral, Source
from .services import Service


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    LINE = "line", "in one line"
    TEXT = "text", "in several lines"
    YES_NO = "yes_no", "yes or no"
    ONE = "one", "one of a list"
    SEVERAL = "several", "several of a list"
    DATE = "date", "a date"
    NUMBER = "number", "a number"

    @property
    def has_choices(self) -> bool:
        return self in (QuestionKind.ONE, QuestionKind.SEVERAL)


class AskedOf(models.TextChoices):
    """On whose referrals a question stands."""

    EVERYBODY = "everybody", "every referral"
    SCHOOL = "school", "a school’s own referrals"
    OTHER = "other", "another service’s referrals"


class QuestionQuerySet(models.QuerySet):
    """Questions, in the order in which they are asked."""

    def on(self, referral: Referral) -> "QuestionQuerySet":
        """Those that stand on a referral's form now."""
        return self.on_form(referral.school.service, referral.source)

    def on_form(self, service: Service, source: str) -> "QuestionQuerySet":
        """Those of a service's form for the referrals of one source."""
        asked_of = AskedOf.SCHOOL if source == Source.SCHOOL else AskedOf.OTHER
        return self.filter(service=service, active=True, asked_of__in=[AskedOf.EVERYBODY, asked_of])


class Question(Record):
    """A question of a service. Its version tells one wording from the next; one no longer asked is switched off."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="questions", verbose_name="service")
    words = models.CharField("question", max_length=200)
    help = models.CharField("help", max_length=200, blank=True)
    kind = models.CharField("answered", max_length=7, choices=QuestionKind.choices)
    choices = models.TextField("list to choose from", blank=True)
    asked_of = models.CharField("stands on", max_length=9, choices=AskedOf.choices, default=AskedOf.EVERYBODY)
    required = models.BooleanField("must be answered before a referral is sent", default=False)
    position = models.PositiveSmallIntegerField("position", default=0)
    active = models.BooleanField("in use", default=True)

    REGISTER_TEXT = frozenset({"words", "help", "kind", "choices", "asked_of"})

    objects = QuestionQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["one", "several"]) & ~models.Q(choices="")
                | ~models.Q(kind__in=["one", "several"]) & models.Q(choices=""),
                name="question_has_choices_where_it_needs_them",
                violation_error_message="Give a list to choose from where the answer is chosen from one, and nowhere "
                "else.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def key(self) -> str:
        """What its answer goes by in a form, and in what is said to be wrong with it."""
        return f"question_{self.uuid.hex}"

    @property
    def offered(self) -> list[str]:
        """What can be chosen, one a line."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.choices.splitlines()))))


class Answer(Record, SealedRecord):
    """An answer of one referral, with the words and the version of the question as it was asked."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="answers", verbose_name="referral")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers", verbose_name="question")
    asked = models.CharField("question as it was asked", max_length=200)
    asked_version = models.PositiveIntegerField("version of the question")
    text = SealedTextField("answer", kind=TextKind.REFERRAL, blank=True)

    REGISTER_TEXT = frozenset({"asked"})

    class Meta(Record.Meta):
        ordering = ["question__position", "question_id"]
        constraints = [models.UniqueConstraint(fields=["referral", "question"], name="one_answer_to_a_question")]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def in_words(self) -> str:
        """The answer as a person reads it."""
        if self.question.kind == QuestionKind.DATE and self.text:
            return str(formats.date_format(date.fromisoformat(self.text), "j F Y"))
        if self.question.kind == QuestionKind.SEVERAL:
            return ", ".join(self.text.splitlines())
        return self.text
