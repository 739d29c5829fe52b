"""Who enters a school's sign-in, and who says whether the second step taken there counts."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup

from allyance_site.people.models import Provider
from casework.access.roles import Role
from casework.models import AuditEvent, PendingSeal
from tests.factories import ServiceRoleFactory

HERE = "/admin/school-sign-in/"
SECRET = "a long secret"
ENTERED = {
    "name": "Larkwell Trust",
    "issuer": "https://login.larkwell.example/v2.0",
    "client_id": "allyance",
    "secret": SECRET,
    "proof_claim": "amr",
    "proof_value": "mfa",
    "is_offered": "on",
}


@pytest.fixture
def provider(db):
    row = Provider(**{name: ENTERED[name] for name in ("name", "issuer", "client_id", "proof_claim", "proof_value")})
    row.secret = SECRET
    row.save()
    return row


@pytest.fixture
def technical(cast, client_for):
    return client_for(cast.technical)


@pytest.fixture
def coordinator(cast, client_for):
    return client_for(cast.coordinator)


def address_of(provider):
    return f"{HERE}{provider.uuid}/"


def fields_of(response):
    form = BeautifulSoup(response.content, "html.parser").find("form", id="writing")
    return {field["name"] for field in form.find_all(["input", "select"])} - {"csrfmiddlewaretoken"}


def wrong(response):
    found = BeautifulSoup(response.content, "html.parser").find(class_="case-summary")
    return found.get_text(" ", strip=True) if found else ""


class TestEntering:
    def test_technical_administrator_enters_one_with_the_redirect_address_that_was_shown(
        self, cast, technical, django_capture_on_commit_callbacks
    ):
        page = technical.get(f"{HERE}add/")
        shown = re.search(r"http://127\.0\.0\.1:8000/sign-in/school/([0-9a-f-]+)/back/", page.content.decode())[1]
        hidden = BeautifulSoup(page.content, "html.parser").find("input", {"name": "uuid"})["value"]
        assert shown == hidden
        with django_capture_on_commit_callbacks(execute=True):
            assert technical.post(f"{HERE}add/", ENTERED | {"uuid": hidden})["Location"] == HERE
        row = Provider.objects.get()
        assert (str(row.uuid), row.secret, row.allowed_in.count()) == (shown, SECRET, 0)
        assert SECRET not in row.sealed_secret
        assert "Larkwell Trust" in technical.get(HERE).content.decode()
        event = AuditEvent.objects.get(verb="changed sign-in")
        assert (event.actor, event.subject, "issuer" in event.detail["fields"]) == (cast.technical, row.uuid, True)
        assert SECRET not in str(event.detail)
        assert not PendingSeal.objects.exists()

    def test_secret_is_shown_to_nobody_and_stays_when_it_is_left_empty(self, technical, coordinator, provider):
        for client in (technical, coordinator):
            assert SECRET not in client.get(address_of(provider)).content.decode()
        technical.post(address_of(provider), ENTERED | {"secret": "", "name": "Larkwell Academies"})
        provider.refresh_from_db()
        assert (provider.name, provider.secret) == ("Larkwell Academies", SECRET)
        technical.post(address_of(provider), ENTERED | {"secret": "a new one"})
        provider.refresh_from_db()
        assert provider.secret == "a new one"

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"issuer": "http://login.larkwell.example"}, "begins with https://"),
            ({"issuer": "https://login.larkwell.example/?x=1"}, "begins with https://"),
            ({"issuer": "https://name@login.larkwell.example"}, "begins with https://"),
            ({"issuer": "login.larkwell.example"}, "begins with https://"),
            ({"proof_value": ""}, "claim and value, or neither"),
            ({"proof_claim": ""}, "claim and value, or neither"),
            ({"secret": ""}, "Enter the client secret"),
        ],
    )
    def test_what_cannot_be_right_is_not_saved(self, technical, changed, words):
        assert words in wrong(technical.post(f"{HERE}add/", ENTERED | changed))
        assert not Provider.objects.exists()

    def test_one_provider_is_entered_once(self, technical, provider):
        assert wrong(technical.post(f"{HERE}add/", ENTERED | {"name": "Another", "uuid": str(provider.uuid)}))
        assert Provider.objects.get() == provider

    def test_issuer_stays_once_people_are_linked(self, cast, technical, provider):
        """Subjects of another issuer would open their accounts."""
        SocialAccount.objects.create(user=cast.head, provider=str(provider.uuid), uid="1")
        response = technical.post(address_of(provider), ENTERED | {"issuer": "https://elsewhere.example"})
        assert "People are linked" in wrong(response)
        provider.refresh_from_db()
        assert provider.issuer == ENTERED["issuer"]

    def test_technical_administrator_does_not_say_what_counts(self, cast, technical, provider):
        assert "allowed_in" not in fields_of(technical.get(address_of(provider)))
        technical.post(address_of(provider), ENTERED | {"allowed_in": [cast.service.pk]})
        assert not provider.allowed_in.exists()

    @pytest.mark.parametrize("changed", [{"proof_value": "pwd"}, {"proof_claim": "acr"}, {"client_id": "other"}])
    def test_what_was_allowed_has_to_be_allowed_anew_when_it_changes(self, cast, technical, provider, changed):
        provider.allowed_in.add(cast.service)
        technical.post(address_of(provider), ENTERED | {"name": "Another name"})
        assert provider.allowed_in.exists()
        technical.post(address_of(provider), ENTERED | changed)
        assert not provider.allowed_in.exists()


class TestAllowing:
    def test_coordinator_allows_for_her_own_service_and_changes_nothing_else(self, cast, coordinator, provider):
        assert fields_of(coordinator.get(address_of(provider))) == {"allowed_in"}
        form = ENTERED | {"name": "Changed", "secret": "changed", "allowed_in": [cast.service.pk]}
        assert coordinator.post(address_of(provider), form)["Location"] == HERE
        provider.refresh_from_db()
        assert (provider.name, provider.secret) == (ENTERED["name"], SECRET)
        assert provider.allowed_in.get() == cast.service
        assert "it counts" in coordinator.get(HERE).content.decode()
        assert AuditEvent.objects.get(verb="changed sign-in").detail == {"fields": ["allowed_in"]}

    def test_and_takes_it_back_from_hers_alone(self, cast, coordinator, provider):
        provider.allowed_in.set([cast.service, cast.other_service])
        coordinator.post(address_of(provider), {})
        assert provider.allowed_in.get() == cast.other_service

    def test_not_for_another_service(self, cast, coordinator, provider):
        page = coordinator.get(address_of(provider)).content.decode()
        assert cast.other_service.name not in page
        coordinator.post(address_of(provider), {"allowed_in": [cast.other_service.pk]})
        assert not provider.allowed_in.exists()

    def test_nothing_to_allow_where_no_claim_proves_it(self, coordinator, provider):
        Provider.objects.update(proof_claim="", proof_value="")
        page = coordinator.get(address_of(provider))
        assert "No claim is entered yet" in page.content.decode()
        assert fields_of(page) == set()

    def test_coordinator_enters_none(self, coordinator):
        assert coordinator.get(f"{HERE}add/").status_code == 404
        assert coordinator.post(f"{HERE}add/", ENTERED).status_code == 404
        assert not Provider.objects.exists()

    def test_somebody_with_both_parts_does_both(self, cast, technical, provider):
        ServiceRoleFactory(user=cast.technical, role=Role.COORDINATOR, content_object=cast.service)
        technical.post(address_of(provider), ENTERED | {"name": "Both", "allowed_in": [cast.service.pk]})
        provider.refresh_from_db()
        assert (provider.name, provider.allowed_in.get()) == ("Both", cast.service)


@pytest.mark.parametrize("who", ["therapist", "head", "sendco", "dsl", "supervisor", "tsl", "steering", "editor"])
def test_nobody_else_finds_any_of_it(cast, client_for, provider, who):
    client = client_for(getattr(cast, who))
    for path in (HERE, f"{HERE}add/", address_of(provider)):
        assert client.get(path).status_code == 404
        assert client.post(path, ENTERED | {"allowed_in": [cast.service.pk]}).status_code == 404
    assert (Provider.objects.count(), provider.allowed_in.exists()) == (1, False)


def test_menu_leads_there(technical, coordinator, cast, client_for):
    for client, offered in ((technical, True), (coordinator, True), (client_for(cast.editor), False)):
        assert (HERE in client.get("/admin/").content.decode()) is offered
