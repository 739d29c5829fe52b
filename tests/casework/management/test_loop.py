"""A background process finishes the piece in hand, leaves when told and never rushes after a failure."""

import os
import signal

import pytest

from casework.management import loop


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture(autouse=True)
def connections(monkeypatch):
    """No database here; how often its connections were looked at."""
    looked: list[bool] = []
    monkeypatch.setattr(loop, "close_old_connections", lambda: looked.append(True))
    return looked


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

    loop.run_until_stopped(piece)
    assert done == ["all of it"]


def test_run_until_stopped_gives_the_signals_back():
    before = signal.getsignal(signal.SIGTERM)
    loop.run_until_stopped(lambda: stop() or 0.0)
    assert signal.getsignal(signal.SIGTERM) is before


def test_run_until_stopped_rests_as_long_as_the_piece_says(rests, connections):
    loop.run_until_stopped(iter([0.0, 2.0, 0.0, 2.0, 2.0, 0.0, 2.0]).__next__)
    assert rests == [0.0, 0.0, 2.0, 0.0, 2.0, 2.0, 0.0, 2.0]
    assert len(connections) == 7


def test_run_until_stopped_backs_off_after_failures(rests, caplog):
    answers = iter([OSError("gone")] * 4 + [2.0, OSError("gone again"), 2.0])

    def piece():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    loop.run_until_stopped(piece)
    assert rests == [0.0, 1.0, 2.0, 4.0, 8.0, 2.0, 1.0, 2.0]
    assert len(caplog.records) == 5


def test_run_until_stopped_never_waits_longer_than_a_minute(rests, monkeypatch):
    monkeypatch.setattr(loop, "FIRST_WAIT", 32.0)
    loop.run_until_stopped(iter([]).__next__)
    assert rests == [0.0, 32.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0]
