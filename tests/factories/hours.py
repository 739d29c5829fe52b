"""Agreements, other work, and the requests and loans of hours."""

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone

from casework.models import HoursLoan, HoursPlan, HoursRequest, Rate, ServiceAgreement, Work

from .base import RowFactory
from .calendar import SchoolYearFactory
from .data_key import DataKeyFactory
from .list_item import ListItemFactory
from .practitioner import PractitionerFactory
from .service import SchoolFactory
from .user import UserFactory


class RateFactory(RowFactory):
    """A cluster rate."""

    class Meta:
        model = Rate

    service = factory.SelfAttribute("school.service")
    band = "cluster"
    amount = Decimal("52.50")
    starts_on = date(2026, 9, 1)

    class Params:
        school = factory.SubFactory(SchoolFactory)


class ServiceAgreementFactory(RowFactory):
    """Forty hours for the year 2026–27, signed."""

    class Meta:
        model = ServiceAgreement

    class Params:
        proposed = factory.Trait(signed_on=None)

    school = factory.SubFactory(SchoolFactory)
    school_year = factory.SubFactory(SchoolYearFactory, service=factory.SelfAttribute("..school.service"))
    hours = Decimal(40)
    rate = Decimal("52.50")
    signed_on = date(2026, 9, 4)
    made_by = factory.SubFactory(UserFactory)


class WorkFactory(RowFactory):
    """An hour of a group at a school."""

    class Meta:
        model = Work

    school = factory.SubFactory(SchoolFactory)
    practitioner = factory.SubFactory(PractitionerFactory, service=factory.SelfAttribute("..school.service"))
    kind = factory.SubFactory(ListItemFactory, group=True, service=factory.SelfAttribute("..practitioner.service"))
    starts_at = factory.LazyFunction(timezone.now)


class HoursRequestFactory(RowFactory):
    """A school asks for six hours."""

    class Meta:
        model = HoursRequest

    school = factory.SubFactory(SchoolFactory)
    data_key = factory.SubFactory(DataKeyFactory)
    hours = Decimal(6)
    why = "Three more children wait."
    asked_by = factory.SubFactory(UserFactory)


class HoursPlanFactory(RowFactory):
    """Thirty hours of one-to-one work, proposed by the school; the therapist has not answered."""

    class Meta:
        model = HoursPlan

    school = factory.SubFactory(SchoolFactory)
    school_year = factory.SubFactory(SchoolYearFactory, service=factory.SelfAttribute("..school.service"))
    one_to_one = Decimal(30)
    side = "school"
    proposed_by = factory.SubFactory(UserFactory)


class HoursLoanFactory(RowFactory):
    """Two schools of one service; the lender has not answered."""

    class Meta:
        model = HoursLoan

    class Params:
        agreed = factory.Trait(state="agreed", answered_at=factory.LazyFunction(timezone.now))

    lender = factory.SubFactory(SchoolFactory)
    borrower = factory.SubFactory(SchoolFactory, service=factory.SelfAttribute("..lender.service"))
    hours = Decimal(4)
    asked_by = factory.SubFactory(UserFactory)
