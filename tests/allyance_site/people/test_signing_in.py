"""Password and second step: one answer for everything that is wrong, a pause after ten, and a new key at each step."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.test import Client

from allyance_site.people.models import User

from .conftest import PASSWORD, STEP, code_of, enter, errors_of, is_signed_in, send_password

TRIES = 10
WRONG = "not this one at all, no"


class TestPassword:
    def test_opens_nothing_by_itself(self, client, person):
        response = send_password(client, "Priya@School.example")
        assert response["Location"] == STEP
        assert not is_signed_in(client)
        assert client.get("/admin/")["Location"] == "/sign-in/?next=/admin/"
        assert client.get("/documents/1/x")["Location"] == "/sign-in/?next=/documents/1/x"

    def test_unknown_wrong_and_ended_read_the_same(self, client, person):
        User.objects.create_user("gone@school.example", PASSWORD, first_name="A", last_name="B", is_active=False)
        wrong = send_password(client, person.email, WRONG)
        unknown = send_password(client, "nobody@school.example", WRONG)
        ended = send_password(client, "gone@school.example")
        assert "do not go together" in errors_of(wrong)
        assert errors_of(wrong) == errors_of(unknown) == errors_of(ended)
        assert wrong.status_code == unknown.status_code == ended.status_code == 200
        assert not is_signed_in(client)

    def test_right_one_waits_after_ten_wrong_ones_and_says_the_same_of_an_unknown_address(self, client, person):
        for email in (person.email, "nobody@school.example"):
            for _ in range(TRIES):
                send_password(client, email, WRONG, REMOTE_ADDR="10.0.0.1")
        with time_machine.travel(_in(90), tick=True):  # past what counts by place
            known, unknown = (
                errors_of(send_password(client, email)) for email in (person.email, "nobody@school.example")
            )
        assert "too many tries" in known
        assert known == unknown

    def test_pause_ends_after_a_quarter_of_an_hour(self, client, person):
        for _ in range(TRIES + 2):
            send_password(client, person.email, WRONG)
        with time_machine.travel(_in(16 * 60), tick=True):
            assert send_password(client, person.email)["Location"] == STEP

    def test_pause_is_not_talked_away_by_a_forged_header(self, client, person):
        for number in range(TRIES + 2):
            client.post(
                "/sign-in/", {"login": person.email, "password": WRONG}, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}"
            )
        response = client.post(
            "/sign-in/", {"login": person.email, "password": PASSWORD}, HTTP_X_FORWARDED_FOR="10.9.9.9"
        )
        assert "too many tries" in errors_of(response)

    def test_one_place_that_tries_many_addresses_waits_whatever_it_says_it_is(self, client, person):
        for number in range(21):
            client.post(
                "/sign-in/",
                {"login": f"{number}@school.example", "password": WRONG},
                HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
            )
        assert "too many tries" in errors_of(send_password(client, person.email))

    def test_empty_form_says_what_to_enter(self, client, db):
        assert "Enter your e-mail address." in errors_of(send_password(client, "", ""))

    def test_unknown_address_costs_as_many_hashes_as_a_known_one(self, client, person):
        with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashed:
            send_password(client, person.email, WRONG)
            known = hashed.call_count
            send_password(client, "nobody@school.example", WRONG)
        assert (known, hashed.call_count) == (1, 2)


class TestCode:
    @pytest.mark.parametrize(
        "later", ["10:00:06", "10:00:40"]
    )  # by then allauth has forgotten it, and its time is not up
    def test_lets_in_and_only_once(self, client, person, later):
        with time_machine.travel("2026-11-24 10:00:05+00:00", tick=False):
            code = code_of(person)
            send_password(client, person.email)
            assert client.post(STEP, {"code": code})["Location"] == "/admin/"
            assert is_signed_in(client)
        other = Client()
        with time_machine.travel(f"2026-11-24 {later}+00:00", tick=False):
            send_password(other, person.email)
            assert "used already" in errors_of(other.post(STEP, {"code": code}))
            assert not is_signed_in(other)

    @pytest.mark.parametrize(
        ("steps", "lets_in"), [(-4, False), (-2, False), (-1, True), (0, True), (1, True), (2, False)]
    )
    def test_is_good_for_half_a_minute_and_what_a_clock_may_be_off(self, client, person, steps, lets_in):
        with time_machine.travel("2026-11-24 10:00:10+00:00", tick=False):
            enter(client, person, steps=steps)
            assert is_signed_in(client) is lets_in

    def test_right_one_waits_after_ten_wrong_ones(self, client, person):
        send_password(client, person.email)
        for _ in range(TRIES + 2):
            client.post(STEP, {"code": "000000"})
        assert "too many tries" in errors_of(client.post(STEP, {"code": code_of(person)}))
        other = Client(REMOTE_ADDR="10.0.0.9")
        assert "too many tries" in errors_of(enter(other, person))
        assert not is_signed_in(client)
        assert not is_signed_in(other)

    def test_recovery_code_works_once(self, client, person):
        code = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
        send_password(client, person.email)
        client.post(STEP, {"code": code})
        assert is_signed_in(client)
        other = Client()
        send_password(other, person.email)
        assert errors_of(other.post(STEP, {"code": code}))
        assert not is_signed_in(other)

    def test_nobody_comes_to_it_without_the_password(self, client, person):
        assert client.get(STEP)["Location"] == "/sign-in/"
        assert client.post(STEP, {"code": code_of(person)})["Location"] == "/sign-in/"


class TestSession:
    def test_has_a_new_key_after_the_password_and_after_the_code(self, client, person):
        client.get("/sign-in/")
        session = client.session
        session["place"] = "before"
        session.save()
        client.cookies["sessionid"] = session.session_key
        keys = [session.session_key]
        send_password(client, person.email)
        keys.append(client.session.session_key)
        client.post(STEP, {"code": code_of(person)})
        keys.append(client.session.session_key)
        assert len(set(keys)) == 3
        assert not client.session.exists(keys[0]) and not client.session.exists(keys[1])

    def test_made_by_another_door_is_ended(self, client, person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get("/admin/")["Location"] == "/sign-in/?next=/admin/"
        assert not is_signed_in(client)

    def test_with_the_second_step_of_somebody_else_is_ended(self, client, person, newcomer):
        enter(client, person)
        session = client.session
        session["account_authentication_methods_user"] = str(newcomer.pk)
        session.save()
        client.get("/account/")
        assert not is_signed_in(client)

    def test_ends_with_the_browser(self, client, person):
        assert not enter(client, person).cookies["sessionid"]["max-age"]

    def test_is_worth_nothing_after_signing_out(self, client, person):
        enter(client, person)
        kept = client.cookies["sessionid"].value
        assert client.get("/account/").status_code == 200
        client.post("/sign-out/")
        client.cookies["sessionid"] = kept
        response = client.get("/account/")
        assert response["Location"] == "/sign-in/?next=/account/"
        assert "no-store" in response["Cache-Control"]

    def test_a_link_ends_none(self, client, person):
        enter(client, person)
        assert client.get("/sign-out/").status_code == 405
        assert is_signed_in(client)


class TestTrustedDevice:
    @pytest.fixture
    def device(self, client, person):
        """Took the second step once, and was signed out since."""
        enter(client, person, trust="on")
        client.post("/sign-out/")
        return client

    def test_is_asked_for_the_password_alone(self, device, person):
        assert send_password(device, person.email)["Location"] == "/admin/"
        assert device.get("/account/").status_code == 200

    def test_is_a_month_later_asked_again(self, device, person):
        with time_machine.travel(_in(30 * 24 * 3600 + 60), tick=True):
            assert send_password(device, person.email)["Location"] == STEP

    def test_is_trusted_for_its_person_alone(self, device, person, newcomer):
        enter_as = User.objects.create_user("leila@school.example", PASSWORD, first_name="Leila", last_name="F")
        for authenticator in person.authenticator_set.all():
            authenticator.pk, authenticator.user = None, enter_as
            authenticator.save()
        assert send_password(device, enter_as.email)["Location"] == STEP

    def test_is_not_trusted_unless_ticked(self, client, person):
        enter(client, person)
        assert "trusted_device" not in client.cookies

    @pytest.mark.parametrize("change", ["password", "app", "everywhere"])
    def test_is_trusted_no_more_after_a_change(self, device, person, change):
        if change == "password":
            person.set_password(PASSWORD)
            person.save()
        elif change == "app":
            person.authenticator_set.get(type="totp").delete()
            TOTP.activate(person, generate_totp_secret())
        else:
            send_password(device, person.email)
            device.post("/account/sign-out-everywhere/")
        assert send_password(device, person.email)["Location"] == STEP

    def test_cookie_that_was_altered_is_worth_nothing(self, device, person):
        parts = signing.Signer().unsign_object(device.cookies["trusted_device"].value)
        device.cookies["trusted_device"] = signing.Signer(key="another").sign_object(parts)
        assert send_password(device, person.email)["Location"] == STEP

    def test_cookie_is_out_of_reach_of_scripts(self, device):
        assert device.cookies["trusted_device"]["httponly"]
        assert device.cookies["trusted_device"]["samesite"] == "Lax"


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_to_another_host(client, person, place):
    send_password(client, person.email, next=place)
    assert client.post(STEP, {"code": code_of(person)})["Location"] == "/admin/"


def test_person_is_sent_on_to_where_they_were_going(client, person):
    send_password(client, person.email, next="/library/")
    assert client.post(STEP, {"code": code_of(person)})["Location"] == "/library/"


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/_util/login/", "/django-admin/login/", "/admin/password_reset/", "/admin/account/",
             "/accounts/login/", "/admin/users/", "/admin/logout/"],
)  # fmt: skip
def test_wagtails_own_doors_are_closed(client, person, path):
    for response in (client.post(path, {"username": person.email, "password": PASSWORD}), client.get(path)):
        assert response.status_code in (302, 404, 405)
        assert not response.get("Location") or response["Location"].startswith("/sign-in/")
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "path", ["/sign-up/", "/sign-in/signup/", "/accounts/signup/", "/account/email/", "/accounts/social/signup/"]
)
def test_nobody_signs_up(client, db, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "a@school.example", "password1": PASSWORD}).status_code == 404


def test_adapters_are_closed_to_sign_up(rf):
    assert get_adapter().is_open_for_signup(rf.get("/")) is False
    assert get_social_adapter().is_open_for_signup(rf.get("/"), None) is False


def _in(seconds: int) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
