"""The lock: when a session is locked, what it answers then, what opens it, and that nothing typed is lost by it."""

from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from allyance_site.people import idle
from casework.models import SchoolRole

from .conftest import PASSWORD, code_of, enter, errors_of, is_signed_in

LOCKED = 423
TYPED = "She said that the night was long, and then nothing more."


@pytest.fixture
def person(cast):
    """The cast's coordinator, with a password, an app and recovery codes."""
    user = cast.coordinator
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def client(clock, client, person):
    enter(client, person)
    return client


@pytest.fixture
def role_form(cast):
    return {"email": cast.head.email, "role": "sendco", "on": str(cast.school.pk), "reason": TYPED}


CREATE = "/admin/school-roles/create/"


def ask(client: Client, **fields: str):
    """As a page's script does."""
    headers = {"Accept": "application/json"}
    return (
        client.post("/account/here/", fields, headers=headers)
        if fields
        else client.get("/account/here/", headers=headers)
    )


def is_locked(client: Client) -> bool:
    return client.get("/admin/").status_code == LOCKED


def unlock(client: Client, **fields: str):
    return client.post("/account/unlock/", fields)


class TestWhen:
    def test_shared_computer_locks_twenty_minutes_after_the_last_request(self, client, clock):
        clock.shift(timedelta(minutes=19))
        assert not is_locked(client)
        clock.shift(timedelta(minutes=19))
        assert not is_locked(client)
        clock.shift(timedelta(minutes=20))
        assert is_locked(client)

    def test_it_stays_locked_however_often_it_is_asked(self, client, clock):
        clock.shift(timedelta(minutes=21))
        assert all(is_locked(client) for _ in range(3))

    def test_what_a_page_asks_by_itself_keeps_nothing_open(self, client, clock):
        """Pings, previews, drafts saved by a script, and our own script's question: all of them every minute."""
        by_itself = reverse("wagtailadmin_pages:edit", args=[1])
        ping = reverse("wagtailadmin_editing_sessions:ping", args=["cms", "standardpage", "1", 1])
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=[1])
        for _ in range(21):
            clock.shift(timedelta(minutes=1))
            client.post(ping)
            client.post(preview)
            client.post(by_itself, headers={"Accept": "application/json"})
            ask(client)
        assert is_locked(client)

    def test_a_person_who_says_so_keeps_it_open_till_the_day_is_over(self, client, clock):
        for _ in range(47):
            clock.shift(timedelta(minutes=10))
            assert ask(client, here="yes").status_code == 200
        assert not is_locked(client)
        clock.shift(timedelta(minutes=10))
        assert ask(client, here="yes").status_code == LOCKED
        assert is_locked(client)

    def test_own_device_is_not_locked_for_idleness_but_after_twelve_hours(self, clock, person):
        client = Client()
        enter(client, person, trust="on")
        clock.shift(timedelta(hours=11, minutes=59))
        assert not is_locked(client)
        clock.shift(timedelta(minutes=1))
        assert is_locked(client)

    def test_trusted_device_is_known_at_the_next_signing_in(self, clock, person):
        client = Client()
        enter(client, person, trust="on")
        client.post("/sign-out/")
        client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
        clock.shift(timedelta(hours=1))
        assert not is_locked(client)

    def test_device_trusted_by_another_is_a_shared_one(self, clock, person, newcomer):
        client = Client()
        enter(client, person, trust="on")
        client.post("/sign-out/")
        client.post("/sign-in/", {"login": newcomer.email, "password": PASSWORD})
        assert client.session[idle.OWN_DEVICE] is False

    def test_session_that_does_not_say_since_when_is_locked(self, client):
        session = client.session
        del session[idle.SINCE]
        session.save()
        assert is_locked(client)

    def test_session_without_a_second_step_is_ended(self, clock, newcomer):
        client = Client()
        client.post("/sign-in/", {"login": newcomer.email, "password": PASSWORD})
        clock.shift(timedelta(minutes=21))
        assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
        assert not is_signed_in(client)

    def test_session_that_nobody_uses_ends_after_a_day(self, client, clock):
        clock.shift(timedelta(hours=25))
        assert client.get("/admin/")["Location"] == "/sign-in/?next=/admin/"

    def test_when_somebody_was_there_is_written_once_a_minute(self, client, clock):
        written = [client.session[idle.SEEN]]
        for _ in range(12):
            clock.shift(timedelta(seconds=10))
            client.get("/account/")
            written.append(client.session[idle.SEEN])
        assert [later - earlier for earlier, later in pairwise(sorted(set(written)))] == [60, 60]

    def test_settings_are_the_defaults_that_were_promised(self):
        assert (settings.IDLE_LOCK, settings.IDLE_WARNING) == (20 * 60, 2 * 60)
        assert (settings.SESSION_HOURS_SHARED, settings.SESSION_HOURS_OWN) == (8, 12)


class TestLocked:
    @pytest.fixture
    def client(self, client, clock):
        clock.shift(timedelta(minutes=21))
        return client

    @pytest.mark.parametrize(
        "path",
        ["/admin/", "/admin/referrals/", CREATE, "/account/", "/account/codes/", "/documents/1/x.pdf", "/admin/users/"],
    )
    def test_every_page_says_that_it_is_locked_and_no_more(self, client, person, path):
        response = client.get(path)
        assert response.status_code == LOCKED
        assert "no-store" in response["Cache-Control"]
        text = response.content.decode()
        assert person.first_name not in text and person.email not in text

    def test_sending_changes_nothing(self, client, role_form, cast):
        before = SchoolRole.objects.count()
        assert client.post(CREATE, role_form).status_code == LOCKED
        assert SchoolRole.objects.count() == before

    def test_script_is_told_in_its_own_way(self, client):
        response = client.post(CREATE, {"reason": TYPED}, headers={"Accept": "application/json"})
        assert (response.status_code, response.json()) == (LOCKED, {"locked": True})
        assert client.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).json() == {"locked": True}

    def test_is_a_visitor_on_the_website_and_asked_to_unlock_where_one_is_asked_to_sign_in(self, client):
        assert client.get("/healthz").status_code == 200
        response = client.get("/sign-in/?next=/library/")
        assert response.status_code == LOCKED
        assert BeautifulSoup(response.content, "html.parser").find("input", {"name": "next"})["value"] == "/library/"

    def test_can_be_signed_out_by_whoever_is_there(self, client):
        client.post("/sign-out/")
        assert not is_signed_in(client)
        assert client.get("/sign-in/").status_code == 200

    def test_page_is_told_what_opens_it(self, client):
        told = ask(client).json()
        assert told["locked"] and told["seconds"] == 0
        assert told["ways"] == {"passkey": False, "password": False, "code": True}


class TestOpening:
    @pytest.fixture
    def client(self, client, clock):
        clock.shift(timedelta(minutes=21))
        return client

    def test_by_a_code_it_goes_on_where_it_was_under_a_new_key(self, client, person):
        before = client.session.session_key
        response = unlock(client, code=code_of(person), next="/admin/referrals/?q=x")
        assert response["Location"] == "/admin/referrals/?q=x"
        assert not is_locked(client)
        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()
        assert "<strong>Here</strong>" in client.get("/account/").content.decode()

    def test_wrong_code_opens_nothing_and_says_so(self, client):
        response = unlock(client, code="000000", next="/admin/referrals/")
        assert response.status_code == LOCKED
        assert "not right" in errors_of(response)
        assert (
            BeautifulSoup(response.content, "html.parser").find("input", {"name": "next"})["value"]
            == "/admin/referrals/"
        )
        assert is_locked(client)

    def test_password_alone_opens_nothing(self, client):
        assert unlock(client, password=PASSWORD).status_code == LOCKED
        assert is_locked(client)

    def test_recovery_code_needs_the_password_and_is_not_used_up_without(self, client, person):
        code = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
        assert "type your password too" in errors_of(unlock(client, code=code))
        assert "not your password" in errors_of(unlock(client, code=code, password="not this one at all"))
        assert unlock(client, code=code, password=PASSWORD)["Location"] == "/admin/"
        assert code not in person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()

    def test_wrong_password_uses_no_code_up(self, client, person):
        code = code_of(person)
        assert unlock(client, code=code, password="not this one at all").status_code == LOCKED
        assert unlock(client, code=code).status_code == 302

    def test_code_of_another_opens_nothing(self, client, cast):
        TOTP.activate(cast.head, generate_totp_secret())
        assert unlock(client, code=code_of(cast.head)).status_code == LOCKED

    def test_tries_are_counted(self, client, person):
        for _ in range(11):
            unlock(client, code="000000")
        assert "too many tries" in errors_of(unlock(client, code=code_of(person)))
        assert is_locked(client)

    def test_script_hears_when_it_is_locked_next(self, client, person):
        headers = {"Accept": "application/json"}
        wrong = client.post("/account/unlock/", {"code": "000000"}, headers=headers)
        assert (wrong.status_code, "not right" in wrong.json()["wrong"]) == (400, True)
        told = client.post("/account/unlock/", {"code": code_of(person)}, headers=headers).json()
        assert (told["locked"], told["seconds"]) == (False, 20 * 60)

    def test_who_has_no_app_gives_password_and_recovery_code(self, client, person):
        code = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
        Authenticator.objects.filter(user=person, type="totp").delete()
        Authenticator.objects.create(user=person, type="webauthn", data={"credential": {}})
        assert ask(client).json()["ways"] == {"passkey": True, "password": True, "code": True}
        assert unlock(client, code=code).status_code == LOCKED
        assert unlock(client, code=code, password=PASSWORD).status_code == 302

    def test_leads_to_no_other_host(self, client, person):
        assert unlock(client, code=code_of(person), next="https://elsewhere.example/")["Location"] == "/admin/"

    def test_after_the_day_it_asks_for_all_that_signing_in_asks(self, client, clock, person):
        clock.shift(timedelta(hours=8))
        assert ask(client).json()["ways"] == {"passkey": False, "password": True, "code": True}
        assert unlock(client, code=code_of(person)).status_code == LOCKED
        assert unlock(client, password=PASSWORD).status_code == LOCKED
        assert unlock(client, password=PASSWORD, code=code_of(person, steps=1)).status_code == 302
        clock.shift(timedelta(minutes=19))
        assert not is_locked(client)

    def test_own_device_asks_for_the_password_as_at_signing_in(self, clock, person):
        client = Client()
        enter(client, person, trust="on", steps=1)
        clock.shift(timedelta(hours=13))
        assert ask(client).json()["ways"] == {"passkey": False, "password": True, "code": False}
        assert unlock(client, password="not this one at all").status_code == LOCKED
        assert unlock(client, password=PASSWORD).status_code == 302
        clock.shift(timedelta(hours=1))
        assert not is_locked(client)

    def test_page_of_one_person_can_tell_that_another_is_signed_in_now(self, client, clock, cast, client_for):
        other = client_for(cast.head)
        assert ask(client).json()["whose"] != ask(other).json()["whose"]


class TestTyped:
    @pytest.fixture
    def client(self, client, clock):
        clock.shift(timedelta(minutes=21))
        return client

    def send_and_open(self, client, person, form):
        page = BeautifulSoup(client.post(CREATE, form).content, "html.parser")
        return unlock(client, code=code_of(person), next=page.find("input", {"name": "next"})["value"])["Location"]

    def test_comes_back_after_unlocking_and_can_be_sent(self, client, person, role_form):
        kept = self.send_and_open(client, person, role_form)
        page = BeautifulSoup(client.get(kept).content, "html.parser")
        assert page.find("textarea", {"name": "reason"}).text.strip() == TYPED
        form = page.find("form", {"action": CREATE})
        again = {one["name"]: one.get("value") or one.text.strip() for one in form.select("input, textarea")}
        assert again | {"reason": TYPED} == role_form | {"csrfmiddlewaretoken": again["csrfmiddlewaretoken"]}

    def test_lies_sealed_in_the_database_and_in_no_page(self, client, role_form):
        assert TYPED not in client.post(CREATE, role_form).content.decode()
        assert all(TYPED not in row.session_data for row in Session.objects.all())

    def test_opens_to_nobody_else(self, client, person, role_form, client_for, cast):
        kept = self.send_and_open(client, person, role_form)
        other = client_for(cast.head)
        assert TYPED not in other.get(kept, follow=True).content.decode()
        client.post("/sign-out/")
        assert TYPED not in client.get(kept, follow=True).content.decode()

    def test_is_forgotten_after_an_hour(self, client, person, role_form, clock):
        kept = self.send_and_open(client, person, role_form)
        for _ in range(7):
            clock.shift(timedelta(minutes=10))
            client.get("/account/")
        assert TYPED not in client.get(kept, follow=True).content.decode()
        assert client.session["kept_forms"] == []

    def test_of_a_form_with_a_password_nothing_is_kept(self, client):
        client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "a b", "password2": "a b"})
        assert not client.session.get("kept_forms")

    def test_of_a_form_from_elsewhere_nothing_is_kept(self, client, role_form):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        assert strict.post(CREATE, role_form).status_code == 403
        assert not client.session.get("kept_forms")

    def test_no_more_than_three_forms_are_kept(self, client, role_form):
        for _ in range(5):
            client.post(CREATE, role_form)
        assert len(client.session["kept_forms"]) == 3


def test_visitor_has_nothing_to_unlock(client, db):
    for path in ("/account/here/", "/account/unlock/", "/account/kept/00000000-0000-4000-8000-000000000000/"):
        for response in (Client().get(path), Client().post(path)):
            assert urlsplit(response["Location"]).path == "/sign-in/"
