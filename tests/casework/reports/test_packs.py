from datetime import date, timedelta

from django.utils import timezone

from casework.models import School
from casework.reports import packs
from tests.cast import Cast
from tests.factories import SchoolFactory, SchoolPackFactory, SchoolYearFactory

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


def test_owed_asks_two_questions_however_many_schools(cast: Cast, django_assert_num_queries) -> None:
    SchoolYearFactory(service=cast.service)
    SchoolFactory.create_batch(4, service=cast.service)
    schools = list(School.objects.all())

    with django_assert_num_queries(2):
        assert len(packs.owed(schools, IN_MARCH)) == 7


def test_standings_say_what_was_sent_without_its_words(cast: Cast) -> None:
    pack = SchoolPackFactory(school=cast.school, school_year=SchoolYearFactory(service=cast.service))

    [standing] = packs.standings([cast.school], IN_MARCH)

    assert (standing.pack, standing.is_owed) == (pack, False)
    assert "lead" in standing.pack.get_deferred_fields()
    assert packs.standings([cast.school], IN_MARCH + timedelta(days=400)) == []
