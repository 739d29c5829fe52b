"""The texts of a referral, each with its question and the sentence that says who reads it."""

from dataclasses import dataclass

from ..models import Referral
from ..sealed import SealedTextField
from .who_reads import who_reads

ASKED = ("concerns", "strengths", "tried", "own_words")


@dataclass(frozen=True)
class Text:
    """One text, its question, and who reads it."""

    question: str
    words: str
    readers: str


def texts_of(referral: Referral) -> list[Text]:
    """What the referral says, in the order of its questions."""
    fields: list[SealedTextField] = [Referral._meta.get_field(name) for name in ASKED]
    return [
        Text(capitalised(str(field.verbose_name)), getattr(referral, field.name), who_reads(field.kind, referral))
        for field in fields
    ]


def capitalised(words: str) -> str:
    """With a capital first letter, and the rest as it is."""
    return words[:1].upper() + words[1:]
