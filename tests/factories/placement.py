"""Who works at which school."""

import factory

from casework.models import Placement

from .base import RowFactory
from .practitioner import PractitionerFactory
from .service import SchoolFactory


class PlacementFactory(RowFactory):
    """Placed at a school of the practitioner's service, on Mondays, from now on."""

    class Meta:
        model = Placement

    practitioner = factory.SubFactory(PractitionerFactory)
    school = factory.SubFactory(SchoolFactory, service=factory.SelfAttribute("..practitioner.service"))
    monday = True
