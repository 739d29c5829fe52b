"""The worker goes on at once while there is more to do, and looks again soon when there is not."""

import pytest

from casework.management.commands import worker


@pytest.mark.parametrize(
    ("sent", "listed", "rest"),
    [(worker.AT_ONCE, True, 0.0), (1, False, 0.0), (0, True, 0.0), (0, False, worker.REST)],
)
def test_work_rests_only_when_nothing_was_due(monkeypatch, sent, listed, rest):
    monkeypatch.setattr(worker.outbox, "send_due", lambda limit: sent)
    monkeypatch.setattr(worker.pupil_lists, "go_on", lambda: listed)
    assert worker.work() == rest
