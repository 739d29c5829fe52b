"""Hours of supervision, month by month, as the body's rule counts them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from casework.models import GroupCounts, MeetingKind, Practitioner, SupervisionRule
from casework.reports import supervision_hours
from tests.factories import AttendanceFactory, ListItemFactory, TeamMeetingFactory

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rule(cast):
    """The therapist's body asks for an hour and a half; the therapist is in post since August."""
    body = ListItemFactory(service=cast.service, list="body", label="BACP")
    since = datetime(2026, 8, 20, tzinfo=UTC)
    Practitioner.objects.filter(pk=cast.therapist_practitioner.pk).update(body=body, starts_at=since)
    return SupervisionRule.objects.create(service=cast.service, body=body, hours_a_month=Decimal("1.5"))


def supervised(cast, month, *, minutes=90, people=1, kind=MeetingKind.GROUP, came=True, **fields):
    meeting = TeamMeetingFactory(
        service=cast.service, kind=kind, minutes=minutes, starts_at=datetime(2026, month, 10, 16, tzinfo=UTC), **fields
    )
    AttendanceFactory(meeting=meeting, practitioner=cast.therapist_practitioner, came=came)
    for _ in range(people - 1):
        AttendanceFactory(meeting=meeting)
    return meeting


def of(cast):
    person = Practitioner.objects.get(pk=cast.therapist_practitioner.pk)
    (found,) = supervision_hours.hours([person])
    return found


@pytest.mark.parametrize(
    ("way", "counted"),
    [
        (GroupCounts.FULL, "1.50"),
        (GroupCounts.HALF, "0.75"),
        (GroupCounts.SHARED, "0.50"),
        (GroupCounts.NOT, "0.00"),
    ],
)
def test_hours_in_a_group_count_as_the_body_has_it(cast, rule, way, counted):
    SupervisionRule.objects.update(group_counts=way)
    supervised(cast, 10, people=3)
    assert of(cast).months[-2].counted == Decimal(counted)
    assert of(cast).months[-2].group == Decimal("1.50")


def test_hours_of_ones_own_count_in_full(cast, rule):
    supervised(cast, 10, minutes=60, kind=MeetingKind.INDIVIDUAL)
    assert of(cast).months[-2].counted == Decimal("1.00")


def test_hours_not_come_to_or_cancelled_are_none(cast, rule):
    supervised(cast, 10, came=False)
    supervised(cast, 10, came=None)
    supervised(cast, 10, cancelled_at=NOW)
    supervised(cast, 10, kind=MeetingKind.TRAINING)
    assert of(cast).months[-2].counted == 0


def test_average_is_of_whole_months_in_post(cast, rule):
    supervised(cast, 9, minutes=120, kind=MeetingKind.INDIVIDUAL)
    supervised(cast, 10, minutes=60, kind=MeetingKind.INDIVIDUAL)
    supervised(cast, 11, minutes=600, kind=MeetingKind.INDIVIDUAL)

    found = of(cast)

    assert [month.first.month for month in found.whole_months] == [9, 10]
    assert (found.average, found.is_met) == (Decimal("1.50"), True)
    SupervisionRule.objects.update(hours_a_month=Decimal("1.75"))
    assert of(cast).is_met is False


def test_average_of_somebody_new_is_of_this_month(cast, rule):
    Practitioner.objects.update(starts_at=datetime(2026, 11, 5, tzinfo=UTC))
    supervised(cast, 11, minutes=60, kind=MeetingKind.INDIVIDUAL)
    assert of(cast).average == Decimal("1.00")


def test_hours_without_a_rule_are_neither_met_nor_not(cast):
    supervised(cast, 10, people=3)
    found = of(cast)
    assert (found.rule, found.is_met) == (None, None)
    assert found.months[-2].counted == Decimal("0.50")


def test_months_are_twelve_by_the_clock_in_london(cast, rule):
    months = of(cast).months
    assert (len(months), months[0].first.isoformat(), months[-1].first.isoformat()) == (12, "2025-12-01", "2026-11-01")


def test_team_is_ones_own_or_all_that_one_leads(cast, rule):
    for person, names in [
        (cast.supervisor, 2), (cast.coordinator, 2), (cast.therapist, 1), (cast.head, 0), (cast.outsider, 1),
    ]:  # fmt: skip
        assert len(supervision_hours.team(person)) == names
    assert supervision_hours.team(cast.therapist)[0].practitioner == cast.therapist_practitioner


@pytest.mark.one_database
def test_hours_ask_as_much_for_many_as_for_one(cast, rule, django_assert_num_queries):
    supervised(cast, 10, people=5)
    with django_assert_num_queries(2):
        supervision_hours.hours([cast.therapist_practitioner])
    people = list(Practitioner.objects.all())
    with django_assert_num_queries(2):
        supervision_hours.hours(people)
