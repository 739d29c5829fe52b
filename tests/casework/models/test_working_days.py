"""Working days: until when the supervisor may object, over a weekend and over bank holidays."""

from datetime import date, datetime

import pytest
import time_machine

from casework.models.working_days import is_working_day, objection_until, open_to_objection_since
from tests.clock import LONDON


@pytest.mark.parametrize(
    ("day", "works"),
    [(date(2026, 11, 27), True), (date(2026, 11, 28), False), (date(2026, 12, 25), False), (date(2026, 12, 28), False)],
)
def test_is_working_day(day, works):
    """28 December 2026 is the bank holiday for Boxing Day, a Saturday."""
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("allocated", "until"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=LONDON), date(2026, 11, 25)),
        (datetime(2026, 11, 26, 23, 30, tzinfo=LONDON), date(2026, 11, 30)),
        (datetime(2026, 11, 28, 12, tzinfo=LONDON), date(2026, 12, 1)),
        (datetime(2026, 12, 24, 12, tzinfo=LONDON), date(2026, 12, 30)),
    ],
)
def test_objection_until_is_the_second_working_day_after(allocated, until):
    assert objection_until(allocated) == until


@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2026, 11, 28), date(2026, 11, 30), date(2026, 12, 27)])
def test_open_to_objection_since_agrees_with_it(today):
    with time_machine.travel(datetime(today.year, today.month, today.day, 12, tzinfo=LONDON), tick=False):
        since = open_to_objection_since()
        for days in range(1, 12):
            at = datetime(today.year, today.month, today.day, 10, tzinfo=LONDON)
            allocated = at.fromordinal(at.toordinal() - days).replace(hour=10, tzinfo=LONDON)
            assert (allocated >= since) is (objection_until(allocated) >= today), allocated
