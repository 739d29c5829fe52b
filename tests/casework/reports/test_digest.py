"""What the digest counts, and when there is school for whom."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework import outbox
from casework.models import ClosedDays, Practitioner, Reading, SchoolRole, SchoolYear, Standing, State, Term
from casework.reports import digest
from tests.factories import (
    AttendanceFactory,
    DocumentAudienceFactory,
    RequirementFactory,
    SchoolPackFactory,
    TeamMeetingFactory,
    UserFactory,
)

MONDAY = date(2026, 11, 23)
HOLIDAY, DAY_AFTER = date(2027, 5, 3), date(2027, 5, 4)


@pytest.fixture
def terms(cast):
    year = SchoolYear.objects.create(service=cast.service, starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    for name, first, last in (("Autumn", (2026, 9, 3), (2026, 12, 18)), ("Summer", (2027, 4, 12), (2027, 7, 20))):
        Term.objects.create(school_year=year, name=name, starts_on=date(*first), ends_on=date(*last))


def has_school(cast, day):
    return cast.service.pk in digest.services_on(day)


def test_services_on_a_day_in_term(cast, terms):
    assert has_school(cast, MONDAY)
    assert not has_school(cast, MONDAY - timedelta(days=1))


def test_services_on_a_day_between_two_terms(cast, terms):
    assert not has_school(cast, date(2027, 2, 1))


def test_services_on_a_bank_holiday_and_the_day_after(cast, terms):
    assert not has_school(cast, HOLIDAY)
    assert has_school(cast, DAY_AFTER)


def test_services_on_closed_days_of_all_schools_and_of_one(cast, terms):
    ClosedDays.objects.create(
        service=cast.service, school=cast.school, starts_on=MONDAY, ends_on=MONDAY, why="Training day"
    )
    assert has_school(cast, MONDAY)
    ClosedDays.objects.create(service=cast.service, starts_on=MONDAY, ends_on=MONDAY, why="Training day")
    assert not has_school(cast, MONDAY)
    assert has_school(cast, MONDAY + timedelta(days=1))


def test_people_on_are_those_who_hold_something_now(cast, terms):
    people = digest.people_on(MONDAY)
    assert {cast.therapist.pk, cast.head.pk, cast.sendco.pk, cast.coordinator.pk, cast.tsl.pk} <= people
    assert UserFactory().pk not in people and cast.editor.pk not in people
    SchoolRole.objects.filter(user=cast.sendco).update(ends_at=timezone.now())
    assert cast.sendco.pk not in digest.people_on(MONDAY)
    assert digest.people_on(date(2026, 11, 22)) == frozenset()


def test_people_on_leaves_out_a_service_that_is_on_holiday(cast, terms):
    ClosedDays.objects.create(service=cast.service, starts_on=MONDAY, ends_on=MONDAY, why="Training day")
    people = digest.people_on(MONDAY)
    assert cast.therapist.pk not in people and cast.outsider.pk in people


def test_counts_are_of_the_person_who_is_asked_for(cast, monkeypatch):
    assert set(digest.counts(cast.therapist, MONDAY)) == set(digest.PARTS)
    practitioner = Practitioner.objects.get(user=cast.therapist)
    standings = [Standing.HOLDS, Standing.ENDS_SOON, Standing.MISSING, Standing.ENDED, Standing.WAIVED]

    def states_of(people, day):
        return {person.pk: [State(None, standing) for standing in standings] for person in people}

    monkeypatch.setattr(digest, "states_of", states_of)
    assert practitioner.user == cast.therapist
    assert digest.counts(cast.therapist, MONDAY)["evidence"] == 3
    assert digest.counts(cast.head, MONDAY)["evidence"] == 0
    assert set(digest.counts(UserFactory(), MONDAY).values()) == {0}


def test_every_part_has_words():
    assert set(digest.PARTS) <= set(outbox.WAITING_ONE_AND_MORE)


def test_reading_is_counted_until_it_is_read(cast):
    audience = DocumentAudienceFactory(service=cast.service, school=None, must_read="practitioners")
    assert digest.counts(cast.therapist, timezone.localdate())["reading"] == 1
    assert digest.counts(cast.head, timezone.localdate())["reading"] == 0

    now = timezone.now()
    document = audience.document
    Reading.objects.create(
        document=document, file_hash=document.get_file_hash(), person=cast.therapist, opened_at=now, acknowledged_at=now
    )
    assert digest.counts(cast.therapist, timezone.localdate())["reading"] == 0


def test_a_pack_is_counted_for_who_sends_it_and_who_asks_for_it(cast, terms):
    owed = {
        part: digest.counts(getattr(cast, part), MONDAY)["packs"] for part in ("head", "sendco", "dsl", "therapist")
    }
    assert owed == {"head": 1, "sendco": 1, "dsl": 0, "therapist": 0}
    of_the_service = cast.service.schools.count()
    assert digest.counts(cast.coordinator, MONDAY)["packs"] == of_the_service

    SchoolPackFactory(school=cast.school, school_year=SchoolYear.objects.get(service=cast.service))
    assert digest.counts(cast.head, MONDAY)["packs"] == 0
    assert digest.counts(cast.coordinator, MONDAY)["packs"] == of_the_service - 1


def test_the_teams_papers_are_counted_for_who_looks_after_them(cast):
    RequirementFactory(service=cast.service)
    team = Practitioner.objects.filter(service=cast.service).exclude(user=cast.coordinator).count()
    assert digest.counts(cast.coordinator, MONDAY)["team"] == team
    assert digest.counts(cast.therapist, MONDAY)["team"] == 0
    assert digest.counts(cast.therapist, MONDAY)["evidence"] == 1


def test_supervision_is_counted_a_week_ahead(cast):
    today = timezone.localdate()
    for days in (2, 9):
        meeting = TeamMeetingFactory(service=cast.service, starts_at=timezone.now() + timedelta(days=days))
        AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=None)
    assert digest.counts(cast.therapist, today)["supervision"] == 1
    assert digest.counts(cast.head, today)["supervision"] == 0
