"""What a person holds until it is ended, as far as a coordinator looks after it."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from casework.access import grants, holdings
from casework.access.roles import Role
from casework.access.rules import TECHNICAL_ADMINISTRATORS
from casework.models import ConflictBlock, SchoolRole
from tests.factories import CaseShareFactory, ConflictBlockFactory, ReferralFactory, SchoolRoleFactory, UserFactory


def test_of_person_names_what_this_coordinator_ends_and_what_is_to_be_handed_over(cast):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    there = ReferralFactory(active=True, school=cast.other_school, practitioner=cast.other_practitioner)
    share = CaseShareFactory(user=cast.therapist, content_object=there, ends_at=timezone.now() + timedelta(days=1))
    SchoolRoleFactory(user=cast.therapist, role=Role.DSL, content_object=cast.hidden_school)
    held = holdings.of_person(cast.therapist, seen_by=cast.coordinator)
    assert (held.roles, held.posts, held.placements) == ([], [cast.therapist_practitioner], [cast.placement])
    assert (held.cases, held.covers, held.to_hand_over) == ([case], [share], 1)
    assert [row.content_object for row in holdings.of_person(cast.therapist, seen_by=cast.outsider).roles] == [
        cast.hidden_school
    ]


def test_of_person_counts_a_case_that_a_conflict_hides_from_the_coordinator(cast):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    ConflictBlockFactory(user=cast.coordinator, pupil=case.pupil, reason=ConflictBlock.Reason.RELATIVE)
    held = holdings.of_person(cast.therapist, seen_by=cast.coordinator)
    assert (held.cases, held.unseen_cases, held.to_hand_over) == ([], 1, 1)


def test_of_person_counts_referrals_that_were_not_sent(cast):
    ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    ReferralFactory(school=cast.school, referred_by=cast.sendco, submitted=True)
    assert holdings.of_person(cast.sendco, seen_by=cast.coordinator).drafts == 1


def test_of_person_is_empty_for_who_gives_nothing(cast):
    held = holdings.of_person(cast.head, seen_by=cast.sendco)
    assert (held.roles, held.posts, held.covers, held.to_hand_over) == ([], [], [], 0)


def test_holds_anything_until_the_last_of_it_has_ended(cast):
    assert holdings.holds_anything(cast.head)
    grants.end_role(SchoolRole.objects.get(user=cast.head), by=cast.coordinator)
    assert not holdings.holds_anything(cast.head)
    SchoolRoleFactory(user=cast.head, content_object=cast.school, starts_at=timezone.now() + timedelta(days=9))
    assert holdings.holds_anything(cast.head)
    assert holdings.holds_anything(cast.therapist)


def test_holds_anything_counts_what_wagtails_groups_open(cast):
    person = UserFactory()
    assert not holdings.holds_anything(person)
    person.groups.add(Group.objects.get(name=TECHNICAL_ADMINISTRATORS))
    assert holdings.holds_anything(person)
