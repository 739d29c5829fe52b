"""A service's own questions as form fields, and their answers in words."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from ..actions.answering import READ_AGAIN, YES_OR_NO, Given
from ..models import Answer, Question, QuestionKind, Referral
from ..sealed import TextKind
from .fields import CaseForm, Fields, SealedText
from .who_reads import who_reads

NEEDED = "Needed before the referral can be sent."
MOST_RADIOS = 7


class QuestionsForm(CaseForm):
    """A form about a referral that ends with the service's own questions.

    `asked` says which version of each was on the page: an answer to other words is never taken for one to these.
    """

    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = dict(self.initial)
        self.questions = list(Question.objects.on(self.referral))
        self.kept = texts_by_question(self.referral)
        for question in self.questions:
            kept = self.kept.get(question.pk, "")
            self.fields[question.key] = _field_of(question, kept, self.referral)
            initial[question.key] = value_of(question, kept)
        self.first_question = self.questions[0].key if self.questions else ""
        initial["asked"] = " ".join(f"{question.key}:{question.version}" for question in self.questions)
        self.initial = initial

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        read = set(cleaned.get("asked", "").split())
        for question in self.questions:
            typed = text_of(cleaned.get(question.key)) != self.kept.get(question.pk, "")
            if typed and f"{question.key}:{question.version}" not in read and question.key not in self.errors:
                self.add_error(question.key, READ_AGAIN)
        sent_again: Any = self.data.copy()
        sent_again["asked"] = self.initial["asked"]
        self.data = sent_again
        return cleaned

    def given(self) -> list[Given]:
        """What the action takes."""
        return [
            Given(question, question.version, text_of(self.cleaned_data[question.key])) for question in self.questions
        ]


def texts_by_question(referral: Referral) -> dict[int, str]:
    """The answers of a referral as they are kept, by question."""
    answers = Answer.objects.filter(referral=referral).select_related("data_key")
    return {answer.question_id: answer.text for answer in answers}


def text_of(value: Any) -> str:
    """A field's answer as it is kept."""
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def value_of(question: Question, text: str) -> Any:
    """What is kept as the field's value."""
    if question.kind == QuestionKind.SEVERAL:
        return text.splitlines()
    if question.kind == QuestionKind.DATE:
        return date.fromisoformat(text) if text else None
    return text


def _field_of(question: Question, kept: str, referral: Referral) -> forms.Field:
    field = _bare_field_of(question, kept)
    field.required = False
    field.is_needed = question.required
    hints = (question.help, NEEDED if question.required else "", who_reads(TextKind.REFERRAL, referral))
    field.help_text = " ".join(filter(None, hints))
    return field


def _bare_field_of(question: Question, kept: str) -> forms.Field:
    words, kind = question.words, QuestionKind(question.kind)
    if kind is QuestionKind.LINE:
        return Fields.line(words, length=200)
    if kind is QuestionKind.DATE:
        return Fields.date(words)
    if kind is QuestionKind.NUMBER:
        return forms.DecimalField(label=words, max_digits=12, error_messages={"invalid": "Enter a number like 12."})
    if kind is QuestionKind.YES_NO:
        return Fields.choose(words, [(one, one) for one in YES_OR_NO], required="Choose yes or no.")
    if kind is QuestionKind.TEXT:
        return SealedText(words, TextKind.REFERRAL, rows=3)
    offered = [(one, one) for one in dict.fromkeys([*question.offered, *kept.splitlines()])]
    if kind is QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(
            label=words, choices=offered, widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose from the list."},
        )  # fmt: skip
    if len(offered) <= MOST_RADIOS:
        return Fields.choose(words, offered, required="Choose from the list.")
    return forms.ChoiceField(
        label=words, choices=[("", "Choose…"), *offered], error_messages={"invalid_choice": "Choose from the list."}
    )
