"""Hours are adjusted and carried over by the coordinator, with a reason that the school reads."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.actions import adjustments
from casework.models import HoursEntry
from tests.factories import SchoolYearFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(cast):
    return [
        SchoolYearFactory(service=cast.service, starts_on=date(first, 9, 1), ends_on=date(first + 1, 8, 31))
        for first in (2025, 2026)
    ]


def adjust(cast, hours="3", by="coordinator", on=date(2026, 3, 2), reason="A session was booked twice on paper."):
    return adjustments.adjust(cast.school, by=getattr(cast, by), on=on, hours=Decimal(hours), reason=reason)


def carry(cast, years, hours, by="coordinator", reason="Agreed with the head."):
    first, second = years
    return adjustments.carry_over(
        cast.school, by=getattr(cast, by), year=first, into=second, hours=Decimal(hours), reason=reason
    )


def test_adjust_needs_a_reason_a_year_some_hours_and_the_coordinator(cast, years):
    entry = adjust(cast, "-2.5")

    assert (entry.kind, entry.hours, entry.on) == ("adjusted", Decimal("-2.5"), date(2026, 3, 2))
    for wrong, words in [
        ({"reason": " "}, "Say why"),
        ({"on": date(2020, 3, 2)}, "no school year"),
        ({"hours": "0"}, "number of hours"),
    ]:
        with pytest.raises(ValidationError, match=words):
            adjust(cast, **wrong)
    with pytest.raises(PermissionDenied):
        adjust(cast, by="head")


def test_carry_over_takes_out_of_one_year_and_into_the_other(cast, years):
    adjust(cast, "3")

    carry(cast, years, "2")

    assert [HoursEntry.objects.in_year(year).total() for year in years] == [1, 2]
    with pytest.raises(ValidationError, match="left of that year is 1:"):
        carry(cast, years, "2")


def test_carry_over_of_what_was_used_too_much_has_a_minus(cast, years):
    adjust(cast, "-3")
    with pytest.raises(ValidationError):
        carry(cast, years, "3")

    carry(cast, years, "-3")

    assert [HoursEntry.objects.in_year(year).total() for year in years] == [0, -3]


def test_carry_over_goes_on_to_a_later_year_of_the_service(cast, years):
    adjust(cast)
    for wrong in (reversed(years), [years[0], SchoolYearFactory(service=cast.other_service)]):
        with pytest.raises(ValidationError, match="later year"):
            carry(cast, wrong, "1")
    with pytest.raises(PermissionDenied):
        carry(cast, years, "1", by="head")
