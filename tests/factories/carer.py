"""People who care for a child."""

import factory

from casework.models import Carer, Professional

from .base import RowFactory
from .family import FamilyFactory


class CarerFactory(RowFactory):
    """A mother who holds parental responsibility."""

    class Meta:
        model = Carer

    class Params:
        foster = factory.Trait(relationship="foster carer", has_parental_responsibility=False)

    family = factory.SubFactory(FamilyFactory)
    data_key = factory.SelfAttribute("family.data_key")
    relationship = "mother"
    has_parental_responsibility = True
    name = factory.Sequence(lambda n: f"Carer {n}")
    telephone = "01632 960001"
    email = factory.Sequence(lambda n: f"carer{n}@family.example")


class ProfessionalFactory(RowFactory):
    """A social worker of the family."""

    class Meta:
        model = Professional

    family = factory.SubFactory(FamilyFactory)
    data_key = factory.SelfAttribute("family.data_key")
    name = factory.Sequence(lambda n: f"Worker {n}")
    job = "social worker"
