"""How practitioners stand to what is required: by day, with grace, with a waiver, and the same in one question."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import Practitioner, Standing, states_at_a_glance, states_of
from casework.models.months import months_later
from tests.factories import EvidenceFactory, PractitionerFactory, RequirementFactory, WaiverFactory

DAY = timedelta(days=1)


@pytest.fixture
def person(db):
    return PractitionerFactory(starts_at=timezone.now() - timedelta(days=500))


def required(person, **fields):
    return RequirementFactory(service=person.service, **{"created_at": timezone.now() - timedelta(days=400)} | fields)


def stand(person, day=None):
    return [state.standing for state in states_of([person], day or timezone.localdate())[person.pk]]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 9, 2), 12, date(2027, 9, 2)),
        (date(2026, 12, 1), 36, date(2029, 12, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months) == later


def test_evidence_holds_to_its_last_day_and_says_before_that_it_ends(person):
    today = timezone.localdate()
    EvidenceFactory(practitioner=person, requirement=required(person), expires_on=today + timedelta(days=61))
    assert stand(person) == [Standing.HOLDS]
    assert stand(person, today + DAY) == [Standing.ENDS_SOON]
    assert stand(person, today + timedelta(days=61)) == [Standing.ENDS_SOON]
    assert stand(person, today + timedelta(days=62)) == [Standing.ENDED]


def test_replaced_evidence_counts_no_longer(person):
    requirement = required(person)
    EvidenceFactory(practitioner=person, requirement=requirement, replaced_at=timezone.now())
    assert stand(person) == [Standing.MISSING]


def test_grace_is_a_reminder_for_its_days(person):
    today = timezone.localdate()
    requirement = required(person, grace_days=30)
    EvidenceFactory(practitioner=person, requirement=requirement, expires_on=today)
    assert stand(person, today + timedelta(days=30)) == [Standing.GRACE]
    assert stand(person, today + timedelta(days=31)) == [Standing.ENDED]


def test_grace_of_what_never_was_counts_from_when_it_was_first_asked(person):
    required(person, grace_days=30, created_at=timezone.now() - timedelta(days=30))
    assert stand(person) == [Standing.GRACE]
    assert stand(person, timezone.localdate() + DAY) == [Standing.MISSING]


def test_a_waiver_is_of_its_own_person_and_requirement(person):
    training = required(person, training=True)
    colleague = PractitionerFactory(service=person.service)
    WaiverFactory(practitioner=colleague, requirement=training)
    WaiverFactory(practitioner=person, requirement=training, withdrawn_at=timezone.now())
    assert stand(person) == [Standing.MISSING]
    assert stand(colleague) == [Standing.WAIVED]


def test_states_are_of_the_own_service_and_of_what_is_in_use(person):
    required(person, active=False)
    RequirementFactory()
    assert stand(person) == []


def test_states_ask_three_questions_whoever_they_are_of_and_one_where_nothing_is_required(
    person, django_assert_num_queries
):
    people = [person, *(PractitionerFactory(service=person.service) for _ in range(5))]
    with django_assert_num_queries(1):
        states_of(people, timezone.localdate())
    for one in people:
        EvidenceFactory(practitioner=one, requirement=required(person, name=f"Check {one.pk}"))
    with django_assert_num_queries(3):
        states_of(people, timezone.localdate())


def test_at_a_glance_all_stand_as_they_do_one_by_one(person, django_assert_num_queries):
    today = timezone.localdate()
    dbs, training = required(person, holds_months=36), required(person, training=True)
    required(person, name="Induction", grace_days=500)
    colleague = PractitionerFactory(service=person.service)
    EvidenceFactory(practitioner=person, requirement=dbs, dated=today - timedelta(days=1300), checked_on=today)
    EvidenceFactory(practitioner=person, requirement=dbs, replaced_at=timezone.now())
    EvidenceFactory(practitioner=colleague, requirement=training, expires_on=today - DAY)
    WaiverFactory(practitioner=person, requirement=training)
    people = Practitioner.objects.filter(service=person.service)

    with django_assert_num_queries(1):
        glance = states_at_a_glance(people, today)

    one_by_one = states_of(people, today)
    assert len(glance) == 6
    for whose, state in glance:
        (same,) = [one for one in one_by_one[whose.pk] if one.requirement == state.requirement]
        assert (state.standing, state.until, state.words) == (same.standing, same.until, same.words)
    assert {whose.name for whose, _ in glance} == {person.name, colleague.name}
    assert {whose.uuid for whose, _ in glance} == {person.uuid, colleague.uuid}
