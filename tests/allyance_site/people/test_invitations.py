"""Invitations: who makes them, and a link that lets one person in, once, and nobody after fourteen days."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from allyance_site.people import invitations
from allyance_site.people.models import Invitation, User
from tests.signed_in import sign_in

from .conftest import is_signed_in, send_password

PASSWORD = "nine slow rivers under stone"
ADDRESS = "new.head@school.example"
OVER = "This invitation does not work any more"


def invite(by, email=ADDRESS):
    return invitations.invite(email=email, first_name="Ada", last_name="Fern", by=by)


def link_in(mails) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", mails[-1].body)[1]


def follow(client, link):
    return client.get(client.get(link)["Location"])


def accept(client, link, password=PASSWORD, again=None):
    return client.post(client.get(link)["Location"], {"password": password, "again": again or password})


@pytest.fixture
def link(cast, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invite(cast.coordinator)
    return link_in(sent())


def test_coordinator_makes_an_account_that_nobody_can_sign_in_to_yet(cast, link, sent):
    person = User.objects.get(email=ADDRESS)
    assert (person.first_name, person.last_name) == ("Ada", "Fern")
    assert not person.has_usable_password()
    assert person.invitations.get().made_by == cast.coordinator
    assert [mail.to for mail in sent()] == [[ADDRESS]]
    assert "Ada" not in sent()[-1].body + sent()[-1].subject


@pytest.mark.parametrize(
    "who", ["therapist", "head", "sendco", "dsl", "supervisor", "tsl", "steering", "editor", "technical"]
)
def test_nobody_else_invites(cast, who):
    with pytest.raises(PermissionDenied):
        invite(getattr(cast, who))
    assert not User.objects.filter(email=ADDRESS).exists()


def test_link_sets_the_password_and_leads_to_the_second_step(client, link):
    assert "Welcome, Ada" in follow(client, link).content.decode()
    assert accept(client, link)["Location"] == "/account/"
    assert is_signed_in(client)
    assert "Set up your second step" in client.get("/account/").content.decode()
    assert client.get("/admin/").status_code in (302, 404)
    assert send_password(Client(), ADDRESS, PASSWORD)["Location"] == "/admin/"


def test_token_is_neither_kept_nor_in_the_address_of_the_form(client, link):
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))
    assert token not in client.get(link)["Location"]
    assert token not in follow(client, link).content.decode()


def test_link_works_once(client, link):
    accept(client, link)
    response = follow(Client(), link)
    assert response.status_code == 410
    assert OVER in response.content.decode()
    assert accept(Client(), link, "something else altogether").status_code == 410
    assert User.objects.get(email=ADDRESS).check_password(PASSWORD)


def test_link_works_for_fourteen_days(client, link):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=13, hours=23), tick=True):
        assert follow(client, link).status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(days=14, seconds=1), tick=True):
        assert OVER in follow(client, link).content.decode()
        assert accept(client, link).status_code == 410


def test_link_is_dead_once_it_was_revoked(cast, client, link):
    invitations.revoke(Invitation.objects.get(), by=cast.coordinator)
    assert OVER in follow(client, link).content.decode()


@pytest.mark.parametrize("who", ["head", "supervisor", "technical", "hidden_head"])
def test_nobody_else_revokes(cast, client, link, who):
    with pytest.raises(PermissionDenied):
        invitations.revoke(Invitation.objects.get(), by=getattr(cast, who))
    assert follow(client, link).status_code == 200


def test_link_is_dead_once_its_person_has_left(client, link):
    User.objects.filter(email=ADDRESS).update(is_active=False)
    assert OVER in follow(client, link).content.decode()


def test_newer_link_ends_the_earlier_one(cast, client, link, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invite(cast.coordinator, ADDRESS.upper())
    assert User.objects.filter(email__iexact=ADDRESS).count() == 1
    assert OVER in follow(client, link).content.decode()
    assert follow(client, link_in(sent())).status_code == 200


def test_account_that_is_set_up_is_not_invited(cast):
    with pytest.raises(ValidationError):
        invite(cast.coordinator, cast.head.email)


@pytest.mark.parametrize("token", ["here", "x", "0" * 43])
def test_unknown_token_reads_like_one_that_is_over(client, db, token):
    response = client.get(f"/invitation/{token}/", follow=True)
    assert response.status_code == 410
    assert OVER in response.content.decode()


@pytest.mark.parametrize(
    ("password", "again"),
    [("too short", None), (PASSWORD, "another one altogether"), ("new.head@school.example", None)],
)
def test_password_that_is_refused_uses_nothing_up(client, link, password, again):
    assert accept(client, link, password, again).status_code == 200
    assert not is_signed_in(client)
    assert accept(client, link)["Location"] == "/account/"


def test_whoever_was_signed_in_there_is_signed_out(cast, client, link):
    sign_in(client, cast.therapist)
    accept(client, link)
    assert client.session["_auth_user_id"] == str(User.objects.get(email=ADDRESS).pk)
    assert "Set up your second step" in client.get("/account/").content.decode()


def test_second_invitation_takes_away_what_let_in_before(cast, client, sent, django_capture_on_commit_callbacks):
    cast.head.authenticator_set.create(type="webauthn", data={"name": "A lost one"})
    elsewhere = Client()
    sign_in(elsewhere, cast.head)
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite_again(cast.head, by=cast.coordinator)
    assert elsewhere.get("/account/").status_code == 200  # until it is used
    accept(client, link_in(sent()))
    assert ([cast.head.email], "an invitation was used" in sent()[-1].body) == (sent()[-1].to, True)
    assert not cast.head.authenticator_set.exists()
    assert elsewhere.get("/account/").status_code == 302


@pytest.mark.parametrize("who", ["therapist", "head", "sendco", "supervisor", "outsider"])
def test_nobody_but_their_coordinator_invites_again(cast, who):
    for person in (cast.head, getattr(cast, who)):
        with pytest.raises(PermissionDenied):
            invitations.invite_again(person, by=getattr(cast, who))


def test_coordinator_invites_again_whom_they_serve_and_not_themselves(cast):
    for who in ("head", "sendco", "therapist", "supervisor", "tsl", "steering"):
        assert invitations.invite_again(getattr(cast, who), by=cast.coordinator).user == getattr(cast, who)
    for person in (cast.coordinator, cast.outsider):
        with pytest.raises(PermissionDenied):
            invitations.invite_again(person, by=cast.coordinator)


def test_whoever_has_left_is_not_invited_again(cast):
    cast.head.is_active = False
    with pytest.raises(PermissionDenied):
        invitations.invite_again(cast.head, by=cast.coordinator)
