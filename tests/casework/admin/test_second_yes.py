"""The page of what waits for a second yes: who finds it, what they may answer, and what the register's form says."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from casework.access.roles import Role
from casework.models import Proposal, SchoolRole, Service
from tests.cast import CANARY_WORDS
from tests.factories import ProposalFactory, ServiceRoleFactory

from .filling import filled

PAGE, HOME = "/admin/people/second-yes/", "/admin/"


@pytest.fixture
def waits(cast):
    Service.objects.filter(pk=cast.service.pk).update(two_people_for_roles=True)
    return ProposalFactory(user=cast.dsl, school=cast.school, proposed_by=cast.coordinator, reason="New in post")


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def answer(client, proposal, word):
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    address = reverse("casework_second_yes_answer", args=[proposal.uuid])
    form = page.find("form", action=address)
    return client.post(address, {"form_key": form.find("input", attrs={"name": "form_key"})["value"], "answer": word})


def buttons(client):
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    return [button["value"] for button in page.find_all("button", attrs={"name": "answer"})]


@pytest.mark.parametrize("who", ["therapist", "head", "dsl", "tsl", "steering", "editor", "technical", "outsider"])
def test_nobody_else_finds_it(cast, client_for, waits, who):
    client = client_for(getattr(cast, who))
    one = reverse("casework_second_yes_answer", args=[waits.uuid])
    assert client.get(PAGE).status_code == client.get(one).status_code == 404
    assert client.post(one, {"answer": "yes", "form_key": str(waits.uuid)}).status_code == 404
    waits.refresh_from_db()
    assert waits.agreed is None


def test_supervisor_is_asked_on_the_first_page_and_says_yes(cast, client_for, waits):
    client = client_for(cast.supervisor)
    assert "SENDCO for Joanna Hartwell" in text_of(client.get(HOME))
    page = text_of(client.get(PAGE))
    assert "New in post" in page and "Rowan Ashby" in page
    assert answer(client, waits, "yes").status_code == 302
    assert SchoolRole.objects.filter(user=cast.dsl, permission__codename="sendco").exists()
    assert client.get(PAGE).status_code == 404
    assert "wait for your yes" not in text_of(client.get(HOME))


def test_trustee_says_no(cast, client_for, waits):
    client = client_for(ServiceRoleFactory(role=Role.TRUSTEE, content_object=cast.service).user)
    assert buttons(client) == ["yes", "no"]
    answer(client, waits, "no")
    waits.refresh_from_db()
    assert waits.agreed is False


def test_who_asked_can_take_it_back_and_not_agree(cast, client_for, waits):
    client = client_for(cast.coordinator)
    assert buttons(client) == ["no"]
    assert "wait for your yes" not in text_of(client.get(HOME))
    assert answer(client, waits, "yes").status_code == 404
    answer(client, waits, "no")
    waits.refresh_from_db()
    assert waits.agreed is False


def test_whom_it_is_for_answers_nothing(cast, client_for, waits):
    ServiceRoleFactory(user=cast.dsl, role=Role.TRUSTEE, content_object=cast.service)
    client = client_for(cast.dsl)
    assert buttons(client) == []
    assert "somebody else answers" in text_of(client.get(PAGE))


def test_without_a_second_person_the_page_says_what_to_do(cast, client_for, waits):
    cast.service.roles.filter(user=cast.supervisor).delete()
    assert "runs the server" in text_of(client_for(cast.coordinator).get(PAGE))


def test_another_services_are_not_there(cast, client_for, waits):
    ProposalFactory(user=cast.hidden_head, school=cast.hidden_school, proposed_by=cast.outsider)
    page = text_of(client_for(cast.supervisor).get(PAGE))
    assert not [word for word in CANARY_WORDS if word in page]


def test_giving_a_role_says_that_it_waits(cast, client_for, waits):
    client = client_for(cast.coordinator)
    address = "/admin/school-roles/create/"
    typed = {"email": cast.tsl.email, "role": "chair_of_governors", "on": str(cast.school.uuid), "reason": "Elected"}
    answer = client.post(address, filled(client, address) | typed, follow=True)
    assert "waits for a second yes" in text_of(answer)
    assert Proposal.objects.filter(user=cast.tsl, agreed=None).exists()
    assert "Chair of governors" in text_of(client.get(f"/admin/people/{cast.tsl.uuid}/"))


def test_setting_is_in_the_register_of_services(cast, client_for):
    client = client_for(cast.coordinator)
    address = f"/admin/services/{cast.service.uuid}/edit/"
    client.post(address, filled(client, address) | {"two_people_for_roles": "on"})
    assert Service.objects.get(pk=cast.service.pk).two_people_for_roles
    sent = filled(client, address)
    sent.pop("two_people_for_roles")
    client.post(address, sent)
    assert "waits for a second yes" in text_of(client.get(f"/admin/services/{cast.service.uuid}/"))
