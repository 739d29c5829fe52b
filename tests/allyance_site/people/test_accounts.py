"""What casework asks of accounts: how they stand, and a closed one that is out at the next request, everywhere."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from allyance_site.people import accounts, invitations
from allyance_site.people.models import User
from casework.access.accounts import accounts as asked
from tests.factories import PlacementFactory

from .conftest import PASSWORD, enter, is_signed_in, send_password


def standing(person):
    found = accounts.with_standing(User.objects.filter(pk=person.pk)).get()
    return found.has_second_step, bool(found.invited_until)


def test_casework_asks_this_module():
    assert asked() is accounts
    assert accounts.__name__ == settings.CASEWORK_ACCOUNTS


def test_with_standing_knows_second_step_and_invitation(cast, person, newcomer):
    assert (standing(person), standing(newcomer)) == ((True, False), (False, False))
    invited = invitations.invite(email="a@school.example", first_name="Ada", last_name="Fern", by=cast.coordinator).user
    assert standing(invited) == (False, True)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15), tick=True):
        assert standing(invited) == (False, False)


def test_recovery_codes_alone_are_no_second_step(person):
    person.authenticator_set.filter(type="totp").delete()
    assert standing(person) == (False, False)


@pytest.fixture
def therapist(cast, person):
    """Somebody of the service with password and app, signed in where casework, library and account are open."""
    cast.therapist_practitioner.user = person
    cast.therapist_practitioner.save()
    PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.other_school)
    return person


PAGES = ["/admin/", "/admin/queue/", "/admin/referrals/", "/account/", "/documents/1/policy.pdf"]


def test_closed_account_is_out_at_the_next_request_everywhere(cast, therapist):
    here, there = Client(), Client()
    enter(here, therapist)
    enter(there, therapist, steps=1)
    assert here.get("/admin/queue/").status_code == there.get("/admin/queue/").status_code == 200
    assert accounts.sessions_of(therapist) == 2
    accounts.sign_out(therapist, by=cast.coordinator)
    accounts.close(therapist, by=cast.coordinator)
    for client in (here, there):
        answers = {page: client.get(page) for page in PAGES}
        assert all(one.status_code == 302 and "/sign-in/" in one["Location"] for one in answers.values()), answers
        assert client.post("/admin/queue/", {})["Location"].startswith("/sign-in/")
    assert accounts.sessions_of(therapist) == 0
    anew = Client()
    send_password(anew, therapist.email, PASSWORD)
    assert not is_signed_in(anew)


def test_session_from_before_is_not_good_again_when_the_account_is_opened(cast, therapist):
    client = Client()
    enter(client, therapist)
    accounts.sign_out(therapist, by=cast.coordinator)
    accounts.close(therapist, by=cast.coordinator)
    assert client.get("/admin/queue/").status_code == 302
    accounts.reopen(therapist, by=cast.coordinator)
    assert client.get("/admin/queue/")["Location"].startswith("/sign-in/")


def test_closing_takes_back_an_invitation_and_reopening_sends_one(cast, therapist, sent):
    invitations.invite_again(therapist, by=cast.coordinator)
    accounts.close(therapist, by=cast.coordinator)
    assert not therapist.invitations.filter(revoked_at=None, used_at=None).exists()
    accounts.reopen(therapist, by=cast.coordinator)
    assert therapist.invitations.open().count() == 1
    client = Client()
    send_password(client, therapist.email, PASSWORD)
    assert not is_signed_in(client)


@pytest.mark.parametrize("act", [accounts.sign_out, accounts.close, accounts.reopen, accounts.invite_again])
@pytest.mark.parametrize("who", ["supervisor", "head", "sendco", "technical", "outsider", "therapist"])
def test_nobody_but_their_coordinator_does_any_of_it(cast, therapist, act, who):
    by = therapist if who == "therapist" else getattr(cast, who)
    with pytest.raises(PermissionDenied):
        act(therapist, by=by)


@pytest.mark.parametrize("act", [accounts.sign_out, accounts.close, accounts.reopen, accounts.invite_again])
def test_nobody_does_it_to_themselves(cast, act):
    with pytest.raises(PermissionDenied):
        act(cast.coordinator, by=cast.coordinator)
