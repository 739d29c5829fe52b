"""Who may be given a case: a gap in the record stops a new one, in words for who reads the record, and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.access import grants
from casework.actions import referrals
from casework.actions.endorsements import endorse_for_school, endorse_for_therapist
from casework.actions.handing_over import hand_over
from casework.lifecycle import Status
from casework.models import Allocation, IfMissing, RequirementKind
from tests.factories import EvidenceFactory, PlacementFactory, RequirementFactory, WaiverFactory

STOPPED = "cannot take a new case yet: Insurance: run out on"
CLOSED_WORDS = "cannot take a new case now: ask the coordinator."


@pytest.fixture
def insurance(cast):
    """Asked of everybody, and of both therapists it has run out; the colleague is placed at both schools."""
    requirement = RequirementFactory(service=cast.service, kind=RequirementKind.INSURANCE, name="Insurance")
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    today = timezone.localdate()
    for practitioner in (cast.therapist_practitioner, cast.other_practitioner):
        EvidenceFactory(
            practitioner=practitioner,
            requirement=requirement,
            dated=today - timedelta(days=400),
            expires_on=today - timedelta(days=1),
        )
    return requirement


@pytest.fixture
def training(cast):
    return RequirementFactory(service=cast.service, training=True)


def test_allocate_is_stopped_in_words(cast, case, insurance, everything):
    referral = case(accepted=True)
    before = everything()
    for person in (cast.coordinator,):
        with pytest.raises(ValidationError) as refused:
            referrals.allocate(referral, by=person, version=1, practitioner=cast.therapist_practitioner)
    (words,) = refused.value.messages
    ended = timezone.localdate() - timedelta(days=1)
    assert words == (
        f"{cast.therapist_practitioner.name} {STOPPED} {ended:%-d %B %Y}. "
        "Record the new evidence, or choose another therapist."
    )
    assert everything() == before


def test_allocate_passes_with_new_evidence_and_where_nothing_is_required(cast, case, insurance):
    referral = case(accepted=True)
    cast.therapist_practitioner.evidence.update(expires_on=timezone.localdate())
    allocated = referrals.allocate(referral, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner)
    assert allocated.status == Status.ALLOCATED
    cast.therapist_practitioner.evidence.update(expires_on=timezone.localdate() - timedelta(days=1))
    insurance.active = False
    insurance.save()
    other = case(pupil=cast.other_pupil, accepted=True)
    assert referrals.allocate(
        other, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner
    ).open_allocation()


def test_a_gap_that_only_warns_stops_nothing(cast, case, insurance):
    insurance.if_missing = IfMissing.WARNS
    insurance.save()
    allocated = referrals.allocate(
        case(accepted=True), by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner
    )
    assert allocated.status == Status.ALLOCATED


def test_a_waiver_lets_through_until_its_last_day(cast, case, training):
    referral = case(accepted=True)
    given = {"by": cast.coordinator, "version": 1, "practitioner": cast.therapist_practitioner}
    with pytest.raises(ValidationError, match="Safeguarding training: missing"):
        referrals.allocate(referral, **given)
    today = timezone.localdate()
    waiver = WaiverFactory(
        practitioner=cast.therapist_practitioner, requirement=training, until=today - timedelta(days=1)
    )
    with pytest.raises(ValidationError, match="Safeguarding training: missing"):
        referrals.allocate(referral, **given)
    waiver.until = today
    waiver.save()
    assert referrals.allocate(referral, **given).status == Status.ALLOCATED


def test_the_therapist_s_own_yes_is_refused_with_what_is_missing(cast, case, insurance, everything):
    referral = case(submitted=True)
    before = everything()
    with pytest.raises(ValidationError, match=f"{STOPPED}.*Show the coordinator the new evidence"):
        endorse_for_therapist(referral, by=cast.therapist, version=1)
    assert everything() == before


@pytest.mark.parametrize("part", ["head", "sendco"])
def test_the_school_s_second_yes_is_refused_without_a_word_of_the_record(cast, case, insurance, everything, part):
    referral = case(submitted=True)
    cast.therapist_practitioner.evidence.update(expires_on=timezone.localdate())
    endorse_for_therapist(referral, by=cast.therapist, version=1)
    cast.therapist_practitioner.evidence.update(expires_on=timezone.localdate() - timedelta(days=1))
    before = everything()

    with pytest.raises(ValidationError) as refused:
        endorse_for_school(referral, by=getattr(cast, part), version=1)

    assert refused.value.messages == [f"{cast.therapist_practitioner.name} {CLOSED_WORDS}"]
    assert everything() == before


def test_hand_over_is_a_new_case_and_is_stopped(cast, case, insurance, everything):
    referral = case(active=True)
    before = everything()
    with pytest.raises(ValidationError) as refused:
        hand_over(referral, by=cast.therapist, version=1, practitioner=cast.other_practitioner, words="The boat.")
    assert refused.value.messages == [f"{cast.other_practitioner.name} {CLOSED_WORDS}"]
    with pytest.raises(ValidationError, match=STOPPED):
        hand_over(referral, by=cast.coordinator, version=1, practitioner=cast.other_practitioner)
    assert everything() == before


def test_a_case_that_runs_goes_on_and_so_does_cover(cast, case, insurance):
    referral = case(allocated=True)
    going = referrals.start_assessment(referral, by=cast.therapist, version=1)
    assert going.status == Status.ASSESSMENT
    until = timezone.now() + timedelta(days=7)
    assert grants.cover_case(going, to=cast.other_therapist, by=cast.coordinator, until=until, reason="Away")
    assert Allocation.objects.get(referral=referral).ends_at is None


def test_giving_a_case_asks_at_most_four_questions_more(cast, case, insurance):
    cast.therapist_practitioner.evidence.update(expires_on=timezone.localdate())

    def asked(pupil):
        referral = case(pupil=pupil, accepted=True)
        with CaptureQueriesContext(connection) as queries:
            referrals.allocate(referral, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner)
        return len(queries)

    with_it = asked(cast.pupil)
    insurance.active = False
    insurance.save()
    without = asked(cast.other_pupil)
    assert with_it - without <= 3 and without > 0
