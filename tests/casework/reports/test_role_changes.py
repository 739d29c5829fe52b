"""What was done with roles of late: for who gives them, for fourteen days, and undone once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from casework.access import grants
from casework.access.roles import Role
from casework.models import SchoolRole
from casework.reports import role_changes


def said(user):
    return [(change.row.user.last_name, change.was, change.can_be_undone) for change in role_changes.changes(user)]


def give(cast, **more):
    return grants.give_role(Role.DSL, to=cast.head, on=cast.other_school, by=cast.coordinator, **more)


def test_changes_are_those_of_fourteen_days_the_newest_first(cast):
    row = give(cast)
    assert said(cast.coordinator) == [("Elwood", "given", True)]
    with time_machine.travel(datetime.now(UTC) + timedelta(days=10), tick=True):
        grants.end_role(row, by=cast.coordinator)
        assert said(cast.coordinator) == [("Elwood", "ended", True), ("Elwood", "given", False)]
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15), tick=True):
        assert said(cast.coordinator) == [("Elwood", "ended", True)]
    with time_machine.travel(datetime.now(UTC) + timedelta(days=25), tick=True):
        assert said(cast.coordinator) == []


def test_changes_offer_no_role_twice(cast):
    row = give(cast)
    grants.end_role(row, by=cast.coordinator)
    grants.give_again(row, by=cast.coordinator)
    assert [undone for _, _, undone in said(cast.coordinator)] == [True, False, False]


def test_changes_offer_no_role_of_a_closed_account(cast):
    grants.end_role(SchoolRole.objects.get(user=cast.head), by=cast.coordinator)
    cast.head.is_active = False
    cast.head.save()
    assert said(cast.coordinator) == [("Elwood", "ended", False)]


def test_changes_of_a_role_that_has_not_begun_can_be_undone(cast):
    row = give(cast, starts_at=datetime.now(UTC) + timedelta(days=30))
    assert said(cast.coordinator) == [("Elwood", "given", True)]
    grants.end_role(row, by=cast.coordinator)
    assert said(cast.coordinator) == [("Elwood", "ended", True), ("Elwood", "given", False)]


@pytest.mark.parametrize("who", ["head", "sendco", "supervisor", "therapist", "tsl", "technical", "outsider"])
def test_changes_are_for_who_gives_the_role(cast, who):
    row = give(cast)
    assert said(getattr(cast, who)) == []
    assert role_changes.find(getattr(cast, who), row.uuid) is None


def test_changes_leave_out_what_was_set_up_by_command(cast):
    grants.give_role(Role.DSL, to=cast.head, on=cast.other_school, by=None)
    assert said(cast.coordinator) == []
