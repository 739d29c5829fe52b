"""School years and terms."""

from datetime import date

import factory

from casework.models import SchoolYear, Term

from .base import RowFactory
from .service import ServiceFactory


class SchoolYearFactory(RowFactory):
    """From 1 September 2026 to 31 August 2027."""

    class Meta:
        model = SchoolYear
        django_get_or_create = ("service", "starts_on")

    service = factory.SubFactory(ServiceFactory)
    starts_on = date(2026, 9, 1)
    ends_on = factory.LazyAttribute(lambda year: date(year.starts_on.year + 1, 8, 31))


class TermFactory(RowFactory):
    """The autumn term of its year."""

    class Meta:
        model = Term

    school_year = factory.SubFactory(SchoolYearFactory)
    name = "Autumn term"
    starts_on = factory.LazyAttribute(lambda term: date(term.school_year.starts_on.year, 9, 3))
    ends_on = factory.LazyAttribute(lambda term: date(term.school_year.starts_on.year, 12, 18))
