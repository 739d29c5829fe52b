"""Asking again before exports and roles: who is asked, what is an answer, and where the person is afterwards."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from allyance_site import surfaces
from casework.access.roles import Role
from casework.models import SchoolRole
from tests.casework.admin.filling import filled

from .conftest import PASSWORD, code_of

CREATE = "/admin/school-roles/create/"
LIST = "/admin/schools/"
REASON = "Covers for a colleague until Easter comes."


@pytest.fixture
def person(cast):
    cast.coordinator.set_password(PASSWORD)
    cast.coordinator.save()
    return cast.coordinator


@pytest.fixture
def client(clock, person, client_for):
    return client_for(person)


def asked(response) -> str:
    """Where the person goes on after being asked; nothing for who was not asked."""
    address = urlsplit(response.get("Location", ""))
    return parse_qs(address.query)["next"][0] if address.path.startswith("/account/again/") else ""


def test_signing_in_counts_for_fifteen_minutes(client, clock):
    assert client.get(CREATE).status_code == 200
    clock.shift(timedelta(minutes=14))
    assert client.get(CREATE).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert asked(client.get(CREATE)) == CREATE


def test_trusted_device_proves_nothing(client, clock, person):
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [records[0] | {"type": "trusted_device"}]
    session.save()
    assert asked(client.get(CREATE)) == CREATE


def test_password_leads_back_and_holds(client, clock):
    clock.shift(timedelta(minutes=16))
    again = client.get(CREATE)["Location"]
    assert client.post(again, {"password": "not this one at all"}).status_code == 200
    assert asked(client.get(CREATE)) == CREATE
    assert client.post(again, {"password": PASSWORD})["Location"] == CREATE
    assert client.get(CREATE).status_code == 200


@pytest.mark.parametrize("register", ["service-roles", "cluster-roles", "school-roles"])
def test_every_register_of_roles_asks(client, clock, cast, register):
    clock.shift(timedelta(minutes=16))
    assert asked(client.get(f"/admin/{register}/create/")) == f"/admin/{register}/create/"


def test_ending_a_role_asks_and_ends_nothing_before(client, clock, cast):
    role = SchoolRole.objects.filter(user=cast.head).get()
    end = reverse("casework_schoolrole_modeladmin_end", args=[role.uuid])
    clock.shift(timedelta(minutes=16))
    assert asked(client.get(end)) == end
    assert asked(client.post(end)).startswith("/account/kept/")
    role.refresh_from_db()
    assert role.ends_at is None


def test_what_was_typed_meanwhile_comes_back_and_is_done_once_sent(client, clock, cast):
    role = Role.DSL.codename
    form = filled(client, CREATE, email=cast.sendco.email, role=role, on=cast.school.uuid, reason=REASON)
    before = SchoolRole.objects.count()
    clock.shift(timedelta(minutes=16))

    again = client.post(CREATE, form)["Location"]
    assert SchoolRole.objects.count() == before
    kept = client.post(again, {"password": PASSWORD})["Location"]
    page = BeautifulSoup(client.get(kept).content, "html.parser").find("form", {"action": CREATE})
    given_back = {one["name"]: one.get("value") or one.text.strip() for one in page.select("input, textarea")}
    client.post(CREATE, given_back)

    assert SchoolRole.objects.get(reason=REASON).user == cast.sendco
    assert SchoolRole.objects.count() == before + 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_asks_and_leads_back_to_the_list_as_it_was(client, clock, form):
    assert "attachment" in client.get(f"{LIST}?export={form}")["Content-Disposition"]
    clock.shift(timedelta(minutes=16))
    response = client.get(f"{LIST}?q=Cawdale&export={form}")
    assert asked(response) == f"{LIST}?q=Cawdale"
    assert "choose your file once more" in client.get(response["Location"]).content.decode()
    assert client.get(LIST).status_code == 200


def test_every_address_that_can_export_asks(client, clock):
    clock.shift(timedelta(minutes=16))
    for name in sorted(surfaces.TABLE[surfaces.CASEWORK] + surfaces.TABLE[surfaces.COORDINATION]):
        if name.endswith(("_modeladmin_index", "_modeladmin_index_results")):
            path = reverse(name)
            assert asked(client.get(f"{path}?export=csv")) == path, name


def test_looking_is_not_asked_about(client, clock):
    clock.shift(timedelta(minutes=16))
    for path in ("/admin/", LIST, "/admin/school-roles/", "/admin/schools/create/"):
        assert client.get(path).status_code == 200, path


def test_who_may_not_enter_is_asked_nothing(client_for, cast, clock):
    client = client_for(cast.head)
    clock.shift(timedelta(minutes=16))
    assert client.get(CREATE).status_code == 404
    assert Client().get(CREATE)["Location"].startswith("/sign-in/")


def test_account_without_any_way_to_answer_is_refused(client, clock, person):
    person.set_unusable_password()
    person.save()
    session = client.session
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    clock.shift(timedelta(minutes=16))
    assert client.get(CREATE).status_code == 403


def test_unlocking_is_an_answer_too(clock, person, client):
    TOTP.activate(person, generate_totp_secret())
    clock.shift(timedelta(minutes=21))
    client.post("/account/unlock/", {"code": code_of(person)})
    assert client.get(CREATE).status_code == 200
