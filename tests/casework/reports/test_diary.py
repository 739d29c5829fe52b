from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine

from casework.models import Allocation, Referral, SchoolYear, Term
from casework.reports.diary import diary
from tests.cast import Cast
from tests.clock import london
from tests.factories import PupilFactory, ReferralFactory, SessionFactory

THURSDAY = london(2026, 11, 19, 8, 30)


@pytest.fixture(autouse=True)
def thursday() -> Iterator[None]:
    with time_machine.travel(THURSDAY, tick=False):
        yield


def case(cast: Cast, weekday: int | None, at: time | None, **fields: Any) -> Referral:
    """A case of the therapist's, seen weekly since the summer."""
    fields.setdefault("active", True)
    fields.setdefault("practitioner", cast.therapist_practitioner)
    referral = ReferralFactory(school=cast.school, pupil=PupilFactory(school=cast.school), **fields)
    Allocation.objects.filter(referral=referral).update(weekday=weekday, time=at, starts_at=london(2026, 9, 7))
    return referral


def recorded(cast: Cast, referral: Referral, at: datetime) -> None:
    SessionFactory(
        referral=referral, practitioner=cast.therapist_practitioner, starts_at=at, attendance=cast.items["Came"]
    )


def autumn(cast: Cast, starts_on: date = date(2026, 9, 2), ends_on: date = date(2026, 12, 18)) -> None:
    year = SchoolYear.objects.create(service=cast.service, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    Term.objects.create(school_year=year, name="Autumn", starts_on=starts_on, ends_on=ends_on)


def test_diary_today_is_in_order_of_time(cast: Cast) -> None:
    later, first = case(cast, 3, time(10, 30)), case(cast, 3, time(9, 15))
    case(cast, 4, time(9, 15))

    found = diary(cast.therapist)

    assert [hour.slot.reference for hour in found.hours_today] == [first.reference, later.reference]
    assert found.next_day == date(2026, 11, 20)


def test_diary_marks_what_is_recorded_today(cast: Cast) -> None:
    seen = case(cast, 3, time(8, 0))
    recorded(cast, seen, london(2026, 11, 19, 8, 0))

    assert [hour.written for hour in diary(cast.therapist).hours_today] == [True]


def test_diary_on_a_weekend_leads_to_monday(cast: Cast) -> None:
    monday = case(cast, 0, time(9, 15))

    with time_machine.travel(london(2026, 11, 21, 9), tick=False):
        found = diary(cast.therapist)

    assert found.hours_today == []
    assert found.next_day == date(2026, 11, 23)
    assert [hour.slot.reference for hour in found.next_hours] == [monday.reference]


def test_diary_skips_the_holidays(cast: Cast) -> None:
    autumn(cast, ends_on=date(2026, 11, 18))
    case(cast, 3, time(9, 15))

    found = diary(cast.therapist)

    assert found.hours_today == []
    assert found.next_day is None


def test_diary_asks_for_hours_that_are_not_written_up(cast: Cast) -> None:
    autumn(cast)
    forgotten = case(cast, 2, time(9, 15))

    found = diary(cast.therapist)

    assert [(hour.on, hour.slot.reference) for hour in found.not_written] == [
        (date(2026, 11, 11), forgotten.reference),
        (date(2026, 11, 18), forgotten.reference),
    ]


def test_diary_takes_an_hour_moved_within_the_week_as_written_up(cast: Cast) -> None:
    moved = case(cast, 2, time(9, 15))
    recorded(cast, moved, london(2026, 11, 13, 14, 0))
    recorded(cast, moved, london(2026, 11, 18, 9, 15))

    assert diary(cast.therapist).not_written == []


def test_diary_asks_nothing_of_the_holidays_or_before_the_start(cast: Cast) -> None:
    autumn(cast, starts_on=date(2026, 11, 16))
    fresh = case(cast, 2, time(9, 15))
    Allocation.objects.filter(referral=fresh).update(starts_at=london(2026, 11, 19))
    case(cast, 4, time(9, 15))

    assert diary(cast.therapist).not_written == []


def test_diary_asks_nothing_of_a_case_that_has_not_begun(cast: Cast) -> None:
    case(cast, 2, time(9, 15), active=False, allocated=True)

    assert diary(cast.therapist).not_written == []


def test_diary_leaves_out_what_is_on_hold(cast: Cast) -> None:
    case(cast, 3, time(9, 15), active=False, on_hold=True)

    assert diary(cast.therapist).slots == []


def test_diary_names_cases_without_a_regular_hour(cast: Cast) -> None:
    unsettled = case(cast, None, None)

    assert [slot.reference for slot in diary(cast.therapist).without_hour] == [unsettled.reference]


def test_diary_is_nobody_elses(cast: Cast) -> None:
    case(cast, 3, time(9, 15))

    for person in (cast.other_therapist, cast.supervisor, cast.coordinator, cast.head):
        assert diary(person).slots == []
