"""A background process finishes the piece in hand, leaves when told and never rushes after a failure."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from casework.management import loop
from casework.models import Beat

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture(autouse=True)
def connections(monkeypatch):
    """How often the database's connections were looked at; the test's own stays open."""
    looked: list[bool] = []
    monkeypatch.setattr(loop, "close_old_connections", lambda: looked.append(True))
    return looked


@pytest.fixture(autouse=True)
def _database(db):
    pass


@pytest.fixture
def rests(monkeypatch):
    """The seconds that the loop rested, without resting; it is stopped after seven."""
    asked: list[float] = []

    class Clock:
        def __enter__(self):
            return lambda seconds: asked.append(seconds) or len(asked) > 7

        def __exit__(self, *error):
            pass

    monkeypatch.setattr(loop, "stop_signals", Clock)
    return asked


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_until_stopped_finishes_the_piece_in_hand(number):
    done = []

    def piece():
        os.kill(os.getpid(), number)
        done.append("all of it")
        return 60.0

    loop.run_until_stopped(Beat.Process.WORKER, piece)
    assert done == ["all of it"]


def test_run_until_stopped_gives_the_signals_back():
    before = signal.getsignal(signal.SIGTERM)
    loop.run_until_stopped(Beat.Process.WORKER, lambda: stop() or 0.0)
    assert signal.getsignal(signal.SIGTERM) is before


def test_run_until_stopped_rests_as_long_as_the_piece_says(rests, connections):
    loop.run_until_stopped(Beat.Process.WORKER, iter([0.0, 2.0, 0.0, 2.0, 2.0, 0.0, 2.0]).__next__)
    assert rests == [0.0, 0.0, 2.0, 0.0, 2.0, 2.0, 0.0, 2.0]
    assert len(connections) == 7


def test_run_until_stopped_backs_off_after_failures(rests, caplog):
    answers = iter([OSError("gone")] * 4 + [2.0, OSError("gone again"), 2.0])

    def piece():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    loop.run_until_stopped(Beat.Process.WORKER, piece)
    assert rests == [0.0, 1.0, 2.0, 4.0, 8.0, 2.0, 1.0, 2.0]
    assert len(caplog.records) == 5


def test_run_until_stopped_never_waits_longer_than_a_minute(rests, monkeypatch):
    monkeypatch.setattr(loop, "FIRST_WAIT", 32.0)
    loop.run_until_stopped(Beat.Process.WORKER, iter([]).__next__)
    assert rests == [0.0, 32.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0]


def test_run_until_stopped_says_that_it_is_at_work_and_not_at_every_piece(rests, monkeypatch):
    beats: list[Beat.Process] = []
    monkeypatch.setattr(Beat, "now", beats.append)
    seconds = iter([100.0, 100.1, 102.0, 129.9, 131.0, 131.1, 150.0, 160.0, 160.9])
    monkeypatch.setattr(loop, "monotonic", seconds.__next__)
    loop.run_until_stopped(Beat.Process.TIMER, lambda: 0.0)
    assert beats == [Beat.Process.TIMER, Beat.Process.TIMER]


def test_run_until_stopped_says_nothing_while_it_fails(rests):
    loop.run_until_stopped(Beat.Process.TIMER, iter([]).__next__)
    assert not Beat.objects.exists()


def test_a_beat_takes_the_place_of_the_last_one_of_its_kind():
    for process in (Beat.Process.WORKER, Beat.Process.TIMER, Beat.Process.WORKER):
        with time_machine.travel(NOON, tick=False) as clock:
            Beat.now(process)
            clock.shift(60)
            Beat.now(process)
    assert set(Beat.objects.values_list("process", "at")) == {
        ("worker", NOON + timedelta(minutes=1)),
        ("timer", NOON + timedelta(minutes=1)),
    }
