"""Writing to the service: without a cookie, once, sealed, read by its coordinator alone, and gone after 90 days."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.utils import timezone

from casework.models import DataKey, OutboxMessage
from cms import contact, groups, messages
from cms.models import ContactMessage
from tests.drills.processes import free_port

ADDRESS = "/write-to-us/"
OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
WORDS = {"name": "Ida Farrow", "who": "family", "reply_to": "ida@example.org", "message": "Zqwhen may I ring you?"}


@pytest.fixture(autouse=True)
def nobody_has_tried_before(db):
    caches["tries"].clear()


@pytest.fixture
def letter(client, site):
    """A form of a page that was opened a minute ago."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        page = BeautifulSoup(client.get("/contact/").content, "html.parser")
    return WORDS | {"key": page.find("input", attrs={"name": "key"})["value"]}


def send(client, letter, headers=OURS):
    return client.post(ADDRESS, letter, headers=headers)


@pytest.fixture
def coordinated(cast, site, cluster_site):
    """Each site is one service's: its coordinator edits it."""
    for service, place in ((cast.service, site), (cast.other_service, cluster_site)):
        service.editors = groups.editors_of(place)
        service.save()
    cast.coordinator.groups.add(cast.service.editors)
    return cast


def test_form_asks_for_no_child_and_sets_no_cookie(client, site):
    answer = client.get("/contact/")
    form = BeautifulSoup(answer.content, "html.parser").find("form", class_="contact-form")
    assert {field["name"] for field in form.find_all(["input", "textarea", "select"])} == {*WORDS, "key", "website"}
    assert "Please do not write about a child by name here." in form.get_text()
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"


def test_message_is_kept_sealed_and_thanked_for(client, letter, site):
    answer = send(client, letter)
    assert "We answer within five school days." in answer.content.decode()
    assert not answer.cookies
    kept = ContactMessage.objects.get()
    assert kept.site == site
    assert "Zqwhen" not in kept.sealed and "Farrow" not in str(vars(kept))
    assert messages.words_of(kept) == WORDS


def test_message_that_is_sent_twice_is_kept_once(client, letter):
    assert [send(client, letter).status_code for _ in range(2)] == [200, 200]
    assert ContactMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "changed", "said"),
    [
        ({"origin": "https://elsewhere.example"}, {}, "Please press the button on this page itself."),
        ({}, {}, "Please press the button on this page itself."),
        (OURS | {"sec-fetch-site": "cross-site"}, {}, "Please press the button on this page itself."),
        (OURS, {"key": ""}, "This page was open for a long time."),
        (OURS, {"key": "forged"}, "This page was open for a long time."),
        (OURS, {"website": "https://spam.example"}, "A box that people do not see was filled in."),
        (OURS, {"message": ""}, "Write your message."),
        (OURS, {"who": "somebody"}, "Select a valid choice."),
    ],
)
def test_refusal_says_why_and_keeps_every_word(client, letter, headers, changed, said):
    answer = send(client, letter | changed, headers)
    page = BeautifulSoup(answer.content, "html.parser")
    assert said in page.get_text()
    assert page.find("input", attrs={"name": "name"})["value"] == "Ida Farrow"
    assert page.title.string.startswith("Error:")
    assert not ContactMessage.objects.exists()


def test_form_that_is_sent_at_once_is_looked_at_again(client, site):
    answer = send(client, WORDS | {"key": contact.new_key()})
    assert "That was very quick." in answer.content.decode()


def test_form_of_yesterday_is_sent_once_more(client, letter):
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert "open for a long time" in send(client, letter).content.decode()


def test_twenty_an_hour_come_from_one_address(client, letter, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"contact": "2/h/ip"}
    assert [send(client, letter).status_code for _ in range(3)] == [200, 200, 429]


def test_nothing_is_taken_while_tries_cannot_be_counted_and_no_word_is_lost(client, letter, settings):
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"redis://127.0.0.1:{free_port()}"}
    settings.CACHES = settings.CACHES | {"tries": away}
    answer = send(client, letter)
    assert answer.status_code == 503
    assert WORDS["message"] in answer.content.decode()
    assert not ContactMessage.objects.exists()


def test_site_without_a_contact_page_takes_no_message(client, letter, site):
    site.root_page.get_children().get(slug="contact").delete()
    assert send(client, letter).status_code == 404


def test_only_the_services_own_coordinator_reads_it(client, client_for, letter, coordinated):
    cast = coordinated
    send(client, letter)
    address = f"/admin/messages/{ContactMessage.objects.get().uuid}/"
    assert "Zqwhen" in client_for(cast.coordinator).get(address).content.decode()
    others = {name: person for name, person in cast.people().items() if person != cast.coordinator}
    for name, person in others.items():
        assert client_for(person).get(address).status_code == 404, name
    assert client_for(cast.coordinator).get(f"/admin/messages/{uuid4()}/").status_code == 404


def test_message_is_shown_as_text(client, client_for, letter, coordinated):
    send(client, letter | {"message": "<script>alert(1)</script>", "name": "<b>Ida"})
    shown = client_for(coordinated.coordinator).get(f"/admin/messages/{ContactMessage.objects.get().uuid}/")
    assert "&lt;script&gt;" in shown.content.decode() and "&lt;b&gt;Ida" in shown.content.decode()
    assert "<script>alert" not in shown.content.decode()


def test_list_holds_no_words_and_reading_is_on_record(client, client_for, letter, coordinated):
    send(client, letter)
    reader, kept = client_for(coordinated.coordinator), ContactMessage.objects.get()
    listed = reader.get("/admin/messages/").content.decode()
    assert str(kept.uuid) in listed and "Zqwhen" not in listed
    assert reader.post(f"/admin/messages/{kept.uuid}/").status_code == 302
    reader.get(f"/admin/messages/{kept.uuid}/")
    assert [entry.action for entry in messages_log()] == ["cms.message.opened", "cms.message.answered"]
    kept.refresh_from_db()
    assert kept.answered_at


def messages_log():
    from wagtail.models import ModelLogEntry

    return ModelLogEntry.objects.filter(content_type__model="contactmessage").order_by("-timestamp")


def test_coordinator_is_told_without_a_word_of_it(client, letter, coordinated):
    send(client, letter)
    told = OutboxMessage.objects.get(kind="website_message")
    assert (told.to, told.reference) == (coordinated.coordinator, "")


def test_message_is_gone_after_90_days_and_so_is_its_key(client, letter):
    send(client, letter)
    kept = ContactMessage.objects.get()
    with time_machine.travel(kept.sent_at + timedelta(days=89)):
        assert messages.forget_old() == 0
    with time_machine.travel(kept.sent_at + timedelta(days=90, seconds=1)):
        assert messages.forget_old() == 1
    assert DataKey.objects.get(uuid=kept.key).destroyed_at
    assert messages.words_of(kept) == {}


def test_flood_fills_no_letter_box_and_hides_no_message(client_for, site, coordinated, monkeypatch):
    monkeypatch.setattr(messages, "MAILS_AN_HOUR", 2)
    monkeypatch.setattr("cms.message_pages.AT_ONCE", 2)
    for _ in range(4):
        messages.keep(WORDS, site=site, uuid=uuid4())

    assert OutboxMessage.objects.count() == 2
    assert "Older messages" in client_for(coordinated.coordinator).get("/admin/messages/").content.decode()
