"""Two people for a role: what waits opens nothing, one who may agrees or does not, and never the giver or receiver."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from casework.access import grants, rules, scope
from casework.access.roles import Role
from casework.models import AuditEvent, OutboxMessage, Proposal, SchoolRole, Service, ServiceRole
from tests.factories import ProposalFactory, SchoolRoleFactory, ServiceRoleFactory, UserFactory

User = get_user_model()


@pytest.fixture(autouse=True)
def two_people(cast):
    """The service wants two people for a role."""
    Service.objects.filter(pk=cast.service.pk).update(two_people_for_roles=True)


@pytest.fixture
def trustee(cast):
    return ServiceRoleFactory(role=Role.TRUSTEE, content_object=cast.service).user


@pytest.fixture
def person(db):
    return UserFactory()


@pytest.fixture
def waits(cast, person):
    """A SENDCO's role, asked for by the coordinator."""
    return give(cast, person)


def give(cast, person, role=Role.SENDCO, on=None):
    return grants.give_role(role, to=person, on=on or cast.school, by=cast.coordinator, reason="New in post")


def told(kind):
    return set(OutboxMessage.objects.filter(kind=kind).values_list("to", flat=True))


def verbs(proposal):
    return list(AuditEvent.objects.filter(subject=proposal.uuid).order_by("pk").values_list("verb", "actor"))


# --- Waiting


def test_waiting_role_opens_nothing(cast, person, waits):
    assert isinstance(waits, Proposal)
    assert not SchoolRole.objects.filter(user=person).exists()
    assert scope.of(person).is_empty
    assert rules.surfaces(person) == frozenset()
    assert not person.has_perm("casework.sendco", cast.school)
    assert not rules.visible_schools(person).exists()
    assert not person.groups.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_every_role_waits(cast, person, role):
    on = {"service": cast.service, "cluster": cast.cluster, "school": cast.school}[role.value.on._meta.model_name]
    proposal = give(cast, person, role, on)
    assert (proposal.on, proposal.role, proposal.service) == (on, role.codename, cast.service)
    assert scope.of(person).is_empty


def test_those_who_may_agree_are_told_and_nobody_else(cast, trustee, waits):
    assert told("role_waits") == {cast.supervisor.pk, trustee.pk}
    assert not told("role_given")
    assert verbs(waits) == [("asked for", cast.coordinator.pk)]


def test_role_that_waits_or_is_held_is_not_asked_for_again(cast, person, waits):
    with pytest.raises(ValidationError, match="waits for a second yes already"):
        give(cast, person)
    with pytest.raises(ValidationError, match="already holds"):
        give(cast, cast.sendco)
    assert Proposal.objects.count() == 1


def test_ended_role_that_is_undone_waits_too(cast):
    row = SchoolRole.objects.get(user=cast.head)
    grants.end_role(row, by=cast.coordinator)
    assert isinstance(grants.give_again(row, by=cast.coordinator), Proposal)
    assert not User.objects.get(pk=cast.head.pk).has_perm("casework.headteacher", cast.school)


def test_without_a_second_person_it_says_what_to_do(cast, person):
    ServiceRole.objects.filter(content_object=cast.service, user=cast.supervisor).delete()
    with pytest.raises(ValidationError, match="runs the server"):
        give(cast, person)
    with pytest.raises(ValidationError, match="runs the server"):
        ServiceRoleFactory(user=person, role=Role.TRUSTEE, content_object=cast.service)
        give(cast, person)


def test_another_service_is_as_it_was(cast, person):
    row = grants.give_role(Role.SENDCO, to=person, on=cast.hidden_school, by=cast.outsider)
    assert isinstance(row, SchoolRole)


def test_by_command_nobody_is_asked(cast, person):
    assert isinstance(grants.give_role(Role.COORDINATOR, to=person, on=cast.service, by=None), ServiceRole)


# --- The answer


@pytest.mark.parametrize("who", ["supervisor", "trustee", "coordinator"])
def test_second_yes_gives_the_role_as_it_was_asked_for(cast, person, trustee, waits, who):
    other = ServiceRoleFactory(role=Role.COORDINATOR, content_object=cast.service).user
    second = {"supervisor": cast.supervisor, "trustee": trustee, "coordinator": other}[who]
    grants.agree(waits, by=second)
    row = SchoolRole.objects.get(user=person)
    assert (row.given_by, row.reason, row.content_object) == (cast.coordinator, "New in post", cast.school)
    assert User.objects.get(pk=person.pk).has_perm("casework.sendco", cast.school)
    assert verbs(waits) == [("asked for", cast.coordinator.pk), ("agreed", second.pk)]
    assert AuditEvent.objects.get(verb="gave role", subject=row.uuid).actor == second
    assert person.pk in told("role_given")
    assert cast.coordinator.pk in told("role_changed")


def test_neither_giver_nor_receiver_agrees(cast, trustee):
    waits = give(cast, trustee, Role.CHAIR)
    for person in (cast.coordinator, trustee):
        with pytest.raises(PermissionDenied):
            grants.agree(waits, by=person)
    with pytest.raises(PermissionDenied):
        grants.refuse(waits, by=trustee)
    assert not SchoolRole.objects.filter(user=trustee).exists()


@pytest.mark.parametrize("who", ["therapist", "head", "sendco", "dsl", "tsl", "steering", "technical", "outsider"])
@pytest.mark.parametrize("answer", [grants.agree, grants.refuse])
def test_answer_is_for_the_second_people_of_the_service(cast, waits, answer, who):
    with pytest.raises(PermissionDenied):
        answer(waits, by=getattr(cast, who))
    waits.refresh_from_db()
    assert waits.agreed is None


def test_no_gives_nothing_and_tells_who_asked(cast, person, waits):
    grants.refuse(waits, by=cast.supervisor)
    assert not SchoolRole.objects.filter(user=person).exists()
    assert verbs(waits)[-1] == ("did not agree", cast.supervisor.pk)
    assert told("role_not_agreed") == {cast.coordinator.pk}


def test_who_asked_takes_it_back_and_may_ask_anew(cast, person, waits):
    grants.refuse(waits, by=cast.coordinator)
    assert not told("role_not_agreed")
    assert isinstance(give(cast, person), Proposal)


@pytest.mark.parametrize("answer", [grants.agree, grants.refuse])
def test_it_is_answered_once(cast, person, trustee, waits, answer):
    grants.agree(waits, by=cast.supervisor)
    with pytest.raises(ValidationError, match="already"):
        answer(waits, by=trustee)
    assert SchoolRole.objects.filter(user=person).count() == 1


def test_who_may_not_give_it_any_more_gave_nothing(cast, person, waits):
    ServiceRole.objects.filter(user=cast.coordinator).delete()
    scope.renew(cast.coordinator)
    with pytest.raises(ValidationError, match="could not do it any more"):
        grants.agree(waits, by=cast.supervisor)
    waits.refresh_from_db()
    assert waits.agreed is None and not SchoolRole.objects.filter(user=person).exists()


@pytest.mark.parametrize("meanwhile", ["closed", "held"])
def test_what_happened_meanwhile_stands_against_it(cast, person, waits, meanwhile):
    if meanwhile == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    else:
        SchoolRoleFactory(user=person, role=Role.SENDCO, content_object=cast.school)
    with pytest.raises(ValidationError):
        grants.agree(Proposal.objects.get(pk=waits.pk), by=cast.supervisor)
    waits.refresh_from_db()
    assert waits.agreed is None


# --- The setting itself


def test_one_person_alone_does_not_turn_it_off(cast):
    waits = ProposalFactory(service=cast.service, school=None, user=None, role="", proposed_by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        grants.agree(waits, by=cast.coordinator)
    grants.agree(waits, by=cast.supervisor)
    assert not Service.objects.get(pk=cast.service.pk).two_people_for_roles
    event = AuditEvent.objects.get(verb="changed", subject=cast.service.uuid)
    assert (event.actor, event.detail) == (cast.supervisor, {"fields": ["two_people_for_roles"]})


def test_operator_lets_one_person_give_roles_again(cast, person):
    call_command("one_person_gives_roles", cast.service.name)
    assert isinstance(give(cast, person), SchoolRole)
    assert AuditEvent.objects.get(verb="changed", subject=cast.service.uuid).actor is None
    with pytest.raises(CommandError):
        call_command("one_person_gives_roles", cast.service.name)


@pytest.mark.parametrize("wrong", [{"role": ""}, {"user": None}, {"agreed": True}])
def test_half_a_proposal_is_not_kept(cast, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalFactory(school=cast.school, **wrong)
