"""The order of a school's waiting list and the plan of its hours: by whom, on record, and never over a newer one."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.access import rules
from casework.actions import deciding, referrals
from casework.actions.refusals import StaleVersion, StepRefused
from casework.admin.queue import waiting
from casework.models import PLANNED, AuditEvent, HoursPlan, OutboxMessage, QueueOrder
from tests.cast import PEOPLE
from tests.factories import PupilFactory, ReferralFactory, SchoolYearFactory

HOURS = dict.fromkeys(PLANNED, Decimal(0)) | {"one_to_one": Decimal(30), "writing": Decimal("4.5")}


@pytest.fixture
def listed(cast):
    """Three who wait at the cast's school, by need and time."""

    def waits(**fields):
        pupil = PupilFactory(school=cast.school)
        return ReferralFactory(school=cast.school, pupil=pupil, referred_by=cast.sendco, **fields)

    return [waits(submitted=True, how_soon="urgent"), waits(accepted=True), waits(submitted=True)]


@pytest.fixture
def year(cast):
    return SchoolYearFactory(service=cast.service)


def order_of(user):
    return [one.pk for one in waiting(user)]


@pytest.mark.parametrize("who", ["head", "sendco", "therapist", "coordinator"])
def test_put_in_order_comes_before_need_and_time(who, cast, listed):
    urgent, older, younger = listed
    assert order_of(cast.head) == [urgent.pk, older.pk, younger.pk]

    order = deciding.put_in_order(cast.school, by=getattr(cast, who), version=1, first=[younger, older])

    assert order_of(cast.head) == order_of(cast.therapist) == [younger.pk, older.pk, urgent.pk]
    assert (order.set_by, order.version) == (getattr(cast, who), 2)
    put = AuditEvent.objects.filter(verb="put in place").order_by("pk")
    assert [(event.referral, event.detail) for event in put] == [
        (younger, {"before": None, "after": 1}),
        (older, {"before": None, "after": 2}),
    ]


def test_put_in_order_by_everyone_else(cast, listed):
    for part in PEOPLE.keys() - {"head", "sendco", "therapist", "coordinator"}:
        with pytest.raises(PermissionDenied):
            deciding.put_in_order(cast.school, by=getattr(cast, part), version=1, first=[])
    assert not AuditEvent.objects.filter(verb="put in place").exists()


def test_put_in_order_over_a_newer_order_is_stale(cast, listed):
    deciding.put_in_order(cast.school, by=cast.head, version=1, first=listed)

    with pytest.raises(StaleVersion):
        deciding.put_in_order(cast.school, by=cast.therapist, version=1, first=[])


@pytest.mark.parametrize("wrong", ["twice", "elsewhere", "gone"])
def test_put_in_order_of_what_is_not_on_the_list(wrong, cast, listed):
    elsewhere = ReferralFactory(school=cast.other_school, pupil=cast.other_pupil, submitted=True)
    referrals.withdraw(listed[2], by=cast.head, version=1, note="Moved away.")
    first = {"twice": [listed[0]] * 2, "elsewhere": [elsewhere], "gone": [listed[2]]}[wrong]

    with pytest.raises((ValidationError, StaleVersion)):
        deciding.put_in_order(cast.school, by=cast.head, version=1, first=first)

    assert not QueueOrder.objects.filter(version__gt=1).exists()


def test_a_place_is_left_with_the_list_and_taken_away_by_a_new_order(cast, listed):
    deciding.put_in_order(cast.school, by=cast.head, version=1, first=listed)
    left = referrals.signpost(listed[0], by=cast.coordinator, version=1, note="Kooth.")
    assert left.place is None

    deciding.put_in_order(cast.school, by=cast.head, version=2, first=[listed[2]])

    listed[1].refresh_from_db()
    assert listed[1].place is None
    assert order_of(cast.head) == [listed[2].pk, listed[1].pk]


def test_what_the_family_keeps_from_the_school_has_no_place(cast, listed):
    kept = ReferralFactory(school=cast.school, pupil=cast.pupil, kept_from_school=True, submitted=True)

    with pytest.raises(StaleVersion):
        deciding.put_in_order(cast.school, by=cast.coordinator, version=1, first=[kept])


@pytest.mark.parametrize(("proposes", "agrees"), [("head", "therapist"), ("therapist", "sendco")])
def test_plan_is_proposed_by_one_side_and_agreed_by_the_other(proposes, agrees, cast, year):
    plan = deciding.propose_plan(cast.school, year, by=getattr(cast, proposes), version=0, hours=HOURS)

    assert (plan.number, plan.total) == (1, Decimal("34.5"))
    told = set(OutboxMessage.objects.values_list("kind", "to__email"))
    others = {"head": {"therapist"}, "therapist": {"head", "sendco"}}[proposes]
    assert told == {("hours_plan_proposed", f"{part}@allyance.example") for part in others}
    for part in PEOPLE.keys() - others:
        with pytest.raises(PermissionDenied):
            deciding.agree_plan(plan, by=getattr(cast, part), version=1)

    agreed = deciding.agree_plan(plan, by=getattr(cast, agrees), version=1)

    assert agreed.agreed_at is not None and agreed.agreed_by == getattr(cast, agrees)
    with pytest.raises(StepRefused):
        deciding.agree_plan(agreed, by=getattr(cast, agrees), version=2)


def test_plans_are_kept_by_version_and_a_newer_one_is_not_overwritten(cast, year):
    first = deciding.propose_plan(cast.school, year, by=cast.head, version=0, hours=HOURS)
    deciding.agree_plan(first, by=cast.therapist, version=1)
    second = deciding.propose_plan(cast.school, year, by=cast.therapist, version=1, hours=HOURS)
    with pytest.raises(StaleVersion):
        deciding.propose_plan(cast.school, year, by=cast.head, version=1, hours=HOURS)
    third = deciding.propose_plan(cast.school, year, by=cast.head, version=2, hours=HOURS)

    with pytest.raises(StaleVersion):
        deciding.agree_plan(second, by=cast.head, version=1)
    deciding.agree_plan(third, by=cast.therapist, version=1)

    kept = HoursPlan.objects.order_by("number")
    assert [(plan.number, plan.agreed_at is not None, plan.replaced_at is not None) for plan in kept] == [
        (1, True, True),
        (2, False, True),
        (3, True, False),
    ]


def test_propose_plan_by_everyone_else_and_of_nothing(cast, year):
    for part in PEOPLE.keys() - {"head", "sendco", "therapist"}:
        with pytest.raises(PermissionDenied):
            deciding.propose_plan(cast.school, year, by=getattr(cast, part), version=0, hours=HOURS)
    with pytest.raises(ValidationError, match="Plan some hours"):
        deciding.propose_plan(cast.school, year, by=cast.head, version=0, hours=dict.fromkeys(PLANNED, Decimal(0)))
    with pytest.raises(TypeError):
        deciding.propose_plan(cast.school, SchoolYearFactory(), by=cast.head, version=0, hours=HOURS)
    assert not HoursPlan.objects.exists()


def test_plans_and_takers_are_seen_by_those_who_decide(cast, year):
    plan = deciding.propose_plan(cast.school, year, by=cast.head, version=0, hours=HOURS)
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)

    def who(rule):
        return {part for part in PEOPLE if rule(getattr(cast, part))}

    assert who(lambda user: plan in rules.visible_hours_plans(user)) == {"head", "sendco", "therapist", "coordinator"}
    assert who(lambda user: cast.placement in rules.visible_takers(user, case)) == {"therapist", "coordinator"}
    assert cast.other_placement not in rules.visible_takers(cast.coordinator, case)
