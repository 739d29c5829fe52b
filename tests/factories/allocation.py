"""Who works a case."""

from datetime import timedelta

import factory
from django.utils import timezone

from casework.models import Allocation

from .base import RowFactory
from .practitioner import PractitionerFactory


class AllocationFactory(RowFactory):
    """A practitioner of the school's service works the case, without a fixed hour, since yesterday."""

    class Meta:
        model = Allocation

    class Params:
        ended = factory.Trait(ends_at=factory.LazyFunction(timezone.now))

    referral = factory.SubFactory("tests.factories.referral.ReferralFactory", accepted=True)
    practitioner = factory.SubFactory(PractitionerFactory, service=factory.SelfAttribute("..referral.school.service"))
    allocated_by = factory.SelfAttribute("referral.referred_by")
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
