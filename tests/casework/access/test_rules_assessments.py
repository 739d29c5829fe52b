"""Who reads which part of an assessment, writes it and puts down who received it: role by role."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from casework.access import rules
from casework.access.roles import Role
from casework.sealed import TextKind
from tests.cast import PEOPLE
from tests.factories import (
    AssessmentFactory,
    AssessmentRecipientFactory,
    CaseShareFactory,
    ConflictBlockFactory,
    ReferralFactory,
    SchoolShareFactory,
    ServiceRoleFactory,
)

READS = {"therapist", "supervisor"}


@pytest.fixture
def assessment(cast):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    return AssessmentFactory(referral=case)


@pytest.mark.parametrize("part", PEOPLE)
def test_visible_assessments_are_who_works_the_cases_and_the_supervisors(cast, assessment, part):
    person = getattr(cast, part)
    assert rules.visible_assessments(person).filter(pk=assessment.pk).exists() is (part in READS)
    assert (TextKind.CLINICAL in rules.readable_kinds(person, assessment.referral)) is (part in READS)


@pytest.mark.parametrize("role", [Role.TRUSTEE, Role.DATA_PROTECTION, Role.SAFEGUARDING_LEAD])
def test_visible_assessments_of_other_roles_of_the_service_are_none(cast, assessment, role):
    assert not rules.visible_assessments(ServiceRoleFactory(role=role, content_object=cast.service).user).exists()


def test_visible_assessments_are_not_of_the_school_that_a_case_is_shared_with(cast, assessment):
    SchoolShareFactory(referral=assessment.referral, school=cast.other_school)
    assert not rules.visible_assessments(cast.other_head).exists()


def test_visible_assessments_of_who_covers(cast, assessment):
    CaseShareFactory(content_object=assessment.referral, user=cast.other_therapist)
    assert rules.visible_assessments(cast.other_therapist).get() == assessment


@pytest.mark.parametrize("part", sorted(READS))
def test_visible_assessments_leave_out_a_blocked_pupil(cast, assessment, part):
    person = getattr(cast, part)
    ConflictBlockFactory(user=person, pupil=cast.pupil)
    assert not rules.visible_assessments(person).exists()


@pytest.mark.parametrize(
    "rule", [rules.can_change_assessment, rules.can_record_recipient, lambda p, a: rules.can_write_assessment(p, a.referral)]
)  # fmt: skip
def test_writing_is_for_who_works_the_case(cast, assessment, rule):
    assert {part for part, person in cast.people().items() if rule(person, assessment)} == {"therapist"}


def test_can_change_assessment_for_seven_days_after_it_was_finished(cast, assessment):
    week = assessment.finished_at + rules.NOTE_LOCKS_AFTER
    second = timedelta(seconds=1)
    for at, may in [(week - second, True), (week, False)]:
        with time_machine.travel(at, tick=False):
            assert rules.can_change_assessment(cast.therapist, assessment) is may


def test_can_change_assessment_until_it_is_finished_however_long_that_takes(cast):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    draft = AssessmentFactory(referral=case, draft=True)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert rules.can_change_assessment(cast.therapist, draft)


def test_can_change_assessment_never_once_somebody_received_it(cast, assessment):
    AssessmentRecipientFactory(assessment=assessment)
    assert not rules.can_change_assessment(cast.therapist, assessment)
    assert rules.can_write_assessment(cast.therapist, assessment.referral)
