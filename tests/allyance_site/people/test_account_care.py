"""A technical administrator helps with accounts: sees how they stand and nothing else, and never gets in by it."""

import pytest
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from allyance_site.people import account_care
from allyance_site.people.models import User
from casework.access.rules import TECHNICAL_ADMINISTRATORS
from casework.models import AuditEvent

from .conftest import PASSWORD, STEP, code_of, enter, is_signed_in, send_password

ACCOUNTS = "/admin/accounts/"
NOT_TECHNICAL = ["coordinator", "supervisor", "therapist", "head", "sendco", "dsl", "tsl", "steering", "editor"]


@pytest.fixture
def technical(cast):
    Group.objects.get(name=TECHNICAL_ADMINISTRATORS).user_set.add(cast.technical)
    return cast.technical


@pytest.fixture
def office(technical, client_for):
    return client_for(technical)


def page_of(person):
    return f"{ACCOUNTS}{person.uuid}/"


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


@pytest.fixture
def ask(office, django_capture_on_commit_callbacks):
    """Asks for one of the three on somebody's page."""

    def post(person, what, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return office.post(page_of(person), {"what": what, **more})

    return post


def verbs(person):
    events = AuditEvent.objects.filter(subject=person.uuid).exclude(verb__in=["opened", "signed in", "signed out"])
    return list(events.order_by("pk").values_list("verb", "actor"))


# --- Who, and what is seen


@pytest.mark.parametrize("who", NOT_TECHNICAL)
def test_nobody_else_finds_the_pages(cast, client_for, who):
    client = client_for(getattr(cast, who))
    assert client.get(ACCOUNTS).status_code == client.get(page_of(cast.dsl)).status_code == 404
    assert client.post(page_of(cast.dsl), {"what": "sign_out"}).status_code == 404
    assert User.objects.get(pk=cast.dsl.pk).signed_out_at is None


@pytest.mark.parametrize("act", [account_care.sign_out, account_care.take_second_step_off])
@pytest.mark.parametrize("who", NOT_TECHNICAL)
def test_nobody_else_does_it(cast, act, who):
    with pytest.raises(PermissionDenied):
        act(cast.dsl, by=getattr(cast, who))


def test_list_says_how_each_account_stands_and_nothing_of_what_somebody_does(cast, person, newcomer, office):
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert "Ended" in text_of(office.get(ACCOUNTS, {"q": newcomer.email}))
    found = text_of(office.get(ACCOUNTS, {"q": person.email}))
    assert person.email in found and "Second step set up" in found
    for page in (text_of(office.get(page_of(cast.head))), text_of(office.get(ACCOUNTS))):
        assert cast.head.email in page and "Second step not set up" in page
        assert not [word for word in ("Headteacher", cast.school.name, cast.service.name) if word in page]


def test_list_is_searched_and_is_on_record(cast, technical, office):
    page = text_of(office.get(ACCOUNTS, {"q": "hartwell"}))
    assert "Joanna Hartwell" in page and "Leila Garside" not in page
    event = AuditEvent.objects.get(verb="listed")
    assert (event.actor, event.detail) == (technical, {"rows": 1, "search": True})
    assert "hartwell" not in str(event.detail)


def test_it_opens_no_casework(office):
    assert office.get("/admin/referrals/").status_code == office.get("/admin/people/").status_code == 404


# --- Helping


def test_signing_out_ends_every_session_and_tells(cast, person, technical, ask, sent):
    there = Client()
    enter(there, person)
    ask(person, "sign_out")
    assert there.get("/account/")["Location"].startswith("/sign-in/")
    assert [mail.to for mail in sent()] == [[person.email]]
    assert verbs(person) == [("signed out everywhere", technical.pk)]


def test_taking_the_second_step_off_leaves_the_invitation_alone(cast, person, technical, ask, sent):
    SocialAccount.objects.create(user=person, provider="one", uid="1")
    there = Client()
    enter(there, person)
    assert ask(person, "second_step", sure="on").status_code == 302
    assert there.get("/account/")["Location"].startswith("/sign-in/")
    anew = Client()
    send_password(anew, person.email, PASSWORD)
    assert not is_signed_in(anew)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not person.authenticator_set.exists() and not SocialAccount.objects.exists()
    assert person.invitations.open().count() == 1
    assert {tuple(mail.to) for mail in sent()} == {(person.email,)} and len(sent()) == 2
    assert ("took second step off", technical.pk) in verbs(person)


def test_it_is_not_taken_off_by_a_slip(person, ask):
    ask(person, "second_step")
    person.refresh_from_db()
    assert person.has_usable_password() and person.authenticator_set.exists()


def test_ending_the_pause_lets_the_right_password_and_code_in_again(person, technical, ask):
    client = Client()
    for _ in range(10):
        send_password(client, person.email, "a guess")
    send_password(client, person.email)
    assert client.get(STEP).status_code == 302
    ask(person, "end_pause")
    send_password(client, person.email)
    for _ in range(10):
        client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": code_of(person)})
    assert not is_signed_in(client)
    ask(person, "end_pause")
    client.post(STEP, {"code": code_of(person)})
    assert is_signed_in(client)
    assert verbs(person).count(("ended pause", technical.pk)) == 2


@pytest.mark.parametrize("what", ["sign_out", "end_pause", "second_step"])
def test_nothing_is_done_to_oneself_or_to_an_account_that_ended(technical, newcomer, ask, what):
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    for person in (technical, newcomer):
        assert ask(person, what, sure="on").status_code == 404
        assert User.objects.get(pk=person.pk).signed_out_at is None
        assert verbs(person) == []


def test_what_is_not_offered_is_not_there(person, ask):
    assert ask(person, "change_email").status_code == 404


def test_it_asks_again_first(office, person):
    session = office.session
    session["account_authentication_methods"] = [
        record | {"at": 0} for record in session["account_authentication_methods"]
    ]
    session.save()
    answer = office.post(page_of(person), {"what": "sign_out"})
    assert (answer.status_code == 302 and "/account/again" in answer["Location"]) or answer.status_code == 403
    assert User.objects.get(pk=person.pk).signed_out_at is None


def test_all_of_it_or_nothing(person, technical, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError

    monkeypatch.setattr(account_care.invitations, "send", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        account_care.take_second_step_off(person, by=technical)
    assert User.objects.get(pk=person.pk).authenticator_set.exists()
