"""The outbox: each message sent once, or shown as unknown; and no mail says more than a reference."""

import re
import smtplib
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from casework import outbox
from casework.models import OutboxMessage
from tests.casework.together import together
from tests.factories import UserFactory

State = OutboxMessage.State


@pytest.fixture
def person(db):
    return UserFactory(first_name="Ottoline", last_name="Vane")


@pytest.fixture
def message(person):
    return outbox.put("referral_sent", to=person, reference="R26-118")


class Server(EmailBackend):
    """A mail server that fails as it is told."""

    fails_with: Exception | None = None
    sends_first = False

    def send_messages(self, messages):
        if self.sends_first or self.fails_with is None:
            super().send_messages(messages)
        if self.fails_with is not None:
            raise self.fails_with
        return len(messages)


@pytest.fixture
def server(settings, monkeypatch):
    """Gives a way to make the server fail, before or after it took the mail."""
    settings.EMAIL_BACKEND = f"{__name__}.Server"

    def fail(error, *, after_taking=False):
        monkeypatch.setattr(Server, "fails_with", error)
        monkeypatch.setattr(Server, "sends_first", after_taking)

    return fail


def now(message):
    return OutboxMessage.objects.get(pk=message.pk)


def later(**gone):
    return time_machine.travel(timezone.now() + timedelta(**gone))


def test_put_in_a_transaction_that_is_given_up_is_never_sent(person):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.put("referral_sent", to=person)
        _ = 1 / 0

    assert outbox.send_due() == 0
    assert mail.outbox == []


def test_put_of_an_unknown_kind(person):
    with pytest.raises(KeyError):
        outbox.put("gossip", to=person)

    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("kind", sorted(outbox.SUBJECTS))
def test_a_mail_says_that_something_waits_and_nothing_else(kind, person, settings):
    message = outbox.put(kind, to=person, reference="R26-118")

    assert outbox.send_due() == 1

    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert sent.subject == outbox.SUBJECTS[kind]
    assert "R26-118" in sent.body and "R26-118" not in sent.subject
    assert settings.WAGTAILADMIN_BASE_URL in sent.body
    assert not re.search("Ottoline|Vane", sent.subject + sent.body)
    assert sent.extra_headers["Message-ID"] == f"<{message.uuid}@allyance.example>"
    assert (now(message).state, now(message).sent_at is not None) == (State.SENT, True)


def test_a_mail_without_a_reference(person):
    outbox.put("role_given", to=person)
    outbox.send_due()

    assert mail.outbox[0].body.startswith("You have a new role.\n")


def test_send_due_sends_each_once(message):
    assert [outbox.send_due(), outbox.send_due()] == [1, 0]
    assert len(mail.outbox) == 1


def test_send_due_takes_no_more_than_asked(person):
    for _ in range(3):
        outbox.put("role_given", to=person)

    assert [outbox.send_due(limit=2), outbox.send_due(limit=2)] == [2, 1]


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), SMTPRecipientsRefused({}), smtplib.SMTPConnectError(421, "")]
)
def test_a_refusal_before_anything_was_handed_over_is_tried_again_later(error, server, message, caplog):
    server(error)
    assert outbox.send_due() == 0
    waiting = now(message)
    assert (waiting.state, waiting.attempts) == (State.WAITING, 1)
    assert waiting.due_at > timezone.now()
    assert message.to.email not in caplog.text

    server(None)
    assert outbox.send_due() == 0
    with later(minutes=2):
        assert outbox.send_due() == 1
    assert len(mail.outbox) == 1


def test_a_server_that_never_takes_it_is_given_up(server, message):
    server(ConnectionRefusedError())
    for hours in range(1, outbox.MOST_ATTEMPTS + 3):
        with later(hours=2 * hours):
            outbox.send_due()

    assert (now(message).state, now(message).attempts) == (State.FAILED, outbox.MOST_ATTEMPTS)
    assert mail.outbox == []


@pytest.mark.parametrize("error", [SMTPServerDisconnected(), TimeoutError()])
@pytest.mark.parametrize("after_taking", [True, False])
def test_a_broken_conversation_leaves_its_fate_unknown_and_is_never_sent_again(error, after_taking, server, message):
    server(error, after_taking=after_taking)
    assert outbox.send_due() == 0
    server(None)
    with later(days=1):
        assert outbox.send_due() == 0

    assert now(message).state == State.UNKNOWN
    assert len(mail.outbox) == after_taking


def test_at_least_once_is_sent_again_under_one_message_id(server, person):
    message = outbox.put("role_given", to=person, at_least_once=True)
    server(SMTPServerDisconnected(), after_taking=True)
    outbox.send_due()
    server(None)
    with later(minutes=2):
        assert outbox.send_due() == 1

    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [f"<{message.uuid}@allyance.example>"] * 2
    assert now(message).state == State.SENT


def test_at_least_once_is_never_given_up(server, person):
    message = outbox.put("role_given", to=person, at_least_once=True)
    server(ConnectionRefusedError())
    for hours in range(1, outbox.MOST_ATTEMPTS + 3):
        with later(hours=2 * hours):
            outbox.send_due()

    assert now(message).state == State.WAITING


class Killed(BaseException):
    """The worker's process ends here."""


@pytest.mark.parametrize(("at_least_once", "state", "mails"), [(False, State.UNKNOWN, 1), (True, State.SENT, 2)])
def test_a_worker_that_is_killed_while_sending(at_least_once, state, mails, server, person):
    """Nobody knows what the server made of it: sent again where that is allowed, else shown as unknown."""
    message = outbox.put("role_given", to=person, at_least_once=at_least_once)
    server(Killed(), after_taking=True)
    with pytest.raises(Killed):
        outbox.send_due()
    server(None)

    assert outbox.send_due() == 0
    assert now(message).state == State.SENDING
    with later(minutes=11):
        outbox.send_due()

    assert now(message).state == state
    assert len(mail.outbox) == mails


def test_one_message_does_not_hold_up_the_others(server, person, monkeypatch):
    """A refused one waits; the next in the queue goes out."""
    refused, sent = outbox.put("role_given", to=person), outbox.put("role_given", to=UserFactory())
    real = Server.send_messages

    def choosy(self, messages):
        if messages[0].to == [person.email]:
            raise SMTPRecipientsRefused({})
        return real(self, messages)

    monkeypatch.setattr(Server, "send_messages", choosy)

    assert outbox.send_due() == 1
    assert (now(refused).state, now(sent).state) == (State.WAITING, State.SENT)


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_once(person):
    for _ in range(6):
        outbox.put("role_given", to=person)

    assert sum(together(*[outbox.send_due] * 3)) == 6

    assert len(mail.outbox) == 6
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 6
