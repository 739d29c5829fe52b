"""People who come and go: all of it or nothing, by their coordinator alone, and never by themselves."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules, scope
from casework.access.roles import Role
from casework.actions import people
from casework.models import Allocation, AuditEvent, CaseShare, OutboxMessage, Practitioner, SchoolRole
from tests.factories import CaseShareFactory, ReferralFactory, SchoolRoleFactory, UserFactory

User = get_user_model()
ADDRESS = "new.head@school.example"
NOT_THE_COORDINATOR = [
    "therapist",
    "supervisor",
    "head",
    "sendco",
    "dsl",
    "tsl",
    "steering",
    "editor",
    "technical",
    "outsider",
]


def invite(by, does=Role.HEAD, on=None, email=ADDRESS):
    return people.invite(email=email, first_name="Ada", last_name="Fern", does=does, on=on, by=by)


def leave(person, by, **more):
    return people.leave(person, by=by, **more)


@pytest.fixture
def case(cast):
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


# --- Inviting


def test_invite_makes_account_role_and_invitation_in_one_act(cast):
    person = invite(cast.coordinator, on=cast.other_school)
    assert (person.email, person.has_usable_password()) == (ADDRESS, False)
    assert SchoolRole.objects.get(user=person).given_by == cast.coordinator
    assert person.invitations.open().count() == 1
    verbs = AuditEvent.objects.filter(actor=cast.coordinator, subject__isnull=False).values_list("verb", flat=True)
    assert {"gave role", "invited"} <= set(verbs)
    assert not OutboxMessage.objects.filter(to=person).exists()  # the invitation says it


def test_invite_takes_a_therapist_into_the_team(cast):
    person = invite(cast.coordinator, does=cast.items["Play therapist"])
    entry = Practitioner.objects.get(user=person)
    assert (entry.name, entry.service, entry.discipline) == ("Ada Fern", cast.service, cast.items["Play therapist"])


@pytest.mark.parametrize("who", NOT_THE_COORDINATOR)
def test_invite_is_for_the_coordinator_of_the_place(cast, who):
    with pytest.raises(PermissionDenied):
        invite(getattr(cast, who), on=cast.other_school)


def test_invite_into_another_service_leaves_no_account(cast):
    for does, on in [(Role.HEAD, cast.hidden_school), (Role.COORDINATOR, cast.other_service)]:
        with pytest.raises(PermissionDenied):
            invite(cast.coordinator, does=does, on=on)
    assert not User.objects.filter(email=ADDRESS).exists()


def test_invite_of_oneself_or_of_who_signs_in_already_is_refused(cast):
    for person in (cast.coordinator, cast.head, cast.outsider):
        with pytest.raises(ValidationError, match="already"):
            invite(cast.coordinator, on=cast.other_school, email=person.email)
    assert not SchoolRole.objects.filter(content_object=cast.other_school, user=cast.coordinator).exists()


# --- Leaving


def test_leave_ends_roles_signs_out_and_closes_the_account(cast):
    SchoolRoleFactory(user=cast.head, role=Role.DSL, content_object=cast.school)
    assert leave(cast.head, cast.coordinator) is True
    cast.head.refresh_from_db()
    assert not SchoolRole.objects.current().filter(user=cast.head).exists()
    assert (cast.head.is_active, cast.head.signed_out_at is None) == (False, False)
    assert AuditEvent.objects.get(verb="let leave", subject=cast.head.uuid).detail == {"closed": True}


def test_leave_ends_what_has_not_begun(cast):
    later = timezone.now() + timedelta(days=30)
    SchoolRoleFactory(user=cast.head, role=Role.DSL, content_object=cast.other_school, starts_at=later)
    assert leave(cast.head, cast.coordinator) is True
    assert all(row.ends_at for row in SchoolRole.objects.filter(user=cast.head))


def test_leave_ends_post_placements_and_cover(cast, case):
    there = ReferralFactory(active=True, school=cast.other_school, practitioner=cast.other_practitioner)
    CaseShareFactory(user=cast.therapist, content_object=there, ends_at=timezone.now() + timedelta(weeks=1))
    leave(cast.therapist, cast.coordinator, handed_over=True)
    cast.therapist_practitioner.refresh_from_db()
    cast.placement.refresh_from_db()
    assert cast.therapist_practitioner.ends_at and cast.placement.ends_at
    assert not CaseShare.objects.current().filter(user=cast.therapist).exists()
    scope.renew(cast.therapist)
    assert not rules.visible_referrals(cast.therapist).exists()


@pytest.mark.parametrize("left", ["case", "draft"])
def test_leave_asks_first_whether_work_is_handed_over(cast, left):
    if left == "case":
        person = cast.therapist
        ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    else:
        person = cast.sendco
        ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    with pytest.raises(ValidationError, match="hand over"):
        leave(person, cast.coordinator)
    person.refresh_from_db()
    assert person.is_active and rules.surfaces(person)
    assert leave(person, cast.coordinator, handed_over=True) is True


def test_leave_cuts_no_running_case(cast, case):
    leave(cast.therapist, cast.coordinator, handed_over=True)
    case.refresh_from_db()
    assert case.status == "active"
    assert Allocation.objects.filter(referral=case, ends_at=None).exists()


def test_leave_keeps_what_another_service_gave(cast):
    SchoolRoleFactory(user=cast.head, role=Role.HEAD, content_object=cast.hidden_school)
    assert leave(cast.head, cast.coordinator) is False
    cast.head.refresh_from_db()
    assert cast.head.is_active and cast.head.has_perm("casework.headteacher", cast.hidden_school)
    assert not cast.head.has_perm("casework.headteacher", cast.school)


@pytest.mark.parametrize("who", NOT_THE_COORDINATOR)
def test_leave_is_for_their_coordinator(cast, who):
    with pytest.raises(PermissionDenied):
        leave(cast.dsl, getattr(cast, who))
    assert User.objects.get(pk=cast.dsl.pk).is_active


def test_leave_is_for_nobody_themselves_nor_for_a_stranger(cast):
    for person in (cast.coordinator, cast.outsider, UserFactory()):
        with pytest.raises(PermissionDenied):
            leave(person, cast.coordinator)


def test_leave_is_not_for_who_is_with_another_service_alone_by_now(cast):
    SchoolRoleFactory(user=cast.hidden_head, role=Role.DSL, content_object=cast.school, ended=True)
    with pytest.raises(ValidationError, match="nothing here"):
        leave(cast.hidden_head, cast.coordinator)
    cast.hidden_head.refresh_from_db()
    assert (cast.hidden_head.is_active, cast.hidden_head.signed_out_at) == (True, None)


# --- Coming back


def test_reopen_gives_a_way_in_and_nothing_else(cast):
    cast.head.authenticator_set.create(type="webauthn", data={"name": "The old one"})
    leave(cast.head, cast.coordinator)
    people.reopen(User.objects.get(pk=cast.head.pk), by=cast.coordinator)
    head = User.objects.get(pk=cast.head.pk)
    assert (head.is_active, head.has_usable_password(), head.authenticator_set.exists()) == (True, False, False)
    assert head.invitations.open().count() == 1
    assert rules.surfaces(head) == frozenset()


def test_reopen_is_for_their_coordinator_and_a_closed_account(cast):
    with pytest.raises(ValidationError):
        people.reopen(cast.head, by=cast.coordinator)
    leave(cast.head, cast.coordinator)
    head = User.objects.get(pk=cast.head.pk)
    for who in ("supervisor", "sendco", "technical", "outsider"):
        with pytest.raises(PermissionDenied):
            people.reopen(head, by=getattr(cast, who))


def test_invitations_are_sent_again_and_taken_back_on_record(cast):
    person = invite(cast.coordinator, on=cast.other_school)
    people.invite_again(person, by=cast.coordinator)
    assert person.invitations.open().count() == 1
    people.revoke_invitation(person, by=cast.coordinator)
    assert not person.invitations.open().exists()
    events = AuditEvent.objects.filter(subject=person.uuid, actor=cast.coordinator).order_by("pk")
    assert [event.verb for event in events] == ["invited", "invited", "took invitation back"]
    with pytest.raises(PermissionDenied):
        people.invite_again(person, by=cast.outsider)


# --- Undoing


def test_undo_role_ends_what_was_given_and_gives_what_was_ended(cast):
    row = SchoolRole.objects.get(user=cast.head)
    people.undo_role(row, was="given", by=cast.coordinator)
    assert not cast.head.has_perm("casework.headteacher", cast.school)
    people.undo_role(SchoolRole.objects.get(pk=row.pk), was="ended", by=cast.coordinator)
    assert User.objects.get(pk=cast.head.pk).has_perm("casework.headteacher", cast.school)


@pytest.mark.parametrize("was", ["given", "ended"])
def test_undo_role_by_two_at_once_undoes_once(cast, was):
    row = SchoolRole.objects.get(user=cast.head)
    if was == "ended":
        people.undo_role(row, was="given", by=cast.coordinator)
    people.undo_role(SchoolRole.objects.get(pk=row.pk), was=was, by=cast.coordinator)
    with pytest.raises(ValidationError, match="already"):
        people.undo_role(SchoolRole.objects.get(pk=row.pk), was=was, by=cast.coordinator)


@pytest.mark.parametrize("was", ["given", "ended"])
@pytest.mark.parametrize("who", ["supervisor", "head", "sendco", "technical", "outsider"])
def test_undo_role_is_for_the_coordinator(cast, who, was):
    row = SchoolRole.objects.get(user=cast.head)
    with pytest.raises(PermissionDenied):
        people.undo_role(row, was=was, by=getattr(cast, who))


def test_role_is_not_given_again_to_a_closed_account(cast):
    row = SchoolRole.objects.get(user=cast.head)
    leave(cast.head, cast.coordinator)
    with pytest.raises(ValidationError, match="closed"):
        people.undo_role(SchoolRole.objects.select_related("user").get(pk=row.pk), was="ended", by=cast.coordinator)


def test_revoke_invitation_is_refused_to_others_where_there_is_none_too(cast):
    with pytest.raises(PermissionDenied):
        people.revoke_invitation(cast.head, by=cast.outsider)
    assert not AuditEvent.objects.filter(verb="revoked invitation").exists()
