"""A month with supervision and training in it: counted once."""

from datetime import date

import pytest

from casework.models import MeetingKind, WorkKind
from casework.reports import month
from tests.clock import london
from tests.factories import AttendanceFactory, ListItemFactory, TeamMeetingFactory, WorkFactory

FIRST = date(2026, 11, 1)


def come(cast, day, kind=MeetingKind.GROUP, came=True, **fields):
    meeting = TeamMeetingFactory(
        service=cast.service, kind=kind, minutes=90, starts_at=london(2026, 11, day, 16), **fields
    )
    AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=came)


def lines(cast):
    return [
        (line.at.day, line.kind, line.minutes, line.charged)
        for line in month.month(cast.therapist_practitioner, FIRST).lines
    ]


def test_month_counts_what_was_come_to_and_charges_nobody(cast):
    come(cast, 3)
    come(cast, 5, MeetingKind.TRAINING, title="Safeguarding")
    assert lines(cast) == [(3, "Group supervision", 90, False), (5, "Training", 90, False)]


@pytest.mark.parametrize("fields", [{"came": None}, {"came": False}, {"cancelled_at": london(2026, 11, 1)}])
def test_month_leaves_out_what_was_not_come_to(cast, fields):
    come(cast, 3, **fields)
    assert lines(cast) == []


def test_month_counts_supervision_once_that_was_written_down_as_other_work_too(cast):
    kind = ListItemFactory(
        service=cast.service, list="work", label="Supervision", work_kind=WorkKind.SUPERVISION, charged=False
    )
    work = {"practitioner": cast.therapist_practitioner, "school": None, "kind": kind, "minutes": 60}
    WorkFactory(**work, starts_at=london(2026, 11, 3, 9))
    come(cast, 3)
    come(cast, 4)
    come(cast, 3, MeetingKind.TRAINING, title="Safeguarding")
    assert [(day, what) for day, what, _, _ in lines(cast)] == [
        (3, "Supervision"), (3, "Training"), (4, "Group supervision"),
    ]  # fmt: skip
