"""The pages of signing in: what they offer, how they help to fill themselves in, and the demo's people."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from allyance_site.management.demo import password
from allyance_site.people import demo
from allyance_site.people.demo_accounts import DEMO_ACCOUNTS, account
from allyance_site.people.models import User
from tests.signed_in import sign_in

from .conftest import PASSWORD, STEP, code_of, is_signed_in, send_password

PAGES = ("/sign-in/", "/sign-in/forgotten/", "/sign-in/forgotten/sent/", "/sign-in/new-password/1-a-b/")


def parsed(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_fields_let_a_password_manager_and_a_phone_help(client, person):
    form = parsed(client.get("/sign-in/"))
    assert form.find(id="id_login")["autocomplete"] == "username"
    assert form.find(id="id_login")["type"] == "email"
    assert form.find(id="id_login").has_attr("autofocus")
    assert form.find(id="id_password")["autocomplete"] == "current-password"
    send_password(client, person.email)
    code = parsed(client.get(STEP)).find(id="id_code")
    assert (code["autocomplete"], code["inputmode"], code.has_attr("autofocus")) == ("one-time-code", "numeric", True)


@pytest.mark.parametrize("path", PAGES)
def test_pages_stay_in_no_cache_and_write_nothing_inline(client, db, path):
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    _nothing_inline(response)


def test_pages_of_ones_own_account_write_nothing_inline(client, person):
    sign_in(client, person)
    client.post("/account/again/", {"password": PASSWORD})
    for path in ("", "password/", "passkey/", "codes/", "codes/new/", "app/take-off/", "again/", "again/code/"):
        response = client.get(f"/account/{path}")
        assert response.status_code == 200, path
        assert "no-store" in response["Cache-Control"]
        _nothing_inline(response)


def test_whoever_is_signed_in_sees_so_and_can_sign_out(client, person):
    sign_in(client, person)
    assert "You are signed in as Priya Elwood." in client.get("/sign-in/").content.decode()
    assert client.post("/sign-out/")["Location"] == "/"
    assert not is_signed_in(client)


def test_nothing_is_typed_into_a_page_that_is_not_protected(person):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/sign-in/", {"login": person.email, "password": PASSWORD}).status_code == 403


class TestDemo:
    @pytest.fixture(autouse=True)
    def _demo(self, settings, db, tmp_path):
        settings.DEMO, settings.DATA_DIR = True, tmp_path
        password.keep(PASSWORD)

    @pytest.fixture
    def sendco(self):
        user = User.objects.create_user("sendco@allyance.example", PASSWORD, first_name="Leila", last_name="Farrant")
        demo.set_up_second_steps()
        return user

    def page(self, client, query=""):
        return parsed(client.get(f"/sign-in/{query}"))

    def test_every_account_has_a_card_and_the_bar_is_there(self, client):
        page = self.page(client)
        assert [card.get_text() for card in page.select(".demo-accounts h3")] == [entry.name for entry in DEMO_ACCOUNTS]
        assert "Invented people" in page.find(class_="demo-bar").get_text()

    def test_card_fills_in_address_and_password(self, client):
        page = self.page(client, "?as=sendco")
        assert page.find(id="id_login")["value"] == "sendco@allyance.example"
        assert page.find(id="id_password")["value"] == PASSWORD
        assert len(page.select(".demo-accounts .chosen")) == 1

    @pytest.mark.parametrize("query", ["", "?as=somebody", "?as="])
    def test_no_card_fills_in_nothing(self, client, query):
        assert not self.page(client, query).find(id="id_login").get("value")
        assert not self.page(client, query).find(id="id_password").get("value")

    def test_card_keeps_where_the_person_was_going(self, client):
        assert self.page(client, "?next=/library/").select_one(".demo-accounts input")["value"] == "/library/"

    def test_second_step_is_a_real_one_whose_code_is_filled_in(self, client, sendco):
        send_password(client, sendco.email)
        assert not is_signed_in(client)
        code = parsed(client.get(STEP)).find(id="id_code")["value"]
        assert code == code_of(sendco)
        assert client.post(STEP, {"code": code})["Location"] == "/admin/"

    def test_code_that_was_used_is_not_filled_in_again(self, client, sendco):
        filled_in = []
        for _ in range(3):
            send_password(client, sendco.email)
            filled_in.append(parsed(client.get(STEP)).find(id="id_code")["value"])
            client.post(STEP, {"code": filled_in[-1]})
            assert is_signed_in(client)
            client.post("/sign-out/")
        assert len(set(filled_in)) == 3
        assert demo.code_of(sendco) == ""

    def test_code_of_anybody_else_is_not_shown(self, client, person):
        send_password(client, person.email)
        assert not parsed(client.get(STEP)).find(id="id_code").get("value")
        assert demo.code_of(person) == ""

    def test_setting_up_again_changes_nothing(self, sendco):
        before = list(sendco.authenticator_set.values())
        demo.set_up_second_steps()
        assert list(sendco.authenticator_set.values()) == before


def test_outside_the_demo_nobody_is_introduced_and_nothing_is_filled_in(client, settings, db, tmp_path):
    settings.DEMO, settings.DATA_DIR = False, tmp_path
    password.keep(PASSWORD)
    user = User.objects.create_user("coordinator@allyance.example", PASSWORD, first_name="Rowan", last_name="Ashdown")
    demo.set_up_second_steps()
    page = parsed(client.get("/sign-in/?as=coordinator"))
    assert not page.select(".demo-accounts, .demo-bar")
    assert not page.find(id="id_login").get("value") and not page.find(id="id_password").get("value")
    send_password(client, user.email)
    assert not parsed(client.get(STEP)).find(id="id_code").get("value")


def test_demo_accounts_are_twelve_and_of_no_real_domain():
    assert len({entry.email for entry in DEMO_ACCOUNTS}) == 12
    assert all(entry.email.endswith("@allyance.example") for entry in DEMO_ACCOUNTS)
    assert account("coordinator") is DEMO_ACCOUNTS[0]
    assert account("nobody") is None


def _nothing_inline(response) -> None:
    page = parsed(response)
    assert [
        script
        for script in page.find_all("script")
        if not script.get("src") and script.get("type") != "application/json"
    ] == []
    assert page.find_all("style") == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")], tag
