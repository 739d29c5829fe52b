"""Readiness in words, for who reads the record and for everybody else; and what nobody writes down."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from casework.models import Practitioner, Reading
from casework.reports import owed, readiness
from tests.factories import (
    DocumentAudienceFactory,
    EvidenceFactory,
    RequirementFactory,
    SchoolPackFactory,
    SchoolYearFactory,
)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def insurance(cast):
    return RequirementFactory(service=cast.service, name="Insurance")


def test_words_of_a_practitioner(cast, insurance, today):
    person = cast.therapist_practitioner
    assert readiness.fitness(person, today).words == "Not ready: Insurance"
    evidence = EvidenceFactory(practitioner=person, requirement=insurance, expires_on=today)
    RequirementFactory(service=cast.service, name="Induction", if_missing="warns")
    assert readiness.fitness(person, today).words == "Ready, 2 to see to"
    evidence.expires_on = None
    evidence.save()
    EvidenceFactory(practitioner=person, requirement=cast.service.requirements.get(name="Induction"))
    fit = readiness.fitness(person, today)
    assert (fit.words, fit.mark) == ("Ready", "holds")
    assert readiness.Fitness(person, fit.states, to_read=3).words == "Ready, 1 to see to"


def test_why_not_is_said_to_who_reads_the_record_alone(cast, insurance):
    people = [cast.therapist_practitioner, cast.other_practitioner]
    EvidenceFactory(practitioner=cast.other_practitioner, requirement=insurance)
    key = cast.therapist_practitioner.pk
    for part in ("coordinator", "supervisor", "therapist"):
        assert readiness.why_not(getattr(cast, part), people) == {key: "not ready (Insurance: missing)"}
    for part in ("head", "sendco", "other_therapist", "dsl"):
        assert readiness.why_not(getattr(cast, part), people) == {key: "cannot take a new case now"}


def test_glance_puts_what_stops_first_and_then_what_ends_soonest(cast, insurance, today):
    warns = RequirementFactory(service=cast.service, name="Induction", if_missing="warns")
    one, other = cast.therapist_practitioner, cast.other_practitioner
    EvidenceFactory(practitioner=one, requirement=insurance, expires_on=today + timedelta(days=20))
    EvidenceFactory(practitioner=one, requirement=warns, expires_on=today + timedelta(days=10))
    EvidenceFactory(practitioner=other, requirement=warns, expires_on=today + timedelta(days=15))

    rows = readiness.glance(Practitioner.objects.filter(pk__in=[one.pk, other.pk]), today)

    assert [(person, state.requirement.name) for person, state in rows] == [
        (other, "Insurance"),
        (one, "Induction"),
        (other, "Induction"),
        (one, "Insurance"),
    ]


def test_reading_is_owed_of_the_file_as_it_is_now_and_of_schools_where_one_is_placed(cast, today):
    person, other = cast.therapist_practitioner, cast.other_practitioner
    team = DocumentAudienceFactory(service=cast.service, school=None, must_read="practitioners")
    DocumentAudienceFactory(service=cast.service, school=cast.school, must_read="practitioners")
    DocumentAudienceFactory(service=cast.other_service, school=None, must_read="practitioners")
    assert owed.reading([person, other], today) == {person.pk: 2, other.pk: 1}

    document = team.document
    said = Reading.objects.create(document=document, file_hash=document.file_hash, person=cast.therapist)
    assert owed.reading([person], today) == {person.pk: 2}
    said.acknowledged_at = timezone.now()
    said.save()
    assert owed.reading([person, other], today) == {person.pk: 1, other.pk: 1}

    document.file.save("newer.pdf", ContentFile(b"%PDF-1.4 newer"), save=False)
    document.file_hash = "another"
    document.save()
    assert owed.reading([person], today) == {person.pk: 2}


def test_packs_are_owed_of_the_year_of_the_day(cast, today):
    year = SchoolYearFactory(service=cast.service, starts_on=today - timedelta(days=30))
    schools = [cast.school, cast.other_school]
    assert owed.packs(schools, today) == {cast.school.pk, cast.other_school.pk}
    SchoolPackFactory(school=cast.school, school_year=year)
    assert owed.packs(schools, today) == {cast.other_school.pk}
    assert owed.packs(schools, year.ends_on + timedelta(days=1)) == {cast.school.pk, cast.other_school.pk}
    assert owed.packs([], today) == frozenset()
