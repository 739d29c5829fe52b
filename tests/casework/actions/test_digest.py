"""Monday's digest: once a person and week, on the first school day, with numbers and no names; nothing where nothing waits."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from casework import outbox
from casework.actions import digest
from casework.models import Digest, OutboxMessage
from casework.models.working_days import is_working_day
from casework.timer import JOBS

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def send(*people, counts=None):
    return digest.send_due(lambda day: frozenset(person.pk for person in people), counts or (lambda *_: {"notes": 2}))


@pytest.fixture
def monday():
    with time_machine.travel(MORNING, tick=False):
        yield


def test_send_due_writes_once_a_week_however_often_it_is_asked(cast, monday):
    assert send(cast.therapist, cast.head) == 2
    assert send(cast.therapist, cast.head) == 0
    assert set(OutboxMessage.objects.filter(kind="digest").values_list("to", flat=True)) == {
        cast.therapist.pk,
        cast.head.pk,
    }
    with time_machine.travel(MORNING + timedelta(days=2), tick=False):
        assert send(cast.therapist) == 0
    with time_machine.travel(MORNING + timedelta(days=7), tick=False):
        assert send(cast.therapist) == 1


def test_send_due_of_one_who_has_nothing_writes_nothing_this_week(cast, monday):
    assert send(cast.therapist, counts=lambda *_: {"notes": 0}) == 0
    assert send(cast.therapist) == 0
    assert not OutboxMessage.objects.exists()
    assert Digest.objects.get().message is None


def test_send_due_waits_for_the_morning(cast):
    with time_machine.travel(datetime(2026, 11, 23, 6, 59, tzinfo=UTC), tick=False):
        assert send(cast.therapist) == 0
    with time_machine.travel(datetime(2026, 11, 23, 7, 0, tzinfo=UTC), tick=False):
        assert send(cast.therapist) == 1


def test_send_due_writes_to_nobody_else_and_to_no_closed_account(cast, monday):
    cast.therapist.is_active = False
    cast.therapist.save()
    assert send(cast.therapist) == 0 and not Digest.objects.exists()


def test_send_due_that_dies_half_way_is_done_again(cast, monday, monkeypatch):
    put = outbox.put
    monkeypatch.setattr(outbox, "put", lambda *_, **__: 1 / 0)
    assert send(cast.therapist) == 0
    assert not Digest.objects.exists(), "the row goes with its message"
    monkeypatch.setattr(outbox, "put", put)
    assert send(cast.therapist) == 1


def test_send_due_that_fails_for_one_holds_up_no_other(cast, monday):
    def counts(person, day):
        return {"notes": 1 / (person.pk != cast.therapist.pk)}

    assert send(cast.therapist, cast.head, counts=counts) == 1


def test_digest_says_numbers_and_sorts_and_no_name(cast, monday):
    send(cast.therapist, counts=lambda *_: {"notes": 1, "evidence": 2, "agreements": 0, "reading": 3})
    outbox.send_due()
    (sent,) = mail.outbox
    assert sent.subject == "What waits for you this week"
    assert (
        sent.body.index("3 documents to read")
        < sent.body.index("2 papers of yours")
        < sent.body.index("- 1 note to write\n")
    )
    assert "agreement" not in sent.body
    for word in (cast.therapist.last_name, cast.school.name, cast.pupil.last_name):
        assert word not in sent.body


def test_timer_does_it(cast):
    """On the next Monday on which there is school, for the cast's roles began today."""
    day = timezone.localdate() + timedelta(days=1)
    while day.weekday() or not is_working_day(day):
        day += timedelta(days=1)
    job = next(job for job in JOBS if job.name == "write Monday's digests")
    with time_machine.travel(datetime.combine(day, time(8), UTC), tick=False):
        job.run()
    assert Digest.objects.filter(monday=day, to=cast.therapist).exists()
