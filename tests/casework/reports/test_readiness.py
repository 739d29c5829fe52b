"""Readiness in words, for who reads the record and for everybody else; and what nobody writes down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from casework.models import Practitioner
from casework.reports import packs, readiness
from casework.reports.reading import Owed
from tests.factories import (
    EvidenceFactory,
    RequirementFactory,
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
    assert (
        readiness.Fitness(person, fit.states, to_read=[Owed(1, "A policy", "", today, True, uuid4())]).words
        == "Ready, 1 to see to"
    )


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


def test_a_pack_is_due_for_its_days_of_grace_and_missing_after_them(cast):
    year = SchoolYearFactory(service=cast.service)
    standing = packs.Standing(cast.school, year, None)
    grace = timedelta(days=30)

    due = readiness.Pack(standing, grace, year.starts_on + grace)
    assert (due.is_late, due.words) == (False, "This year’s pack is due since 1 September")
    late = readiness.Pack(standing, grace, year.starts_on + grace + timedelta(days=1))
    assert (late.is_late, late.words) == (True, "This year’s pack has not come: due since 1 September")
    come = packs.Standing(cast.school, year, packs.Sent(timezone.now(), "Gwen Tarrick"))
    assert not readiness.Pack(come, grace, late.day).is_late
