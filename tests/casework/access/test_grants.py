"""Roles and shares are given and ended in one place: by rule, once, and on record."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import grants, rules
from casework.access.roles import Role
from casework.actions import referrals
from casework.models import AuditEvent, OutboxMessage, Purpose, SchoolRole
from tests.factories import FamilyAgreementFactory, ReferralFactory, ServiceRoleFactory, UserFactory


@pytest.fixture
def case(cast):
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def in_a_week():
    return timezone.now() + timedelta(weeks=1)


def test_give_role_opens_the_role_puts_it_on_record_and_tells_the_person(cast):
    person = UserFactory()
    row = grants.give_role(Role.SENDCO, to=person, on=cast.other_school, by=cast.coordinator, reason="New in post")
    assert person.has_perm("casework.sendco", cast.other_school)
    assert (row.given_by, row.reason) == (cast.coordinator, "New in post")
    assert AuditEvent.objects.get(verb="gave role").subject == row.uuid
    message = OutboxMessage.objects.get(kind="role_given")
    assert (message.to, message.service) == (person, cast.service)
    assert person.groups.filter(name=grants.LIBRARY_READERS).exists()


def test_give_role_refuses_a_second_one_while_the_first_is_open(cast):
    with pytest.raises(ValidationError, match="already"):
        grants.give_role(Role.HEAD, to=cast.head, on=cast.school, by=cast.coordinator)


def test_give_role_gives_one_again_that_ended(cast):
    row = SchoolRole.objects.get(user=cast.head)
    grants.end_role(row, by=cast.coordinator)
    grants.give_role(Role.HEAD, to=cast.head, on=cast.school, by=cast.coordinator)
    assert SchoolRole.objects.filter(user=cast.head).count() == 2
    assert cast.head.has_perm("casework.headteacher", cast.school)


@pytest.mark.parametrize(
    "part", ["coordinator", "supervisor", "therapist", "head", "sendco", "tsl", "editor", "technical", "outsider"]
)
def test_give_role_lets_nobody_give_one_to_themselves(cast, part):
    person = getattr(cast, part)
    with pytest.raises(PermissionDenied):
        grants.give_role(Role.TRUSTEE, to=person, on=cast.service, by=person)


@pytest.mark.parametrize("part", ["supervisor", "head", "sendco", "technical", "editor", "outsider"])
def test_give_role_is_for_the_coordinator_of_that_service(cast, part):
    with pytest.raises(PermissionDenied):
        grants.give_role(Role.HEAD, to=UserFactory(), on=cast.school, by=getattr(cast, part))


def test_give_role_refuses_a_role_on_what_it_is_not_held_on(cast):
    with pytest.raises(ValidationError, match="not a role of"):
        grants.give_role(Role.HEAD, to=UserFactory(), on=cast.service, by=cast.coordinator)


def test_give_role_by_nobody_is_for_the_command_that_makes_the_first_coordinator(cast):
    first = UserFactory()
    grants.give_role(Role.COORDINATOR, to=first, on=cast.other_service, by=None)
    assert first.has_perm("casework.coordinator", cast.other_service)
    assert not OutboxMessage.objects.filter(to=first).exists()


def test_a_coordinator_edits_the_website_as_long_as_they_coordinate(cast):
    cast.service.editors = Group.objects.create(name="Website editor, Larkwell")
    cast.service.save()
    second = UserFactory()
    row = grants.give_role(Role.COORDINATOR, to=second, on=cast.service, by=cast.coordinator)
    assert "cms" in rules.surfaces(second)
    grants.end_role(row, by=cast.coordinator)
    assert rules.surfaces(second) == frozenset()
    assert not second.groups.filter(pk=cast.service.editors.pk).exists()


def test_end_role_ends_it_now_and_keeps_its_history(cast):
    row = SchoolRole.objects.get(user=cast.head)
    grants.end_role(row, by=cast.coordinator)
    assert not cast.head.has_perm("casework.headteacher", cast.school)
    assert SchoolRole.objects.filter(pk=row.pk, ends_at__isnull=False).exists()
    assert AuditEvent.objects.get(verb="ended role").detail == {"role": "headteacher"}


def test_end_role_is_refused_to_its_holder_and_to_others(cast):
    row = SchoolRole.objects.get(user=cast.head)
    for by in (cast.head, cast.sendco, cast.outsider):
        with pytest.raises(PermissionDenied):
            grants.end_role(row, by=by)


def test_end_role_never_moves_an_end(cast):
    row = SchoolRole.objects.get(user=cast.head)
    grants.end_role(row, by=cast.coordinator)
    ended = SchoolRole.objects.get(pk=row.pk).ends_at
    with pytest.raises(ValidationError, match="ended already"):
        grants.end_role(row, by=cast.coordinator)
    assert SchoolRole.objects.get(pk=row.pk).ends_at == ended


def test_ended_role_is_out_at_the_next_request(cast, client_for):
    client = client_for(cast.head)
    assert client.get("/admin/").status_code == 200
    grants.end_role(SchoolRole.objects.get(user=cast.head), by=cast.coordinator)
    assert client.get("/admin/").status_code == 404


def test_sendco_who_moves_sees_the_new_school_and_at_once_no_longer_the_old(cast):
    old = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil)
    new = ReferralFactory(submitted=True, school=cast.other_school, pupil=cast.other_pupil)
    grants.end_role(SchoolRole.objects.get(user=cast.sendco), by=cast.coordinator)
    grants.give_role(Role.SENDCO, to=cast.sendco, on=cast.other_school, by=cast.coordinator)
    assert list(rules.visible_referrals(cast.sendco)) == [new]
    assert not rules.can_view_referral(cast.sendco, old)


def test_cover_case_opens_it_to_a_colleague_for_a_time(cast, case):
    share = grants.cover_case(case, to=cast.other_therapist, by=cast.coordinator, until=in_a_week(), reason="Ill")
    assert rules.can_record_session(cast.other_therapist, case)
    assert AuditEvent.objects.get(verb="shared case").detail == {"share": "cover"}
    assert share.ends_at is not None


@pytest.mark.parametrize("to", ["coordinator", "head", "steering", "editor", "hidden_therapist", "outsider"])
def test_cover_case_is_refused_to_who_is_not_of_the_team(cast, case, to):
    with pytest.raises(PermissionDenied):
        grants.cover_case(case, to=getattr(cast, to), by=cast.coordinator, until=in_a_week(), reason="Ill")


@pytest.mark.parametrize("by", ["therapist", "supervisor", "head", "outsider"])
def test_cover_case_is_arranged_by_the_coordinator_alone(cast, case, by):
    with pytest.raises(PermissionDenied):
        grants.cover_case(case, to=cast.other_therapist, by=getattr(cast, by), until=in_a_week(), reason="Ill")


def test_cover_case_asks_for_a_reason(cast, case):
    with pytest.raises(ValidationError, match="Say why"):
        grants.cover_case(case, to=cast.other_therapist, by=cast.coordinator, until=in_a_week(), reason="  ")


def test_cover_ends_with_the_post_of_who_covers(cast, case):
    grants.cover_case(case, to=cast.other_therapist, by=cast.coordinator, until=in_a_week(), reason="Ill")
    cast.other_practitioner.ends_at = timezone.now()
    cast.other_practitioner.save()
    assert not rules.can_view_referral(cast.other_therapist, case)


def test_cover_ends_with_the_work(cast, case):
    grants.cover_case(case, to=cast.other_therapist, by=cast.coordinator, until=in_a_week(), reason="Ill")
    referrals.close(case, by=cast.coordinator, version=case.version, reason=cast.items["Planned ending"])
    assert not rules.can_view_referral(cast.other_therapist, case)
    assert AuditEvent.objects.filter(verb="ended cover", referral=case).count() == 1


def test_cover_case_is_refused_for_a_finished_case(cast):
    closed = ReferralFactory(closed=True, school=cast.school, pupil=cast.pupil)
    with pytest.raises(ValidationError, match="finished"):
        grants.cover_case(closed, to=cast.other_therapist, by=cast.coordinator, until=in_a_week(), reason="Ill")


def test_break_glass_is_for_the_supervisor_with_a_reason(cast, case):
    grants.break_glass(case, by=cast.supervisor, until=in_a_week(), reason="The therapist has died")
    assert cast.supervisor.has_perm("casework.break_glass", case)
    for by in (cast.coordinator, cast.head, cast.technical, cast.outsider):
        with pytest.raises(PermissionDenied):
            grants.break_glass(case, by=by, until=in_a_week(), reason="I should like to know")


def test_share_with_school_opens_school_text_alone_to_the_receiving_school(cast, case):
    FamilyAgreementFactory(referral=case, carer=cast.carer, purpose=Purpose.YEAR_7)
    grants.share_with_school(case, cast.other_school, by=cast.coordinator, until=in_a_week(), reason="Year 7")
    assert rules.can_view_referral(cast.other_head, case)
    assert {kind.value for kind in rules.readable_kinds(cast.other_head, case)} == {"school"}
    assert not rules.can_change_referral(cast.other_head, case)


def test_share_with_school_is_refused_for_another_service_and_to_others(cast, case):
    with pytest.raises(PermissionDenied):
        grants.share_with_school(case, cast.hidden_school, by=cast.coordinator, until=in_a_week(), reason="Year 7")
    with pytest.raises(PermissionDenied):
        grants.share_with_school(case, cast.other_school, by=cast.head, until=in_a_week(), reason="Year 7")


@pytest.mark.parametrize(
    ("until", "reason", "told"),
    [(timedelta(weeks=1), " ", "Say why"), (-timedelta(days=1), "Year 7", "day to come")],
    ids=["without a reason", "until yesterday"],
)
def test_share_with_school_asks_why_and_until_when(cast, case, until, reason, told):
    FamilyAgreementFactory(referral=case, carer=cast.carer, purpose=Purpose.YEAR_7)
    with pytest.raises(ValidationError, match=told):
        grants.share_with_school(
            case, cast.other_school, by=cast.coordinator, until=timezone.now() + until, reason=reason
        )


def test_share_with_school_is_refused_for_a_finished_case(cast):
    closed = ReferralFactory(closed=True, school=cast.school, pupil=cast.pupil)
    with pytest.raises((ValidationError, PermissionDenied)):
        grants.share_with_school(closed, cast.other_school, by=cast.coordinator, until=in_a_week(), reason="Year 7")


# --- Who hears of it


@pytest.fixture
def colleague(cast):
    """A second coordinator of the service."""
    return ServiceRoleFactory(role=Role.COORDINATOR, content_object=cast.service).user


def told():
    return sorted(OutboxMessage.objects.values_list("kind", "to__email"))


def test_role_given_is_told_to_the_person_and_to_the_other_coordinators(cast, colleague):
    ServiceRoleFactory(role=Role.COORDINATOR, content_object=cast.service, ended=True)
    grants.give_role(Role.DSL, to=cast.head, on=cast.other_school, by=cast.coordinator)
    assert told() == [("role_changed", colleague.email), ("role_given", cast.head.email)]


def test_role_ended_is_told_to_the_person_and_to_the_other_coordinators(cast, colleague):
    grants.end_role(cast.cluster.roles.get(user=cast.tsl), by=cast.coordinator)
    assert told() == sorted([("role_changed", colleague.email), ("role_ended", cast.tsl.email)])


def test_coordinator_whose_own_role_it_is_hears_of_it_once(cast, colleague):
    grants.end_role(cast.service.roles.get(user=colleague), by=cast.coordinator)
    assert told() == [("role_ended", colleague.email)]


def test_nobody_is_told_twice_of_what_a_waiting_message_says(cast, colleague):
    for role in (Role.DSL, Role.CHAIR):
        grants.give_role(role, to=cast.head, on=cast.other_school, by=cast.coordinator)
    assert told() == [("role_changed", colleague.email), ("role_given", cast.head.email)]
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT)
    grants.give_role(Role.HEAD, to=cast.head, on=cast.other_school, by=cast.coordinator)
    assert len(told()) == 4


def test_role_is_not_given_to_a_closed_account(cast):
    with pytest.raises(ValidationError, match="closed"):
        grants.give_role(Role.DSL, to=UserFactory(is_active=False), on=cast.school, by=cast.coordinator)


def test_give_again_is_by_rule_and_leaves_the_history(cast):
    row = SchoolRole.objects.get(user=cast.head)
    grants.end_role(row, by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        grants.give_again(row, by=cast.sendco)
    again = grants.give_again(row, by=cast.coordinator)
    assert (again.pk != row.pk, again.given_by) == (True, cast.coordinator)
    assert SchoolRole.objects.filter(user=cast.head).count() == 2
