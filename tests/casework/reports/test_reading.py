"""What is owed in the library: to whom it is asked, by when, and when it is done."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from casework.models import MustRead, Practitioner, Reading
from casework.reports import reading
from tests.factories import DocumentAudienceFactory, PlacementFactory, PractitionerFactory

DAYS = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def ago(days):
    """Noon of a day, so that no change of the clocks makes it another."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - days * DAYS, time(12)))


def ask(cast, **fields):
    fields = {"service": cast.service, "must_read": MustRead.PRACTITIONERS} | fields
    return DocumentAudienceFactory(**fields)


def titles(cast, day):
    team = Practitioner.objects.filter(service=cast.service)
    return {
        one.user.get_full_name(): [owed.title for owed in found]
        for one in team
        for found in [reading.owed(team, day)[one.pk]]
    }


def acknowledge(person, audience, **fields):
    at = timezone.now()
    version = {"file_hash": audience.document.file_hash, "opened_at": at, "acknowledged_at": at} | fields
    return Reading.objects.create(person=person, document=audience.document, **version)


def test_owed_is_what_opens_and_must_be_read(cast, today):
    ask(cast, document__title="Team")
    ask(cast, document__title="For the whole team", must_read=MustRead.TEAM)
    ask(cast, document__title="School", school=cast.school)
    ask(cast, document__title="Nobody must", must_read=MustRead.NOBODY)
    ask(cast, document__title="Elsewhere", service=cast.other_service)
    assert titles(cast, today) == {
        "Saoirse Calder": ["For the whole team", "School", "Team"],
        "Tomasz Dolan": ["For the whole team", "Team"],
    }


def test_owed_leaves_out_what_does_not_hold(cast, today):
    older = ask(cast, document__title="Older")
    ask(cast, document__title="Newer", document__replaces=older.document)
    ask(cast, document__title="To come", document__valid_from=today + DAYS)
    ask(cast, document__title="Withdrawn", document__withdrawn_on=today)
    assert titles(cast, today)["Saoirse Calder"] == ["Newer"]
    assert titles(cast, today + DAYS)["Saoirse Calder"] == ["Newer", "To come"]


def test_owed_ends_with_this_version_being_read_by_this_person(cast, today):
    audience = ask(cast, document__title="Team")
    opened = Reading.objects.create(
        person=cast.therapist, document=audience.document, file_hash=audience.document.file_hash
    )
    acknowledge(cast.other_therapist, audience, file_hash="an older file")
    assert titles(cast, today) == {"Saoirse Calder": ["Team"], "Tomasz Dolan": ["Team"]}
    opened.acknowledged_at = timezone.now()
    opened.save()
    assert titles(cast, today) == {"Saoirse Calder": [], "Tomasz Dolan": ["Team"]}


def due(cast, today, *, came=0, **fields):
    """When the therapist, who came 100 days ago, is to have read a document that came so many days ago."""
    practitioner, long_ago = cast.therapist_practitioner, ago(100)
    Practitioner.objects.filter(pk=practitioner.pk).update(starts_at=long_ago)
    audience = ask(cast, created_at=ago(came), **fields)
    audience.document.came_at = ago(came)
    audience.document.save()
    practitioner.refresh_from_db()
    (owed,) = reading.owed([practitioner], today)[practitioner.pk]
    return owed


def test_owed_is_due_on_the_day_that_is_set(cast, today):
    owed = due(cast, today, came=10, read_by=today - DAYS, document__title="Policy", parts="Part one")
    assert (owed.title, owed.parts, owed.due, owed.overdue) == ("Policy", "Part one", today - DAYS, True)


def test_owed_is_due_thirty_days_after_it_came_where_no_day_is_set(cast, today):
    owed = due(cast, today, came=10)
    assert (owed.due, owed.overdue) == (today + 20 * DAYS, False)


def test_owed_is_due_thirty_days_after_it_begins_to_hold(cast, today):
    assert due(cast, today, came=40, document__valid_from=today - 5 * DAYS).due == today + 25 * DAYS


@pytest.mark.parametrize(("came", "overdue"), [(30, False), (31, True)])
def test_owed_is_overdue_the_day_after(cast, today, came, overdue):
    assert due(cast, today, came=came).overdue is overdue


def test_owed_gives_whoever_comes_later_thirty_days(cast, today):
    newcomer = PractitionerFactory(service=cast.service, starts_at=ago(3))
    ask(cast, created_at=ago(90), read_by=today - 60 * DAYS)
    (owed,) = reading.owed([newcomer], today)[newcomer.pk]
    assert owed.due == today + 30 * DAYS  # the file came today


def test_owed_of_a_school_begins_with_the_placement(cast, today):
    audience = ask(cast, school=cast.other_school, created_at=ago(90))
    audience.document.came_at = ago(90)
    audience.document.save()
    practitioner = cast.therapist_practitioner
    Practitioner.objects.filter(pk=practitioner.pk).update(starts_at=ago(100))
    practitioner.refresh_from_db()
    placement = PlacementFactory(practitioner=practitioner, school=cast.other_school, starts_at=ago(2))
    (owed,) = reading.owed([practitioner], today)[practitioner.pk]
    assert owed.due == today + 28 * DAYS
    placement.ends_at = timezone.now()
    placement.save()
    assert reading.owed([practitioner], today)[practitioner.pk] == []


def test_owed_by_somebody_without_an_account(cast, today):
    one = PractitionerFactory(service=cast.service, without_account=True)
    ask(cast, document__title="Team")
    assert [owed.title for owed in reading.owed([one], today)[one.pk]] == ["Team"]


def test_owed_in_two_services_is_each_ones_own(cast, today):
    there = PractitionerFactory(service=cast.other_service, user=cast.therapist)
    ask(cast, document__title="Here")
    ask(cast, document__title="There", service=cast.other_service)
    found = reading.owed([cast.therapist_practitioner, there], today)
    assert [owed.title for owed in found[there.pk]] == ["There"]
    assert [owed.title for owed in found[cast.therapist_practitioner.pk]] == ["Here"]


def test_owed_asks_three_questions_however_many_there_are(cast, today, django_assert_num_queries):
    for number in range(4):
        ask(cast, document__title=f"Paper {number}", school=cast.school if number % 2 else None)
    team = [
        *Practitioner.objects.filter(service=cast.service),
        *PractitionerFactory.create_batch(3, service=cast.service),
    ]
    with django_assert_num_queries(3):
        reading.owed(team, today)


def test_owed_of_nobody_is_nothing(db):
    assert reading.owed([], date(2026, 9, 1)) == {}
