"""A forgotten password: the same answer for everybody, and a link that works once, for an hour, and is no way round."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from allyance_site.people.models import User

from .conftest import PASSWORD, STEP, enter, is_signed_in, send_password

NEW = "nine slow rivers under stone"


def ask(client, email="priya@school.example", **more):
    return client.post("/sign-in/forgotten/", {"email": email}, **more)


def link_in(mails) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/sign-in/new-password/\S+)", mails[-1].body)[1]


def follow(client, link, password=NEW):
    """Open the link and send the form; True when there was one."""
    response = client.get(link)
    if response.status_code != 302:
        return False
    return client.post(response["Location"], {"password1": password, "password2": password}).status_code == 302


@pytest.fixture
def link(client, person, sent):
    ask(client)
    return link_in(sent())


def test_known_and_unknown_are_answered_alike(client, person, sent):
    known, unknown = ask(client), ask(client, "nobody@school.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert client.get(known["Location"]).status_code == 200
    assert [mail.to for mail in sent()] == [[person.email]]


def test_answer_does_not_wait_for_the_mail(client, person, monkeypatch, sent):
    """So that it takes no longer for an address that is known."""
    taken = []
    monkeypatch.setattr("allyance_site.people.mail._send", taken.append)
    assert ask(client).status_code == 302
    assert sent() == []
    assert [mail.to for mail in taken] == [[person.email]]


def test_mail_server_that_is_away_changes_no_answer(client, person, settings, sent):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ask(client).status_code == 302
    sent()
    assert ask(client, "nobody@school.example").status_code == 302


def test_link_sets_the_password_and_the_second_step_is_still_asked(client, person, link):
    assert follow(client, link)
    assert not is_signed_in(client)
    assert send_password(client, person.email, NEW)["Location"] == STEP
    assert not is_signed_in(client)


def test_new_password_ends_old_sessions(client, person, sent):
    open_somewhere = Client()
    enter(open_somewhere, person)
    ask(client)
    assert follow(client, link_in(sent()))
    assert open_somewhere.get("/account/").status_code == 302


def test_link_works_once(client, person, link):
    assert follow(client, link)
    assert not follow(Client(), link)


def test_link_works_for_an_hour(client, person, link):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=3660), tick=True):
        assert not follow(client, link)


def test_link_is_dead_after_the_password_was_changed(client, person, link):
    person.set_password("another one meanwhile, yes")
    person.save()
    assert not follow(client, link)


def test_link_of_one_person_is_not_anothers(client, person, newcomer, link):
    uid, _, rest = link.rpartition("/sign-in/new-password/")[2].partition("-")
    assert not follow(client, f"/sign-in/new-password/{newcomer.pk}-{rest}")
    assert uid


def test_link_leads_to_ourselves_whatever_a_request_calls_us(client, person, sent):
    assert ask(client, HTTP_HOST="evil.example").status_code == 400
    ask(client, HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil" not in sent()[-1].body
    assert link_in(sent())


def test_whoever_was_never_let_in_gets_no_link(client, db, sent):
    User.objects.create_user("new@school.example", None, first_name="A", last_name="B")
    gone = User.objects.create_user("gone@school.example", PASSWORD, first_name="A", last_name="B", is_active=False)
    assert ask(client, "new@school.example").status_code == ask(client, gone.email).status_code == 302
    assert sent() == []


def test_asking_again_and_again_waits(client, person, sent):
    for _ in range(3):
        ask(client)
    assert ask(client).status_code == 429
    assert len(sent()) == 3


def test_link_that_is_over_says_what_to_do(client, db):
    assert "Send me a new link" in client.get("/sign-in/new-password/1-abc-def/").content.decode()
