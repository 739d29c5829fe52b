"""What the team must have, and what was seen of it."""

from datetime import timedelta

import factory
from django.utils import timezone

from casework.models import AssuranceLetter, Evidence, IfMissing, Requirement, RequirementKind, Waiver

from .base import RowFactory
from .data_key import DataKeyFactory
from .practitioner import PractitionerFactory
from .service import SchoolFactory, ServiceFactory
from .user import UserFactory


class RequirementFactory(RowFactory):
    """A DBS check that stops an allocation where it is missing; yearly training that the supervisor may waive by trait."""

    class Meta:
        model = Requirement

    class Params:
        training = factory.Trait(
            kind=RequirementKind.TRAINING,
            name="Safeguarding training",
            if_missing=IfMissing.SUPERVISOR,
            holds_months=12,
        )

    service = factory.SubFactory(ServiceFactory)
    kind = RequirementKind.DBS
    name = "Enhanced DBS check"
    if_missing = IfMissing.STOPS


class EvidenceFactory(RowFactory):
    """Seen a month ago."""

    class Meta:
        model = Evidence

    practitioner = factory.SubFactory(PractitionerFactory)
    requirement = factory.SubFactory(RequirementFactory, service=factory.SelfAttribute("..practitioner.service"))
    data_key = factory.SubFactory(DataKeyFactory)
    number = "001234567890"
    dated = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=40))
    seen_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    seen_by = factory.SubFactory(UserFactory)


class WaiverFactory(RowFactory):
    """For a month from today."""

    class Meta:
        model = Waiver

    practitioner = factory.SubFactory(PractitionerFactory)
    requirement = factory.SubFactory(
        RequirementFactory, training=True, service=factory.SelfAttribute("..practitioner.service")
    )
    data_key = factory.SubFactory(DataKeyFactory)
    given_by = factory.SubFactory(UserFactory)
    reason = "The course of October was cancelled."
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class AssuranceLetterFactory(RowFactory):
    """A letter that stands."""

    class Meta:
        model = AssuranceLetter

    practitioner = factory.SubFactory(PractitionerFactory)
    school = factory.SubFactory(SchoolFactory, service=factory.SelfAttribute("..practitioner.service"))
    data_key = factory.SubFactory(DataKeyFactory)
    facts = "[]"
    issued_by = factory.SubFactory(UserFactory)
