"""The texts of a referral and its ticks, each with its question and the sentence that says who reads it."""

from dataclasses import dataclass

from ..lifecycle import WRITABLE
from ..models import Answer, Question, Referral
from ..sealed import SealedTextField, TextKind
from .who_reads import who_reads

ASKED = ("urgent_because", "concerns", "strengths", "tried", "helped_by", "own_words", "offered_times")
TICKED = {"tried": "tried_already", "helped_by": "helpers"}
"""The ticks that stand before a text."""


@dataclass(frozen=True)
class Text:
    """One text, its question, and who reads it."""

    question: str
    words: str
    readers: str


def texts_of(referral: Referral) -> list[Text]:
    """What the referral says, in the order of its questions; the service's own come last."""
    fields: list[SealedTextField] = [Referral._meta.get_field(name) for name in ASKED]
    return [
        Text(capitalised(str(field.verbose_name)), _words(referral, field.name), who_reads(field.kind, referral))
        for field in fields
    ] + answers_of(referral)


def answers_of(referral: Referral) -> list[Text]:
    """The answers to the service's own questions, in the words that were asked; while it is still written, also the
    questions without one."""
    readers = who_reads(TextKind.REFERRAL, referral)
    given = Answer.objects.filter(referral=referral).exclude(text="").select_related("question", "data_key")
    rows = [(answer.question, Text(answer.asked, answer.in_words, readers)) for answer in given]
    if referral.status in WRITABLE:
        answered = {question for question, _ in rows}
        asked = (question for question in Question.objects.on(referral) if question not in answered)
        rows += [(question, Text(question.words, "", readers)) for question in asked]
    return [text for question, text in sorted(rows, key=lambda row: (row[0].position, row[0].pk))]


def _words(referral: Referral, name: str) -> str:
    """A text, with what was ticked or chosen beside it before it."""
    ticked = referral.ticked[TICKED[name]] if name in TICKED else []
    before = referral.offered_days_in_words if name == "offered_times" else ", ".join(ticked)
    return "\n".join(filter(None, [before, getattr(referral, name)]))


def capitalised(words: str) -> str:
    """With a capital first letter, and the rest as it is."""
    return words[:1].upper() + words[1:]
