"""A school's hours: given, used and left by month, whether they last, and two questions for however many schools."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from casework.actions.hours import book_agreement, book_session
from casework.models import ClosedDays
from casework.reports import hours
from casework.reports.hours import SchoolHours, Standing
from casework.reports.hours_words import sentence
from casework.reports.school_time import Year
from tests.clock import london
from tests.factories import (
    ReferralFactory,
    SchoolFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    SessionFactory,
    TermFactory,
)

START, END = date(2026, 9, 1), date(2027, 8, 31)
DAYS = tuple(START + timedelta(days=number) for number in range(200))
HALFWAY = DAYS[100]


def school(given=40, used=20, today=HALFWAY, agreed=True):
    """A year of two hundred school days on end."""
    sums = {(START, "agreed"): Decimal(given), (date(2026, 10, 1), "session"): -Decimal(used)}
    return SchoolHours(1, START, "Cawdale", today, Year(START, END, DAYS), agreed, {k: v for k, v in sums.items() if v})


@pytest.mark.parametrize(
    ("figures", "standing", "words"),
    [
        (school(given=0, used=0, agreed=False), Standing.NONE, "No agreement is signed for this school year."),
        (school(used=41), Standing.OVER, "1 hour more than there are were used."),
        (school(today=DAYS[5]), Standing.EARLY, "too early to say"),
        (school(used=0), Standing.SLOW, "more slowly than planned: at this pace about 40 hours would be left in July"),
        (school(), Standing.ON_TRACK, "as planned: at this pace about 0 hours would be left in July"),
        (school(used=22), Standing.ON_TRACK, "about 4 hours would be missing in July"),
        (school(used=30), Standing.SHORT, "at this pace they end about 12 January"),
        (school(today=DAYS[-1]), Standing.PAST, "20 hours were left"),
    ],
)
def test_standing_and_its_sentence(figures, standing, words):
    assert figures.standing is standing
    assert words in sentence(figures)


def test_months_add_up_to_what_is_left():
    figures = school()

    rows = figures.months

    assert [(row.first.month, row.came, row.used, row.left) for row in rows] == [
        (9, 40, 0, 40), (10, 0, 20, 20), (11, 0, 0, 20), (12, 0, 0, 20),
    ]  # fmt: skip
    assert rows[-1].left == figures.left
    assert rows[0].plan > rows[-1].plan == figures.planned(HALFWAY)


def test_a_year_without_days_and_none_at_all_break_nothing():
    empty = SchoolHours(1, START, "Cawdale", HALFWAY, Year(START, END, ()), True, {(START, "agreed"): Decimal(4)})
    without = SchoolHours(1, START, "Cawdale", HALFWAY)

    assert (empty.standing, empty.planned(HALFWAY), len(empty.year.months)) == (Standing.PAST, 4, 12)
    assert (without.standing, without.months, without.in_july, without.runs_out_on) == (Standing.NONE, [], None, None)


@pytest.mark.django_db
def test_closed_days_and_holidays_are_no_school_days(cast):
    year = SchoolYearFactory(service=cast.service)
    TermFactory(school_year=year, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 18))
    TermFactory(school_year=year, name="A bank holiday", starts_on=date(2027, 5, 3), ends_on=date(2027, 5, 4))
    ClosedDays.objects.create(
        service=cast.service, school=cast.school, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 8), why="Training"
    )
    ClosedDays.objects.create(
        service=cast.service, starts_on=date(2026, 9, 18), ends_on=date(2026, 9, 20), why="A funeral"
    )

    days = {one.name: len(one.year.days) for one in hours.of_schools(cast.coordinator, date(2026, 10, 1))}

    assert (days[cast.school.name], days[cast.other_school.name]) == (8, 10)


@pytest.mark.django_db
def test_figures_are_of_the_year_for_who_sees_them_and_two_questions(cast, django_assert_max_num_queries):
    year, before = (SchoolYearFactory(service=cast.service, starts_on=date(first, 9, 1)) for first in (2026, 2025))
    for one in (year, before):
        book_agreement(ServiceAgreementFactory(school=cast.school, school_year=one), by=cast.coordinator)
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    for day in (london(2026, 10, 5, 9), london(2026, 7, 6, 9)):
        book_session(SessionFactory(referral=case, starts_at=day, attendance=cast.items["Came"]), by=cast.therapist)
    SchoolFactory.create_batch(3, service=cast.service)
    on = date(2026, 11, 2)

    rules_asked = 3  # what the person holds
    with django_assert_max_num_queries(2 + rules_asked):
        found = hours.of_schools(cast.coordinator, on)

    ours = next(one for one in found if one.name == cast.school.name)
    assert (len(found), ours.bought, ours.used, ours.left) == (6, 40, 1, 39)
    assert [hours.of_school(who, cast.school, on).left for who in (cast.head, cast.therapist)] == [39, 39]
    months = hours.of_school(cast.head, cast.school, on).months
    assert [(row.first.month, row.came, row.used, row.left) for row in months] == [
        (9, 40, 0, 40),
        (10, 0, 1, 39),
        (11, 0, 0, 39),
    ]
    assert hours.of_school(cast.other_head, cast.school, on) is None
    assert hours.of_schools(cast.tsl, on) == []
