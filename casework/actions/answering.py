"""Writing down the answers to a service's own questions, as a part of writing a referral."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from ..models import Answer, Question, QuestionKind, Referral
from .saving import save_clean

READ_AGAIN = "This question was changed while you were writing: read it again, and save."
YES_OR_NO = ("Yes", "No")


@dataclass(frozen=True)
class Given:
    """An answer to a question, and the version of the question that was read."""

    question: Question
    version: int
    text: str


def put_answers(referral: Referral, given: Iterable[Given]) -> bool:
    """Save those that differ from what stands there, and say whether one did. Who may, and the lock, are the caller's.

    ValidationError for an answer that does not fit its question, or to a question that reads otherwise by now.
    """
    asked = {question.pk: question for question in Question.objects.on(referral)}
    before = {answer.question_id: answer for answer in referral.answers.select_related("question", "data_key")}
    changed = False
    for one in given:
        question, answer = asked.get(one.question.pk), before.get(one.question.pk)
        kept, text = (answer.text if answer else ""), one.text.strip()
        if text == kept:
            continue
        if question is None or question.version != one.version:
            raise ValidationError({one.question.key: READ_AGAIN})
        if text and not _fits(question, text, kept):
            raise ValidationError({question.key: f"This is answered {question.get_kind_display()}."})
        answer = answer or Answer(referral=referral, question=question, data_key=referral.data_key)
        answer.version += 1 if answer.pk else 0
        answer.asked, answer.asked_version, answer.text = question.words, question.version, text
        save_clean(answer)
        changed = True
    return changed


def _fits(question: Question, text: str, kept: str) -> bool:
    """What was chosen before may stay chosen, also where it is no longer offered."""
    if question.kind == QuestionKind.YES_NO:
        return text in YES_OR_NO
    if question.kind == QuestionKind.ONE:
        return text in {*question.offered, kept}
    if question.kind == QuestionKind.SEVERAL:
        return set(text.splitlines()) <= {*question.offered, *kept.splitlines()}
    try:
        if question.kind == QuestionKind.DATE:
            date.fromisoformat(text)
        if question.kind == QuestionKind.NUMBER:
            return Decimal(text).is_finite()
    except (ValueError, InvalidOperation):
        return False
    return True
