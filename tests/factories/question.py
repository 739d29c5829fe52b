"""A service's own questions, and their answers."""

import factory

from casework.models import Answer, Question, QuestionKind

from .base import RowFactory
from .referral import ReferralFactory
from .service import ServiceFactory


class QuestionFactory(RowFactory):
    """A question that is answered in one line; by trait one with a list to choose from."""

    class Meta:
        model = Question

    class Params:
        several = factory.Trait(kind=QuestionKind.SEVERAL, choices="Bus\nOn foot\nCar")

    service = factory.SubFactory(ServiceFactory)
    words = factory.Sequence(lambda n: f"Question {n}?")
    kind = QuestionKind.LINE


class AnswerFactory(RowFactory):
    """An answer to a question of the referral's service."""

    class Meta:
        model = Answer

    referral = factory.SubFactory(ReferralFactory)
    data_key = factory.SelfAttribute("referral.data_key")
    question = factory.SubFactory(QuestionFactory, service=factory.SelfAttribute("..referral.school.service"))
    asked = factory.SelfAttribute("question.words")
    asked_version = factory.SelfAttribute("question.version")
    text = "On Mondays."
