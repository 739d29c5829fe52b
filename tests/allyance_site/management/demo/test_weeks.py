"""The school weeks that the demo is told in, for years to come."""

from datetime import date, timedelta

import pytest

from allyance_site.management.demo.plot import CASES
from allyance_site.management.demo.weeks import SchoolWeeks, half_terms, year_of, year_starts

YEARS = range(2024, 2044)
FEWEST = [date(year, 9, day) for year in YEARS for day in range(1, 9)]
"""Just after the holiday this year has the fewest weeks behind it."""


@pytest.mark.parametrize("year", YEARS)
def test_half_terms_follow_one_another_within_the_year(year):
    terms = half_terms(year)

    days = [day for term in terms for day in (term.starts_on, term.ends_on)]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 and year_of(day) == year for day in days)
    assert all(4 <= (term.ends_on - term.starts_on).days // 7 + 1 <= 9 for term in terms)


@pytest.mark.parametrize("today", [date(2026, 11, 18), date(2026, 8, 12), date(2026, 12, 25), date(2026, 9, 1)])
def test_back_nought_is_the_week_of_the_last_school_day(today):
    weeks = SchoolWeeks(today)

    last = next(day for day in (today - timedelta(days=back) for back in range(60)) if weeks.is_open(day))
    assert last in weeks.back(0)
    assert all(day < weeks.back(0)[0] for day in weeks.back(1))


def test_back_refuses_what_is_before_last_year():
    with pytest.raises(ValueError, match="before last year"):
        SchoolWeeks(date(2026, 11, 18)).back(60)


def test_ago_counts_from_the_first_week_of_last_year():
    weeks = SchoolWeeks(date(2026, 11, 18))

    assert weeks.back(weeks.ago(0))[0] == date(2025, 9, 3)


@pytest.mark.parametrize("today", FEWEST)
def test_the_plot_fits_into_the_weeks_that_there_are(today):
    weeks = SchoolWeeks(today)

    for case in CASES:
        assert weeks.back(weeks.ago(case.sent) if case.last_year else case.sent)
        assert not case.last_year or weeks.ago(case.sent + case.weeks) > 0


def test_year_starts_at_midnight_in_london():
    assert year_starts(2026).isoformat() == "2026-09-01T00:00:00+01:00"
