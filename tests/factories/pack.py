"""Schools' safeguarding packs."""

import factory

from casework.models import SchoolPack

from .base import RowFactory
from .calendar import SchoolYearFactory
from .data_key import DataKeyFactory
from .service import SchoolFactory
from .user import UserFactory


class SchoolPackFactory(RowFactory):
    """The pack of this school year."""

    class Meta:
        model = SchoolPack

    school = factory.SubFactory(SchoolFactory)
    school_year = factory.SubFactory(SchoolYearFactory, service=factory.SelfAttribute("..school.service"))
    data_key = factory.SubFactory(DataKeyFactory)
    lead = "The deputy head"
    lead_telephone = "01632 960111"
    deputies = "The Year 6 teacher"
    out_of_hours = "01632 960902"
    sign_in = "At the hatch, with your badge."
    first_aid = "The office; the bell rings three times for a fire."
    policies = "On the school's website, under Key information."
    sent_by = factory.SubFactory(UserFactory)
