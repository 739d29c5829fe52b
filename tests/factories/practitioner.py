"""The clinical team."""

import factory

from casework.models import Practitioner

from .base import RowFactory
from .list_item import ListItemFactory
from .service import ServiceFactory
from .user import UserFactory


class PractitionerFactory(RowFactory):
    """A play therapist who is with the service now and has an account."""

    class Meta:
        model = Practitioner

    class Params:
        without_account = factory.Trait(user=None, name=factory.Sequence(lambda n: f"Therapist {n}"))

    service = factory.SubFactory(ServiceFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda practitioner: practitioner.user.get_full_name())
    discipline = factory.SubFactory(ListItemFactory, discipline=True, service=factory.SelfAttribute("..service"))
    weekly_hours = 12
