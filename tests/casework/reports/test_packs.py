from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from casework.models import School
from casework.reports import packs
from tests.cast import Cast
from tests.factories import PlacementFactory, SchoolFactory, SchoolPackFactory, SchoolYearFactory

IN_MARCH = date(2027, 3, 1)


def owing(cast: Cast, day: date = IN_MARCH) -> list[tuple[str, date]]:
    schools = School.objects.filter(service=cast.service)
    return [(one.school.name, one.since) for one in packs.owed(schools, day)]


def test_owed_names_schools_without_this_years_pack_and_since_when(cast: Cast) -> None:
    year = SchoolYearFactory(service=cast.service)
    last = SchoolYearFactory(service=cast.service, starts_on=date(2025, 9, 1))
    SchoolPackFactory(school=cast.school, school_year=year)
    SchoolPackFactory(school=cast.other_school, school_year=last)

    since = date(2026, 9, 1)
    assert owing(cast) == [(cast.other_school.name, since), (cast.buys_in_school.name, since)]
    assert owing(cast, last.ends_on) == [
        (cast.school.name, last.starts_on),
        (cast.buys_in_school.name, last.starts_on),
    ]


def test_owed_asks_for_none_on_a_day_of_no_school_year(cast: Cast) -> None:
    SchoolYearFactory(service=cast.other_service)

    assert owing(cast) == []


def test_owed_takes_a_pack_that_was_replaced_for_none(cast: Cast) -> None:
    year = SchoolYearFactory(service=cast.service)
    SchoolPackFactory(school=cast.school, school_year=year, replaced_at=timezone.now())
    assert cast.school.name in dict(owing(cast))

    SchoolPackFactory(school=cast.school, school_year=year, number=2)
    assert cast.school.name not in dict(owing(cast))


def test_owed_asks_one_question_however_many_schools(cast: Cast, django_assert_num_queries) -> None:
    SchoolYearFactory(service=cast.service)
    SchoolFactory.create_batch(4, service=cast.service)
    schools = list(School.objects.all())

    with django_assert_num_queries(1):
        assert len(packs.owed(schools, IN_MARCH)) == 7


def test_standings_say_when_and_by_whom_it_was_sent(cast: Cast) -> None:
    pack = SchoolPackFactory(
        school=cast.school, school_year=SchoolYearFactory(service=cast.service), sent_by=cast.sendco
    )

    [standing] = packs.standings([cast.school], IN_MARCH)

    assert (standing.sent, standing.is_owed) == (packs.Sent(pack.sent_at, "Leila Garside"), False)
    assert packs.standings([cast.school], IN_MARCH + timedelta(days=400)) == []


def test_for_therapist_are_those_that_are_missing_or_new(cast: Cast) -> None:
    today = timezone.localdate()
    year = SchoolYearFactory(
        service=cast.service, starts_on=today - timedelta(days=90), ends_on=today + timedelta(days=200)
    )
    PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.other_school)
    PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.buys_in_school)
    SchoolPackFactory(school=cast.school, school_year=year)
    SchoolPackFactory(
        school=cast.other_school, school_year=year, sent_at=timezone.now() - packs.LATELY - timedelta(days=1)
    )

    def asks(person: Any) -> dict[str, bool]:
        found = {one.school.name: one.is_owed for one in packs.for_therapist(person, today)}
        assert bool(found) is any(rows.exists() for rows in packs.asking(person))
        return found

    assert asks(cast.therapist) == {cast.school.name: False, cast.buys_in_school.name: True}
    for person in (cast.other_therapist, cast.head, cast.coordinator, cast.hidden_therapist):
        assert asks(person) == {}


def test_shown_is_this_years_or_the_one_before_it_and_only_for_who_may_open_it(cast: Cast) -> None:
    this = SchoolYearFactory(service=cast.service)
    last = SchoolYearFactory(service=cast.service, starts_on=date(2025, 9, 1))
    earlier = SchoolPackFactory(school=cast.school, school_year=last)
    assert packs.shown(cast.therapist, cast.school, IN_MARCH) == earlier
    assert not packs.is_of(earlier, IN_MARCH)

    pack = SchoolPackFactory(school=cast.school, school_year=this)

    for person in (cast.therapist, cast.head, cast.sendco, cast.dsl, cast.coordinator):
        assert packs.shown(person, cast.school, IN_MARCH) == pack
    assert packs.shown(cast.head, cast.school, last.ends_on) == earlier  # next year's does not hold yet
    for person in (cast.other_therapist, cast.supervisor, cast.tsl, cast.steering, cast.outsider):
        assert packs.shown(person, cast.school, IN_MARCH) is None


def test_of_person_puts_those_that_owe_one_first(cast: Cast) -> None:
    year = SchoolYearFactory(service=cast.service)
    SchoolPackFactory(school=cast.other_school, school_year=year)

    found = [(one.school.name, one.is_owed) for one in packs.of_person(cast.coordinator, IN_MARCH)]

    assert found == [
        (cast.school.name, True), (cast.buys_in_school.name, True), (cast.other_school.name, False),
    ]  # fmt: skip


def test_a_school_that_joins_in_march_owes_its_pack_from_the_day_on_which_it_came(cast: Cast) -> None:
    year = SchoolYearFactory(service=cast.service)
    cast.school.created_at = timezone.make_aware(datetime(2027, 3, 8, 9, 30))
    cast.school.save()

    (standing,) = packs.owed([cast.school], date(2027, 3, 9))

    assert (standing.year, standing.since) == (year, date(2027, 3, 8))
