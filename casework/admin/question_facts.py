"""The answers to a service's own questions as columns of a file: each for those who read that referral's texts."""

from typing import Any

from ..access import rules
from ..models import Answer, Question, Referral
from ..sealed import TextKind
from .facts import Fact


def question_facts(user: Any) -> dict[str, Fact]:
    """A column for each question that was answered in a referral which this person may see."""
    asked = Question.objects.filter(answers__referral__in=rules.visible_referrals(user)).distinct()
    return {question.key: Fact(question.words, _Answers(user, question)) for question in asked}


class _Answers:
    """The answers to one question, fetched once for all the rows of a file."""

    def __init__(self, user: Any, question: Question) -> None:
        self.user, self.question = user, question
        self._by_referral: dict[int, Answer] | None = None

    def __call__(self, referral: Referral) -> str:
        if TextKind.REFERRAL not in rules.readable_kinds(self.user, referral):
            return ""
        if self._by_referral is None:
            answers = Answer.objects.filter(question=self.question, referral__in=rules.visible_referrals(self.user))
            rows = answers.select_related("data_key", "question")
            self._by_referral = {answer.referral_id: answer for answer in rows}
        answer = self._by_referral.get(referral.pk)
        return answer.in_words if answer else ""
