"""Housekeeping is done when it is due, and one job's failure is no other's."""

from datetime import UTC, datetime, timedelta

import time_machine

from casework import timer

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_run_due_not_before_its_time():
    done = []
    jobs = [timer.Job("sweep", timedelta(hours=1), lambda: done.append("swept"))]
    with time_machine.travel(NOON, tick=False) as clock:
        assert timer.run_due(jobs) == ["sweep"]
        clock.shift(timedelta(minutes=59))
        assert timer.run_due(jobs) == []
        clock.shift(timedelta(minutes=1))
        assert timer.run_due(jobs) == ["sweep"]
    assert len(done) == 2


def test_run_due_a_failure_holds_up_no_other_and_is_due_again(caplog):
    def fail():
        raise OSError("gone")

    jobs = [timer.Job("fail", timedelta(hours=1), fail), timer.Job("sweep", timedelta(hours=1), list)]
    assert timer.run_due(jobs) == ["sweep"]
    assert timer.run_due(jobs) == []
    assert [record.message.split(" failed")[0] for record in caplog.records] == ["The job to fail"] * 2
