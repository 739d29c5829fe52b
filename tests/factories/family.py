"""Families."""

import factory

from casework.models import Family

from .base import RowFactory
from .data_key import DataKeyFactory
from .service import ServiceFactory


class FamilyFactory(RowFactory):
    """A family with a key and nobody in it yet."""

    class Meta:
        model = Family

    service = factory.SubFactory(ServiceFactory)
    data_key = factory.SubFactory(DataKeyFactory)
