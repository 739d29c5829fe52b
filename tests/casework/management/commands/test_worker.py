"""The worker goes on at once while there is more to send, and looks again soon when there is not."""

import pytest

from casework.management.commands import worker


@pytest.mark.parametrize(("sent", "rest"), [(worker.AT_ONCE, 0.0), (1, 0.0), (0, worker.REST)])
def test_send_rests_only_when_nothing_was_due(monkeypatch, sent, rest):
    monkeypatch.setattr(worker.outbox, "send_due", lambda limit: sent)
    assert worker.send() == rest
