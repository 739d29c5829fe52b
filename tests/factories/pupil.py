"""Pupils, and the schools that they go to."""

from datetime import date

import factory

from casework.models import Enrolment, Pupil, YearGroup

from .base import RowFactory
from .carer import CarerFactory
from .family import FamilyFactory
from .service import SchoolFactory


class EnrolmentFactory(RowFactory):
    """A pupil goes to a school in Year 4, from now on."""

    class Meta:
        model = Enrolment

    pupil = factory.SubFactory("tests.factories.pupil.PupilFactory", enrolment=None)
    school = factory.SubFactory(SchoolFactory, service=factory.SelfAttribute("..pupil.service"))
    year_group = YearGroup.Y4


class PupilFactory(RowFactory):
    """A pupil who goes to `school` now, whose mother holds parental responsibility.

    `carer=None` or `enrolment=None` leaves that row out.
    """

    class Meta:
        model = Pupil

    class Params:
        school = factory.SubFactory(SchoolFactory)

    service = factory.SelfAttribute("school.service")
    family = factory.SubFactory(FamilyFactory, service=factory.SelfAttribute("..service"))
    reference = factory.Sequence(lambda n: f"P-{5000 + n}")
    first_name = "Robin"
    last_name = factory.Sequence(lambda n: f"Pupil{n}")
    date_of_birth = date(2018, 3, 14)
    carer = factory.RelatedFactory(CarerFactory, family=factory.SelfAttribute("..family"))
    enrolment = factory.RelatedFactory(EnrolmentFactory, "pupil", school=factory.SelfAttribute("..school"))
