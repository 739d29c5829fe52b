"""School years and terms."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casework.models import SchoolYear, Term
from tests.factories import SchoolYearFactory, TermFactory


def test_school_year_is_named_by_both_years():
    assert str(SchoolYearFactory.build()) == "2026–27"
    assert str(SchoolYearFactory.build(starts_on=date(2099, 9, 1))) == "2099–00"


def test_school_year_ends_after_it_starts(db):
    with pytest.raises(IntegrityError, match="school_year_ends_later"), transaction.atomic():
        SchoolYearFactory(ends_on=date(2026, 9, 1))


def test_school_year_begins_once_in_a_service(db):
    year = SchoolYearFactory()
    SchoolYearFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolYear.objects.create(service=year.service, starts_on=year.starts_on, ends_on=year.ends_on)


def test_term_ends_after_it_starts(db):
    with pytest.raises(IntegrityError, match="term_ends_later"), transaction.atomic():
        TermFactory(ends_on=date(2026, 9, 3))


def test_term_name_is_unique_in_its_year(db):
    term = TermFactory()
    TermFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(school_year=term.school_year)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 9, 2), False),
        (date(2026, 9, 3), True),
        (date(2026, 12, 18), True),
        (date(2026, 12, 19), False),
    ],
)
def test_term_on_a_day_counts_both_ends(db, day, found):
    TermFactory()

    assert Term.objects.on(day).exists() is found
