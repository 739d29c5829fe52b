"""Who can see a case, and why."""

from casework.access.readers import readers_of
from casework.access.roles import Role
from tests.factories import (
    CaseShareFactory,
    ConflictBlockFactory,
    PractitionerFactory,
    ReferralFactory,
    SchoolRoleFactory,
    SchoolShareFactory,
)


def reasons(referral):
    return {(reader.person, reader.why) for reader in readers_of(referral)}


def test_readers_of_names_each_with_the_reason(cast):
    referral = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner
    )
    assert reasons(referral) == {
        (cast.coordinator, "Coordinator of Larkwell School Counselling"),
        (cast.supervisor, "Clinical supervisor of Larkwell School Counselling"),
        (cast.head, "Headteacher, Cawdale Primary School"),
        (cast.sendco, "SENDCO, Cawdale Primary School"),
        (cast.therapist, "Works the case"),
    }


def test_readers_of_a_draft_are_the_school_alone(cast):
    referral = ReferralFactory(school=cast.school, pupil=cast.pupil)
    assert {person for person, _ in reasons(referral)} == {cast.head, cast.sendco}


def test_readers_of_a_referral_that_a_coordinator_writes_down_is_that_coordinator(cast):
    referral = ReferralFactory(
        kept_from_school=True, school=cast.school, pupil=cast.pupil, referred_by=cast.coordinator
    )
    assert reasons(referral) == {(cast.coordinator, "Writes it down")}


def test_readers_of_one_that_the_family_keeps_from_the_school_leave_the_school_out(cast):
    referral = ReferralFactory(kept_from_school=True, submitted=True, school=cast.school, pupil=cast.pupil)
    assert {person for person, _ in reasons(referral)} == {cast.coordinator, cast.supervisor}


def test_readers_of_a_shared_case_say_until_when_and_through_which_school(cast):
    referral = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner
    )
    CaseShareFactory(user=cast.other_therapist, content_object=referral)
    SchoolShareFactory(referral=referral, school=cast.other_school)
    found = dict(reasons(referral))
    assert found[cast.other_therapist].startswith("Covers the case until ")
    assert found[cast.other_head] == "Headteacher, Brackenfield Primary School, shared for a time"


def test_readers_of_leave_out_who_left_and_who_is_blocked(cast):
    referral = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner
    )
    ConflictBlockFactory(user=cast.head, pupil=cast.pupil)
    cast.sendco.is_active = False
    cast.sendco.save()
    assert not {cast.head, cast.sendco} & {person for person, _ in reasons(referral)}


def test_readers_of_leave_out_a_therapist_without_an_account(cast):
    unnamed = PractitionerFactory(without_account=True, service=cast.service)
    referral = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=unnamed)
    assert "Works the case" not in {why for _, why in reasons(referral)}


def test_readers_of_do_not_include_other_roles_of_the_school(cast):
    SchoolRoleFactory(role=Role.CHAIR, content_object=cast.school)
    referral = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    assert cast.dsl not in {person for person, _ in reasons(referral)}
