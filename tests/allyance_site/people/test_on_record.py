"""What happens at the door is on record, with the account's UUID and nothing that somebody typed."""

import json

import pytest
from django.db import DatabaseError
from django.urls import reverse

from allyance_site.people import invitations
from casework.access import door, rules
from casework.audit import verifier
from casework.models import AuditEvent
from tests.cast import Cast

from .conftest import PASSWORD, STEP, enter, is_signed_in, send_password
from .test_own_account import set_app_up

pytestmark = pytest.mark.django_db


def happened() -> list[tuple[str, object, object]]:
    """What, by whom, to which account."""
    return [(event.verb, event.actor, event.subject) for event in AuditEvent.objects.order_by("pk")]


def details() -> list[dict]:
    return [event.detail for event in AuditEvent.objects.order_by("pk") if event.detail]


def test_signing_in_and_out(client, person):
    enter(client, person)
    client.post(reverse("account_logout"))

    assert happened() == [
        ("signed in", person, person.uuid),
        ("signed out", person, person.uuid),
    ]


def test_a_password_alone_has_not_signed_in(client, person):
    send_password(client, person.email)

    assert happened() == []


def test_failing_to_sign_in_names_the_account_and_nobody_who_did_it(client, person):
    send_password(client, person.email, "a guess of somebody's")
    send_password(client, "nobody@school.example", "a guess of somebody's")

    assert happened() == [("failed to sign in", None, person.uuid), ("failed to sign in", None, None)]


@pytest.mark.parametrize("code", ["000000", "0000 0000"], ids=["of an app", "recovery code"])
def test_a_wrong_code_names_the_account_and_nobody_who_did_it(client, person, code):
    send_password(client, person.email)
    client.post(STEP, {"code": code})

    assert happened() == [("failed second step", None, person.uuid)]


def test_a_code_that_was_used_is_a_wrong_one(client, person):
    enter(client, person)
    client.post(reverse("account_logout"))
    enter(client, person)

    assert [verb for verb, _, _ in happened()] == ["signed in", "signed out", "failed second step"]


def test_a_try_that_is_not_looked_at_is_not_on_record(client, person):
    send_password(client, person.email)
    for _ in range(12):
        client.post(STEP, {"code": "000000"})

    assert [verb for verb, _, _ in happened()] == ["failed second step"] * 10


@pytest.mark.django_db(transaction=True)
def test_what_changes_how_one_signs_in(client, person):
    enter(client, person)
    new = "nine red boats in harbour"
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/account/again/", {"password": new})
    client.post("/account/codes/new/")
    client.post("/account/sign-out-everywhere/")

    verbs = [verb for verb, _, _ in happened()]
    assert verbs == ["signed in", "changed password", "renewed second step", "signed out everywhere", "signed out"]


@pytest.mark.django_db(transaction=True)
def test_setting_up_a_second_step(client, newcomer):
    send_password(client, newcomer.email)
    set_app_up(client)

    assert {detail["kind"] for detail in details()} == {"totp", "recovery_codes"}


def test_invitations(cast):
    person = invitations.invite(email="ada@school.example", first_name="Ada", last_name="Fern", by=cast.coordinator)
    invitations.revoke(person, by=cast.coordinator)

    assert happened() == [
        ("invited", cast.coordinator, person.user.uuid),
        ("took invitation back", cast.coordinator, person.user.uuid),
    ]


def test_nothing_typed_is_on_record(client, person):
    send_password(client, "a secret where the address goes", PASSWORD)
    enter(client, person)

    kept = json.dumps(list(AuditEvent.objects.values("verb", "subject_type", "detail")))
    assert "secret" not in kept
    assert person.email not in kept
    assert verifier.verify() == []


def test_nobody_signs_in_off_the_record(client, person, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("no room")

    monkeypatch.setattr(door.audit, "record", broken)
    client.raise_request_exception = False
    answer = enter(client, person)

    assert answer.status_code == 500
    assert not is_signed_in(client)


def test_no_role_reads_it(cast: Cast):
    door.happened("signed in", account=cast.head, by=cast.head)
    people = [person for person in vars(cast).values() if hasattr(person, "is_active") and hasattr(person, "email")]
    assert people
    for person in people:
        assert not rules.visible_events(person).filter(verb="signed in").exists()
