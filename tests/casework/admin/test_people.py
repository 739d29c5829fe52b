"""The register of people and its screens: for the coordinator, about their own people, and never about themselves."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client

from casework.access import grants
from casework.access.roles import Role
from casework.actions import people
from casework.models import AuditEvent, ClusterRole, OutboxMessage, Practitioner, SchoolRole, ServiceRole
from tests.cast import CANARY_WORDS
from tests.factories import ReferralFactory, SchoolRoleFactory, ServiceRoleFactory, UserFactory

from .filling import filled, send

User = get_user_model()
PEOPLE, INVITE, CHANGES = "/admin/people/", "/admin/people/create/", "/admin/people/changes/"
NEW = {"first_name": "Ada", "last_name": "Fern", "email": "ada.fern@school.example"}
NOT_THE_COORDINATOR = ["therapist", "supervisor", "head", "sendco", "dsl", "tsl", "steering", "editor", "technical"]


def page_of(person, part=""):
    return f"{PEOPLE}{person.uuid}/{f'{part}/' if part else ''}"


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def row_of(response, name):
    page = BeautifulSoup(response.content, "html.parser")
    return next(row.get_text(" ", strip=True) for row in page.find_all("tr") if name in row.get_text())


@pytest.fixture
def office(cast, client_for):
    return client_for(cast.coordinator)


@pytest.fixture
def colleague(cast):
    """A second coordinator of the service."""
    person = UserFactory(first_name="Bea", last_name="Quill")
    ServiceRoleFactory(user=person, role=Role.COORDINATOR, content_object=cast.service)
    return person


# --- Who


@pytest.mark.parametrize("who", NOT_THE_COORDINATOR)
def test_nobody_but_a_coordinator_finds_the_register(cast, client_for, who):
    client = client_for(getattr(cast, who))
    pages = [PEOPLE, INVITE, CHANGES, page_of(cast.head), page_of(cast.dsl, "leave"), page_of(cast.dsl, "invite-again")]
    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(page, {}).status_code for page in pages} == {404}


def test_list_names_the_people_of_the_service_and_nobody_else(cast, office):
    stranger = UserFactory(last_name="Unheard")
    found = text_of(office.get(PEOPLE))
    for who in ("head", "sendco", "therapist", "supervisor", "tsl", "steering", "coordinator"):
        assert getattr(cast, who).last_name in found
    assert stranger.last_name not in found and cast.editor.last_name not in found
    assert not [word for word in CANARY_WORDS if word in found]


def test_roles_that_another_service_gave_are_not_shown(cast, office):
    SchoolRoleFactory(user=cast.head, role=Role.DSL, content_object=cast.hidden_school)
    for page in (PEOPLE, page_of(cast.head), page_of(cast.head, "leave")):
        assert "Felquay" not in text_of(office.get(page))


def test_list_says_how_each_account_stands(cast, office):
    cast.head.authenticator_set.create(type="totp", data={})
    people.invite(**NEW, does=Role.DSL, on=cast.other_school, by=cast.coordinator)
    User.objects.filter(pk=cast.dsl.pk).update(is_active=False)
    found = office.get(PEOPLE)
    assert "Headteacher, Cawdale Primary School" in row_of(found, "Elwood")
    assert "Signs in Yes" in row_of(found, "Elwood") and "Signs in No" in row_of(found, "Garside")
    assert "Invited until" in row_of(found, "Fern")
    assert "Account closed" in row_of(found, "Hartwell")
    assert "Play therapist" in row_of(found, "Calder")
    assert "Hartwell" not in text_of(office.get(PEOPLE, {"account": "open"}))


def test_persons_of_another_service_are_not_there(cast, office):
    for part in ("", "leave", "invite-again", "revoke", "reopen"):
        assert office.get(page_of(cast.hidden_head, part)).status_code == 404
        assert office.post(page_of(cast.hidden_head, part), {}).status_code in (400, 404, 405)


def test_nobody_does_anything_about_themselves(cast, office):
    page = BeautifulSoup(office.get(page_of(cast.coordinator)).content, "html.parser")
    assert "This person leaves" not in page.get_text()
    for part in ("leave", "invite-again", "revoke", "reopen"):
        assert office.get(page_of(cast.coordinator, part)).status_code == 404
    assert send_plain(office, cast.coordinator, "leave").status_code == 404
    assert User.objects.get(pk=cast.coordinator.pk).is_active


def send_plain(client: Client, person, part, **more):
    """As somebody would who forges the form of a page that is not there."""
    return client.post(page_of(person, part), {"form_key": "00000000-0000-4000-8000-000000000000", **more})


# --- Inviting


def test_invite_gives_account_and_role(cast, office):
    response = send(office, INVITE, **NEW, does=Role.HEAD.codename, on=str(cast.other_school.uuid))
    person = User.objects.get(email=NEW["email"])
    assert response["Location"] == page_of(person)
    assert SchoolRole.objects.get(user=person).content_object == cast.other_school
    assert "Invited until" in text_of(office.get(page_of(person)))


def test_invite_takes_the_only_place_there_is(cast, office):
    send(office, INVITE, **NEW, does=Role.TSL.codename)
    assert ClusterRole.objects.get(user__email=NEW["email"]).content_object == cast.cluster


def test_invite_takes_a_therapist_into_the_team(cast, office):
    send(office, INVITE, **NEW, does=str(cast.items["Music therapist"].uuid))
    assert Practitioner.objects.get(user__email=NEW["email"]).discipline == cast.items["Music therapist"]


def test_invite_offers_what_this_coordinator_gives_and_nothing_else(cast, office):
    page = office.get(INVITE).content.decode()
    assert str(cast.school.uuid) in page and str(cast.hidden_school.uuid) not in page
    assert not [word for word in CANARY_WORDS if word in page]


def test_invite_refuses_what_was_forged_or_does_not_fit(cast, office):
    tried = [
        {"does": Role.HEAD.codename, "on": str(cast.hidden_school.uuid)},
        {"does": Role.HEAD.codename, "on": str(cast.cluster.uuid)},
        {"does": Role.HEAD.codename},
        {"does": "superuser", "on": str(cast.school.uuid)},
        {"does": str(cast.items["Play therapist"].uuid), "on": str(cast.school.uuid)},
        {"does": str(cast.items["Bereavement"].uuid)},
    ]
    for choice in tried:
        assert send(office, INVITE, **NEW, **choice).status_code == 200, choice
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_invite_sets_nothing_else_of_an_account(cast, office):
    forged = {"is_superuser": "on", "is_active": "", "password": "known to me alone", "groups": "1", "uuid": "x"}
    send(office, INVITE, **NEW, **forged, does=Role.DSL.codename, on=str(cast.school.uuid))
    person = User.objects.get(email=NEW["email"])
    assert (person.is_superuser, person.is_active, person.has_usable_password()) == (False, True, False)


def test_invite_of_an_address_that_is_used_says_so(cast, office):
    response = send(
        office, INVITE, **NEW | {"email": cast.head.email}, does=Role.DSL.codename, on=str(cast.school.uuid)
    )
    assert "There is an account with this address already" in text_of(response)


def test_invite_of_oneself_is_refused(cast, office):
    mine = NEW | {"email": cast.coordinator.email}
    assert send(office, INVITE, **mine, does=Role.SUPERVISOR.codename).status_code == 200
    assert not ServiceRole.objects.filter(user=cast.coordinator, permission__codename="clinical_supervisor").exists()


def test_invitation_sent_twice_makes_one_account(cast, office):
    answers = filled(office, INVITE, **NEW, does=Role.DSL.codename, on=str(cast.school.uuid))
    assert [office.post(INVITE, answers).status_code for _ in range(2)] == [302, 302]
    assert SchoolRole.objects.filter(user__email=NEW["email"]).count() == 1


def test_invitation_is_sent_again_and_taken_back(cast, office):
    person = people.invite(**NEW, does=Role.DSL, on=cast.other_school, by=cast.coordinator)
    first = person.invitations.get()
    send(office, page_of(person, "invite-again"))
    assert [one.pk for one in person.invitations.open()] != [first.pk]
    send(office, page_of(person, "revoke"))
    assert not person.invitations.open().exists()
    assert office.get(page_of(person, "revoke")).status_code == 404
    assert "Cannot sign in yet" in text_of(office.get(page_of(person)))


# --- Leaving


def test_leave_lists_what_is_held_and_what_is_to_hand_over(cast, office):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    page = office.get(page_of(cast.therapist, "leave"))
    assert f"/admin/cases/{case.uuid}/" in page.content.decode()
    assert cast.pupil.last_name not in text_of(page)
    assert "Placement at Cawdale Primary School" in text_of(page)
    refused = send(office, page_of(cast.therapist, "leave"))
    assert "Hand the work over first" in text_of(refused)
    assert send(office, page_of(cast.therapist, "leave"), handed_over="on").status_code == 302
    assert not User.objects.get(pk=cast.therapist.pk).is_active


def test_leave_puts_the_person_out_at_the_next_click(cast, office, client_for):
    there = client_for(cast.head)
    assert there.get("/admin/").status_code == 200
    assert send(office, page_of(cast.head, "leave")).status_code == 302
    assert there.get("/admin/")["Location"].startswith("/sign-in/")
    assert there.get("/account/")["Location"].startswith("/sign-in/")
    assert "Account closed" in text_of(office.get(page_of(cast.head)))
    assert office.get(page_of(cast.head, "leave")).status_code == 404


def test_leave_does_not_say_who_else_they_are_with(cast, office):
    SchoolRoleFactory(user=cast.head, role=Role.HEAD, content_object=cast.hidden_school)
    send(office, page_of(cast.head, "leave"))
    after = text_of(office.get(page_of(cast.head)))
    assert "they hold something elsewhere" in after and "Felquay" not in after
    assert User.objects.get(pk=cast.head.pk).is_active


def test_closed_account_is_opened_again(cast, office):
    send(office, page_of(cast.head, "leave"))
    send(office, page_of(cast.head, "reopen"))
    assert User.objects.get(pk=cast.head.pk).is_active
    assert "Invited until" in text_of(office.get(page_of(cast.head)))
    assert office.get(page_of(cast.head, "reopen")).status_code == 404


# --- Undoing


def undo(client, row, was):
    page = BeautifulSoup(client.get(CHANGES).content, "html.parser")
    forms = page.find_all("form", action=f"/admin/people/changes/{row.uuid}/")
    fields = [{one["name"]: one["value"] for one in form.find_all("input")} for form in forms]
    return client.post(f"/admin/people/changes/{row.uuid}/", next(one for one in fields if one["was"] == was))


def test_other_coordinators_are_told_and_one_click_undoes(cast, office, client_for, colleague):
    row = grants.give_role(Role.DSL, to=cast.head, on=cast.other_school, by=cast.coordinator)
    assert set(OutboxMessage.objects.values_list("kind", "to")) == {
        ("role_given", cast.head.pk), ("role_changed", colleague.pk)
    }  # fmt: skip
    other = client_for(colleague)
    assert "Priya Elwood: designated safeguarding lead" in text_of(other.get("/admin/"))
    assert "Role changes" not in text_of(office.get("/admin/"))  # it was she who gave it
    undo(other, row, "given")
    assert not User.objects.get(pk=cast.head.pk).has_perm("casework.designated_safeguarding_lead", cast.other_school)
    undo(office, row, "ended")
    assert User.objects.get(pk=cast.head.pk).has_perm("casework.designated_safeguarding_lead", cast.other_school)


def test_nobody_undoes_what_was_done_with_their_own_role(cast, client_for, colleague):
    row = ServiceRole.objects.get(user=colleague)
    grants.end_role(row, by=cast.coordinator)
    grants.give_role(Role.TRUSTEE, to=cast.coordinator, on=cast.service, by=give_back(cast, colleague))
    mine = ServiceRole.objects.get(user=cast.coordinator, permission__codename="trustee")
    office = client_for(cast.coordinator)
    assert str(mine.uuid) not in office.get(CHANGES).content.decode()
    key = {"form_key": "00000000-0000-4000-8000-000000000000", "was": "given"}
    assert office.post(f"{CHANGES}{mine.uuid}/", key).status_code == 404
    assert ServiceRole.objects.get(pk=mine.pk).is_current()


def give_back(cast, colleague):
    return grants.give_role(Role.COORDINATOR, to=colleague, on=cast.service, by=cast.coordinator).user


def test_undo_of_what_was_undone_meanwhile_says_so(cast, office, colleague):
    row = grants.give_role(Role.DSL, to=cast.head, on=cast.other_school, by=colleague)
    page = BeautifulSoup(office.get(CHANGES).content, "html.parser")
    form = page.find("form", action=f"{CHANGES}{row.uuid}/")
    sent = {one["name"]: one["value"] for one in form.find_all("input")}
    grants.end_role(row, by=colleague)
    response = office.post(f"{CHANGES}{row.uuid}/", sent, follow=True)
    assert "This role has ended already" in text_of(response)


def test_undo_is_by_a_button_only_and_for_known_roles(cast, office):
    row = grants.give_role(Role.DSL, to=cast.head, on=cast.other_school, by=cast.coordinator)
    assert office.get(f"{CHANGES}{row.uuid}/")["Location"] == CHANGES
    assert SchoolRole.objects.get(pk=row.pk).is_current()
    hidden = grants.give_role(Role.DSL, to=cast.hidden_head, on=cast.hidden_school, by=cast.outsider)
    key = {"form_key": "00000000-0000-4000-8000-000000000000"}
    assert office.post(f"{CHANGES}{hidden.uuid}/", key | {"was": "given"}).status_code == 404
    assert office.post(f"{CHANGES}{row.uuid}/", key | {"was": "otherwise"}).status_code == 404


# --- On record


def test_what_is_opened_is_on_record(cast, office):
    office.get(PEOPLE)
    office.get(page_of(cast.head))
    office.get(page_of(cast.head, "leave"))
    events = AuditEvent.objects.filter(actor=cast.coordinator, subject_type="people.user")
    assert list(events.order_by("pk").values_list("verb", flat=True)) == ["listed", "opened", "opened"]
