"""Setting the second step up, and what of one's own signing in can be changed: only after being asked once more."""

from urllib.parse import unquote

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from bs4 import BeautifulSoup
from django.test import Client

from .conftest import PASSWORD, STEP, code_of, enter, errors_of, is_signed_in, send_password

OTHER_PASSWORD = "nine slow rivers under stone"


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks, monkeypatch):
    """What a request leaves for after its commit is done after it, as it is where no test surrounds it."""
    send = Client.post

    def post(self, *args, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return send(self, *args, **options)

    monkeypatch.setattr(Client, "post", post)


def set_app_up(client):
    """As a person does who reads the secret off the page."""
    secret = page(client.get("/account/app/")).find(class_="secret").text
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    return client.post("/account/app/", {"code": code})


class TestSettingUp:
    @pytest.fixture
    def client(self, client, newcomer):
        send_password(client, newcomer.email)
        return client

    def test_whoever_has_no_second_step_is_led_to_set_it_up(self, client):
        for path in ("/admin/", "/documents/1/x", "/admin/casework/case/"):
            response = client.get(path)
            assert response.status_code == 404 or response["Location"] == "/account/"
        assert "Set up your second step" in client.get("/account/").content.decode()

    @pytest.mark.parametrize(
        "path", ["/account/password/", "/account/codes/", "/account/codes/new/", "/account/again/"]
    )
    def test_and_can_do_nothing_else_of_their_account(self, client, path):
        assert client.get(path)["Location"] == "/account/"

    def test_is_a_visitor_on_the_website(self, client):
        assert client.get("/library/").status_code in (302, 404)
        assert client.get("/admin/users/").status_code == 404

    @pytest.mark.django_db(transaction=True)
    def test_app_opens_the_account_under_a_new_key_and_shows_the_codes_once_more(self, client, newcomer, sent):
        before = client.session.session_key
        assert set_app_up(client)["Location"] == "/account/codes/"
        assert client.session.session_key != before
        assert not client.session.exists(before)
        codes = page(client.get("/account/codes/")).select(".recovery-codes li")
        assert len(codes) == 10
        assert "My account" in client.get("/account/").content.decode()
        assert "an authenticator app was set up" in sent()[-1].body

    def test_wrong_code_sets_nothing_up(self, client, newcomer):
        client.get("/account/app/")
        assert errors_of(client.post("/account/app/", {"code": "000000"}))
        assert not newcomer.authenticator_set.exists()

    @pytest.mark.django_db(transaction=True)
    def test_code_that_set_the_app_up_was_used_by_that(self, client, newcomer):
        secret = page(client.get("/account/app/")).find(class_="secret").text
        code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
        client.post("/account/app/", {"code": code})
        other = Client()
        send_password(other, newcomer.email)
        assert errors_of(other.post(STEP, {"code": code}))
        client.post("/sign-out/")
        send_password(client, newcomer.email)
        assert not is_signed_in(client)

    @pytest.mark.django_db(transaction=True)
    def test_codes_can_be_typed_as_they_are_printed(self, client, newcomer):
        set_app_up(client)
        printed = page(client.get("/account/codes/")).select(".recovery-codes li")[3].text.strip()
        other = Client()
        send_password(other, newcomer.email)
        other.post(STEP, {"code": printed})
        assert is_signed_in(other)

    def test_second_session_without_the_step_is_ended_once_it_is_set_up(self, client, newcomer):
        other = Client()
        send_password(other, newcomer.email)
        set_app_up(client)
        assert other.get("/account/")["Location"] == "/sign-in/?next=/account/"
        assert not is_signed_in(other)


class TestChanging:
    @pytest.fixture
    def client(self, client, person):
        enter(client, person)
        return client

    @pytest.mark.parametrize(
        "path", ["/account/app/take-off/", "/account/passkey/", "/account/codes/", "/account/codes/new/"]
    )
    def test_asks_once_more_and_then_goes_on(self, client, person, path):
        again = client.get(path)["Location"]
        assert unquote(again) == f"/account/again/?next={path}"
        assert errors_of(client.post(again, {"password": "not this one at all"}))
        assert client.post(again, {"password": PASSWORD})["Location"] == path
        assert client.get(path).status_code == 200

    def test_a_code_will_do_as_well(self, client, person):
        response = client.post("/account/again/code/?next=/account/codes/", {"code": code_of(person, steps=1)})
        assert response["Location"] == "/account/codes/"

    def test_post_without_being_asked_changes_nothing(self, client, person):
        before = person.authenticator_set.get(type="recovery_codes").pk
        client.post("/account/codes/new/")
        client.post("/account/app/take-off/")
        assert person.authenticator_set.get(type="recovery_codes").pk == before
        assert person.authenticator_set.filter(type="totp").exists()

    def test_the_only_second_step_stays(self, client, person):
        client.post("/account/again/", {"password": PASSWORD})
        assert "your only second step" in errors_of(client.post("/account/app/take-off/"))
        assert person.authenticator_set.filter(type="totp").exists()

    def test_password_asks_for_the_present_one_tells_and_ends_other_sessions(self, client, person, sent):
        other = Client()
        enter(other, person, steps=1)
        form = {"oldpassword": "not this one at all", "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
        assert errors_of(client.post("/account/password/", form))
        assert client.post("/account/password/", form | {"oldpassword": PASSWORD})["Location"] == "/account/"
        assert client.get("/account/").status_code == 200
        assert other.get("/account/").status_code == 302
        assert [(mail.to, "your password was changed" in mail.body) for mail in sent()] == [([person.email], True)]

    @pytest.mark.parametrize(
        "bad",
        [
            "short one",
            "passwordpassword",
            "Counselling2026!",
            "11111111111111111",
            "priya@school.example",
            "SchoolTherapist12",
        ],
    )
    def test_password_that_is_easily_guessed_is_refused(self, client, person, bad):
        form = {"oldpassword": PASSWORD, "password1": bad, "password2": bad}
        assert errors_of(client.post("/account/password/", form))
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    @pytest.mark.parametrize(
        "good", ["four plain words here", "counselling kites over water", "ÄÖÜ äöü ß 漢字 漢字 漢字"]
    )
    def test_password_needs_neither_digits_nor_signs(self, client, person, good):
        form = {"oldpassword": PASSWORD, "password1": good, "password2": good}
        assert client.post("/account/password/", form)["Location"] == "/account/"

    def test_new_codes_end_the_old_ones_and_are_told(self, client, person, sent):
        old = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
        client.post("/account/again/", {"password": PASSWORD})
        client.post("/account/codes/new/")
        assert not set(old) & set(person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes())
        assert "new recovery codes were made" in sent()[-1].body

    def test_signing_out_everywhere_ends_every_session_and_is_told(self, client, person, sent):
        other = Client()
        enter(other, person, steps=1)
        assert client.post("/account/sign-out-everywhere/")["Location"] == "/sign-in/"
        assert not is_signed_in(client)
        assert other.get("/account/").status_code == 302
        assert "signed out everywhere" in sent()[-1].body

    def test_signing_out_everywhere_is_no_link(self, client):
        assert client.get("/account/sign-out-everywhere/").status_code == 405
        assert client.get("/account/").status_code == 200

    def test_page_names_every_session_of_ones_own_and_no_other(self, client, person, newcomer):
        other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
        enter(other, person, steps=1)
        send_password(Client(HTTP_USER_AGENT="Mozilla/5.0 (iPad) Safari/604.1"), newcomer.email)
        text = page(client.get("/account/")).get_text()
        assert "Firefox on Windows" in text
        assert "iPad" not in text


@pytest.mark.parametrize(
    "path", ["/account/", "/account/password/", "/account/app/", "/account/passkey/", "/account/codes/",
             "/account/again/", "/account/again/code/", "/account/again/passkey/", "/account/app/take-off/",
             "/account/passkey/1/take-off/", "/account/codes/new/", "/account/sign-out-everywhere/"],
)  # fmt: skip
def test_visitor_is_asked_to_sign_in(client, db, path):
    for response in (client.get(path), client.post(path)):
        assert response["Location"] == f"/sign-in/?next={path}"


def test_passkey_comes_off_and_is_told_but_not_the_only_second_step(client, person, sent):
    passkey = person.authenticator_set.create(type="webauthn", data={"name": "The tablet"})
    enter(client, person)
    client.post("/account/again/", {"password": PASSWORD})
    path = f"/account/passkey/{passkey.pk}/take-off/"
    assert "Take The tablet off?" in client.get(path).content.decode()
    app = person.authenticator_set.get(type="totp")
    app.delete()
    assert client.post(path)["Location"] == "/account/"
    assert person.authenticator_set.filter(pk=passkey.pk).exists()
    assert "your only second step" in client.get("/account/").content.decode()
    app.save()
    client.post(path)
    assert not person.authenticator_set.filter(pk=passkey.pk).exists()
    assert "a passkey was taken off" in sent()[-1].body


def test_nobody_takes_off_somebody_elses_passkey(client, person, newcomer):
    passkey = newcomer.authenticator_set.create(type="webauthn", data={"name": "Passkey 1"})
    enter(client, person)
    client.post("/account/again/", {"password": PASSWORD})
    assert client.get(f"/account/passkey/{passkey.pk}/take-off/").status_code == 404
    assert client.post(f"/account/passkey/{passkey.pk}/take-off/").status_code == 404
    assert newcomer.authenticator_set.filter(pk=passkey.pk).exists()
