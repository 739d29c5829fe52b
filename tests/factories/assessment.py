"""Assessments, what was added to them and who received them."""

from typing import Any

import factory
from django.utils import timezone

from casework.models import Assessment, AssessmentAddition, AssessmentPart, AssessmentRecipient, Basis

from .base import RowFactory
from .referral import ReferralFactory
from .user import UserFactory


class AssessmentFactory(RowFactory):
    """A finished assessment with two headings; a draft by trait. `text` stands under the first heading."""

    class Meta:
        model = Assessment

    class Params:
        draft = factory.Trait(finished_at=None)

    referral = factory.SubFactory(ReferralFactory, active=True)
    data_key = factory.SelfAttribute("referral.data_key")
    written_by = factory.LazyAttribute(lambda row: row.referral.allocations.first().practitioner.user)
    finished_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def text(self: Any, create: bool, extracted: str | None, **_: Any) -> None:
        for position, (heading, text) in enumerate(
            [("What are people worried about?", extracted or "Bedtimes."), ("What is working well?", "")]
        ):
            AssessmentPart.objects.create(
                assessment=self, data_key=self.data_key, position=position, heading=heading, text=text
            )


class AssessmentAdditionFactory(RowFactory):
    """What was added."""

    class Meta:
        model = AssessmentAddition

    assessment = factory.SubFactory(AssessmentFactory)
    data_key = factory.SelfAttribute("assessment.data_key")
    written_by = factory.SelfAttribute("assessment.written_by")
    text = "The grandmother has moved in."


class AssessmentRecipientFactory(RowFactory):
    """Somebody who received it by the family's agreement."""

    class Meta:
        model = AssessmentRecipient

    assessment = factory.SubFactory(AssessmentFactory)
    data_key = factory.SelfAttribute("assessment.data_key")
    recorded_by = factory.SubFactory(UserFactory)
    name = "The duty officer"
    agency = "Early help"
    basis = Basis.AGREEMENT
    because = "The mother agreed on Monday."
