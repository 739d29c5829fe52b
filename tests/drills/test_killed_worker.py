"""The worker is killed with -9: after a mail server took a message and before it could write that down; and in the
middle of bringing in a pupil list."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from casework import outbox
from casework.actions import concerns, pupil_lists
from casework.models import About, OutboxMessage, Pupil, PupilList
from tests.drills.mail import MailServer
from tests.drills.processes import until
from tests.factories import list_row
from tests.signed_in import sign_in

State = OutboxMessage.State


def test_at_least_once_is_sent_again_and_any_other_is_shown_as_unknown(cast, start):
    """Two workers, each killed over one message; the next one goes on from there."""
    concern = concerns.write_down(
        by=cast.therapist, about=About.CHILD, school=cast.school, in_danger=False, noticed_at=timezone.now(),
        named="Wren", own_words="He locks me in.",
    )  # fmt: skip
    notice = OutboxMessage.objects.get(reference=concern.reference)
    letter = outbox.put("role_given", to=cast.head, service=cast.service.pk)
    with MailServer(answers=False) as silent:
        workers = [start("worker", EMAIL_URL=silent.url) for _ in range(2)]
        until(lambda: len(silent.taken) == 2, "the workers sent nothing")
        later = outbox.put("role_given", to=cast.sendco, service=cast.service.pk)
        for worker in workers:
            worker.kill()

    assert sorted(silent.taken) == sorted([_id(notice), _id(letter)])
    assert [_state(message) for message in (notice, letter, later)] == [State.SENDING, State.SENDING, State.WAITING]

    # Ten minutes on, nobody is still at work on them.
    OutboxMessage.objects.filter(state=State.SENDING).update(
        due_at=timezone.now() - outbox.STUCK - timedelta(minutes=1)
    )
    with MailServer() as server:
        start("worker", EMAIL_URL=server.url)
        until(lambda: _state(notice) == _state(later) == State.SENT, "the next worker did not go on")

    assert sorted(server.taken) == sorted([_id(notice), _id(later)])
    assert _state(letter) == State.UNKNOWN
    assert "nobody knows whether it arrived" in _needs_you(cast.coordinator)


def test_a_mail_server_that_is_down_holds_up_nothing_and_gets_it_once_later(cast, start):
    with MailServer() as server:
        url = server.url
    message = outbox.put("role_given", to=cast.head, service=cast.service.pk)
    worker = start("worker", EMAIL_URL=url)
    for tries in (1, 2):
        until(lambda tries=tries: _attempts(message) == (tries, State.WAITING), "it was not tried")
        _now(message)
    assert "did not take it yet" in _needs_you(cast.coordinator)
    assert cast.head.email not in worker.said()

    with MailServer(port=int(url.rpartition(":")[2])) as server:
        until(lambda: _now(message) or _state(message) == State.SENT, "it was not sent when the server was back")
        assert server.taken == [_id(message)]
    assert "did not take it yet" not in _needs_you(cast.coordinator)


def test_a_list_that_was_half_brought_in_is_brought_in_once_and_whole(cast, start):
    birthdays = [f"{1 + number % 28:02}/{1 + number // 28:02}/2018" for number in range(150)]
    rows = [list_row(number, date_of_birth=born) for number, born in enumerate(birthdays, 2)]
    made = pupil_lists.begin(by=cast.head, school=cast.school, rows=rows)
    worker = start("worker")
    until(lambda: _list(made).state == PupilList.State.READY, "the list was not checked")
    pupil_lists.bring_in(made, by=cast.head, version=_list(made).version)
    until(lambda: _list(made).added, "nothing was brought in")
    worker.kill()
    half = Pupil.objects.filter(first_name="Tamsin").count()
    assert _list(made).added == half < 150

    start("worker")
    until(lambda: _list(made).state == PupilList.State.DONE, "the next worker did not go on")

    assert _list(made).added == Pupil.objects.filter(first_name="Tamsin").count() == 150


def _list(made):
    return PupilList.objects.get(pk=made.pk)


def _id(message):
    return f"<{message.uuid}@allyance.example>"


def _state(message):
    return OutboxMessage.objects.get(pk=message.pk).state


def _attempts(message):
    return OutboxMessage.objects.values_list("attempts", "state").get(pk=message.pk)


def _now(message):
    """The wait before the next try is over."""
    OutboxMessage.objects.filter(pk=message.pk, state=State.WAITING).update(due_at=timezone.now())


def _needs_you(person):
    client = Client()
    sign_in(client, person)
    return BeautifulSoup(client.get("/admin/").content, "html.parser").get_text(" ", strip=True)
