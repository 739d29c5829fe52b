"""Who works a case."""

from datetime import timedelta

import factory
from django.utils import timezone

from casework.models import Allocation, HandOver

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


class HandOverFactory(RowFactory):
    """A colleague handed the case on to who works it now."""

    class Meta:
        model = HandOver

    referral = factory.SubFactory("tests.factories.referral.ReferralFactory", active=True)
    data_key = factory.SelfAttribute("referral.data_key")
    giver = factory.SubFactory(PractitionerFactory, service=factory.SelfAttribute("..referral.school.service"))
    taker = factory.LazyAttribute(lambda hand: hand.referral.allocations.first().practitioner)
    words = "He waits at the window before each hour."
    by = factory.SelfAttribute("giver.user")
