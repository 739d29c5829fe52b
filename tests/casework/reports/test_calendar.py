"""Which days are school days: terms, closed days, bank holidays, absences, the clock change, and a start in March."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from casework.models import Absence, Allocation, ClosedDays, SchoolYear, Term
from casework.reports import absences
from casework.reports.calendar import bank_holidays
from casework.reports.diary import diary, next_hour
from tests.cast import Cast
from tests.clock import london
from tests.factories import PupilFactory, ReferralFactory

MONDAY, FRIDAY = 0, 4


@pytest.fixture(autouse=True)
def autumn() -> Iterator[None]:
    """The cast is of that time; each test then goes to its own day."""
    with time_machine.travel(london(2025, 9, 1), tick=False):
        yield


def case(cast: Cast, weekday: int, since=None):
    referral = ReferralFactory(
        school=cast.school, pupil=PupilFactory(school=cast.school), active=True,
        practitioner=cast.therapist_practitioner,
    )  # fmt: skip
    Allocation.objects.filter(referral=referral).update(
        weekday=weekday, time=time(9, 15), starts_at=since or london(2025, 9, 8)
    )
    return referral


def next_day(cast: Cast, on) -> date | None:
    with time_machine.travel(on, tick=False):
        return diary(cast.therapist).next_day


def test_an_hour_skips_bank_holidays_closed_days_and_half_terms(cast: Cast) -> None:
    year = SchoolYear.objects.create(service=cast.service, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    Term.objects.create(school_year=year, name="Spring", starts_on=date(2026, 1, 5), ends_on=date(2026, 4, 2))
    Term.objects.create(school_year=year, name="Summer", starts_on=date(2026, 4, 20), ends_on=date(2026, 7, 17))
    case(cast, MONDAY)
    ClosedDays.objects.create(
        service=cast.service, school=cast.school, starts_on=date(2026, 4, 20), ends_on=date(2026, 4, 20), why="Training"
    )

    assert date(2026, 5, 4) in bank_holidays()
    assert next_day(cast, london(2026, 3, 27, 9)) == date(2026, 3, 30)
    assert next_day(cast, london(2026, 3, 30, 18)) == date(2026, 4, 27)
    assert next_day(cast, london(2026, 4, 27, 18)) == date(2026, 5, 11)


def test_another_schools_closed_day_and_another_services_close_nothing(cast: Cast) -> None:
    case(cast, MONDAY)
    day = date(2026, 11, 23)
    ClosedDays.objects.create(
        service=cast.service, school=cast.other_school, starts_on=day, ends_on=day, why="Training"
    )
    ClosedDays.objects.create(service=cast.other_service, starts_on=day, ends_on=day, why="Training")

    assert next_day(cast, london(2026, 11, 20, 9)) == day

    ClosedDays.objects.create(service=cast.service, starts_on=day, ends_on=day, why="Snow")
    assert next_day(cast, london(2026, 11, 20, 9)) == date(2026, 11, 30)


def test_an_absence_empties_ones_own_diary_and_asks_for_nothing_to_be_written_up(cast: Cast) -> None:
    case(cast, MONDAY)
    away = Absence.objects.create(
        practitioner=cast.therapist_practitioner, starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 23)
    )
    with time_machine.travel(london(2026, 11, 23, 8), tick=False):
        mine = diary(cast.therapist)
        assert (mine.hours_today, mine.next_day) == ([], date(2026, 11, 30))
        assert [hour.on for hour in mine.not_written] == [date(2026, 11, 9)]
        assert [one.pk for one in absences.soon(cast.coordinator)] == [away.pk]
        assert not absences.soon(cast.therapist)


def test_the_hour_stays_at_its_time_when_the_clock_changes(cast: Cast) -> None:
    referral = case(cast, MONDAY)

    with time_machine.travel(london(2026, 3, 23, 12), tick=False):
        hour = next_hour(cast.therapist, referral.pk)

    assert hour is not None
    assert hour.at.isoformat() == "2026-03-30T09:15:00+01:00"


def test_a_school_that_joins_in_march_is_asked_for_nothing_before(cast: Cast) -> None:
    case(cast, MONDAY, since=london(2026, 3, 9))

    with time_machine.travel(london(2026, 3, 13, 12), tick=False):
        assert [hour.on for hour in diary(cast.therapist).not_written] == [date(2026, 3, 9)]


def test_an_absence_names_the_cases_and_schools_that_it_touches(cast: Cast) -> None:
    touched, _ = case(cast, MONDAY), case(cast, FRIDAY)
    away = Absence.objects.create(
        practitioner=cast.therapist_practitioner, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 8)
    )
    with time_machine.travel(london(2026, 11, 27, 8), tick=False):
        friday_too = absences.affected(cast.coordinator, away)
        away.ends_on = date(2026, 12, 1)
        found = absences.affected(cast.coordinator, away)

        assert {one.reference: one.words for one in friday_too}[touched.reference] == "Mon 30 Nov and 1 more"
        assert [(one.reference, one.words, one.can_cover) for one in found] == [(touched.reference, "Mon 30 Nov", True)]
        assert [one.can_cover for one in absences.affected(cast.therapist, away)] == [False]
        assert absences.affected(cast.head, away)[0].can_cover is False
        assert absences.affected(cast.other_therapist, away) == []


def test_diary_asks_as_often_for_four_cases_as_for_one(cast: Cast, django_assert_num_queries) -> None:
    with time_machine.travel(london(2026, 11, 27, 8), tick=False):
        for weekday in range(4):
            case(cast, weekday)
            with django_assert_num_queries(8):
                diary(cast.therapist)
