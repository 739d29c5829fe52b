"""Who reads a practitioner's record, who writes in it, and who says what may wait."""

import pytest
from django.utils import timezone

from casework.access import rules, scope
from casework.models import IfMissing
from tests.factories import EvidenceFactory, RequirementFactory, WaiverFactory

ASKED = frozenset(
    {
        *("visible_requirements", "visible_fitness", "visible_evidence", "visible_waivers", "can_change_requirement"),
        *("can_record_evidence", "can_waive", "can_end_waiver", "can_view_readiness"),
    }
)
"""The rules that are asked here of everybody in the cast."""


@pytest.fixture
def training(cast):
    return RequirementFactory(service=cast.service, training=True)


def those(cast, may):
    return {part for part, person in cast.people().items() if may(person)}


def test_visible_requirements_are_the_coordinator_s_the_supervisor_s_and_the_team_s(cast, training):
    sees = those(cast, lambda person: training in rules.visible_requirements(person))
    assert sees == {"coordinator", "supervisor", "therapist", "other_therapist"}
    assert those(cast, lambda person: rules.can_change_requirement(person, training)) == {"coordinator"}


def test_visible_fitness_evidence_and_waivers_are_one_s_own_and_the_office_s(cast, training):
    own = cast.therapist_practitioner
    evidence = EvidenceFactory(practitioner=own, requirement=training)
    waiver = WaiverFactory(practitioner=own, requirement=training)
    readers = {"coordinator", "supervisor", "therapist"}
    assert those(cast, lambda person: own in rules.visible_fitness(person)) == readers
    assert those(cast, lambda person: evidence in rules.visible_evidence(person)) == readers
    assert those(cast, lambda person: waiver in rules.visible_waivers(person)) == readers


def test_nobody_reads_a_record_once_their_post_has_ended(cast):
    own = cast.therapist_practitioner
    own.ends_at = timezone.now()
    own.save()
    scope.renew(cast.therapist)
    assert own not in rules.visible_fitness(cast.therapist)
    assert own in rules.visible_fitness(cast.coordinator)


def test_evidence_is_recorded_by_the_office_and_by_nobody_of_themselves(cast):
    own = cast.therapist_practitioner
    assert those(cast, lambda person: rules.can_record_evidence(person, own)) == {"coordinator", "supervisor"}
    own.user = cast.supervisor
    assert those(cast, lambda person: rules.can_record_evidence(person, own)) == {"coordinator"}


def test_the_supervisor_alone_lets_something_wait_and_only_what_may(cast, training):
    own = cast.therapist_practitioner

    def allows():
        return those(cast, lambda person: rules.can_waive(person, own, training))

    assert allows() == {"supervisor"}
    for never in (IfMissing.STOPS, IfMissing.WARNS):
        training.if_missing = never
        assert allows() == set()
    foreign = RequirementFactory(service=cast.other_service, training=True)
    assert those(cast, lambda person: rules.can_waive(person, own, foreign)) == set()


def test_a_waiver_is_taken_back_by_the_supervisor_whatever_the_requirement_is_by_now(cast, training):
    waiver = WaiverFactory(practitioner=cast.therapist_practitioner, requirement=training)
    training.if_missing = IfMissing.STOPS
    training.save()
    assert those(cast, lambda person: rules.can_end_waiver(person, waiver)) == {"supervisor"}
    waiver.practitioner.user = cast.supervisor
    assert those(cast, lambda person: rules.can_end_waiver(person, waiver)) == set()


def test_the_whole_team_s_readiness_is_for_coordinators_and_supervisors(cast):
    assert those(cast, rules.can_view_readiness) == {"coordinator", "supervisor", "outsider"}
