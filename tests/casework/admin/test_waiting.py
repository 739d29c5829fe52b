"""The day to look again, and what a family was sent: put down on a short form, shown on the case file."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import LookAgain, Referral, SentMeanwhile
from tests.casework.admin.sending import send, text_of
from tests.factories import ReferralFactory


@pytest.fixture
def case(cast):
    return ReferralFactory(accepted=True, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)


def address(name, case):
    return reverse(f"casework_{name}", args=[case.uuid])


def tab(case):
    return address("case", case) + "?tab=referral"


def test_the_day_to_look_again_is_set_with_its_reason_and_the_school_reads_both(cast, client_for, case):
    day = timezone.localdate() + timedelta(days=20)

    done = send(client_for(cast.coordinator), address("look_again", case), on=str(day), reason="Room in spring.")

    assert done.url == tab(case)
    assert Referral.objects.get(pk=case.pk).look_again_on == day
    page = text_of(client_for(cast.head).get(tab(case)))
    assert "Room in spring." in page and f"again on {day:%-d %B %Y}" in page
    assert address("look_again", case) not in page


@pytest.mark.parametrize(("typed", "words"), [({"on": "2020-01-01"}, "still to come"), ({"reason": ""}, "Say why")])
def test_what_is_wrong_is_said_and_nothing_is_lost(cast, client_for, case, typed, words):
    whole = {"on": "2999-01-01", "reason": "Room in spring."} | typed
    page = text_of(send(client_for(cast.coordinator), address("look_again", case), **whole))
    assert words in page
    assert not LookAgain.objects.exists()


@pytest.mark.parametrize("part", ["coordinator", "sendco"])
def test_what_the_family_was_sent_is_put_down_and_shown(cast, client_for, case, part):
    client = client_for(getattr(cast, part))
    assert address("sent", case) in text_of(client.get(tab(case)))

    send(client, address("sent", case), what="A leaflet", sent_on=str(timezone.localdate()), words="On sleep.")

    page = text_of(client_for(cast.supervisor).get(tab(case)))
    assert "A leaflet" in page and "On sleep." in page
    assert address("sent", case) not in page


def test_what_the_school_would_see_is_shown_before_it_is_saved(cast, client_for, case):
    client = client_for(cast.coordinator)
    typed = {"what": "A leaflet", "sent_on": str(timezone.localdate()), "words": "On sleep.", "see_as_school": "yes"}

    page = text_of(send(client, address("sent", case), **typed))

    assert page.count("On sleep.") == 2
    assert not SentMeanwhile.objects.exists()


@pytest.mark.parametrize("part", ["supervisor", "therapist", "other_head", "outsider", "dsl"])
@pytest.mark.parametrize("name", ["look_again", "sent"])
def test_the_forms_are_not_there_for_anybody_else(cast, client_for, case, part, name):
    client = client_for(getattr(cast, part))
    assert client.get(address(name, case)).status_code == 404
    assert client.post(address(name, case), {"form_key": str(uuid4()), "version": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("status", "title"),
    [("returned", "The question to the school"), ("declined", "The advice"), ("signposted", "Which")],
)
def test_the_school_reads_the_answer_first(cast, client_for, status, title):
    case = ReferralFactory(**{status: True}, school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)
    last = case.changes.last()
    last.note = "Tarnwick."
    last.save()

    page = text_of(client_for(cast.sendco).get(address("case", case)))

    assert page.index(title) < page.index("Tarnwick.") < page.index("What happened")
    assert (address("refer_change", case) in page) is (status == "returned")
