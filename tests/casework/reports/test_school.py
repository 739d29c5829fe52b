from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from casework.models import Allocation, Referral
from casework.reports import school
from tests.cast import Cast
from tests.factories import PupilFactory, ReferralFactory, SessionFactory


def referred(cast: Cast, days: int = 0, **fields: Any) -> Referral:
    at = fields.pop("school", cast.school)
    then = timezone.now() - timedelta(days=days)
    return ReferralFactory(school=at, pupil=PupilFactory(school=at), status_since=then, **fields)


def references(found: Any) -> list[str]:
    return [row.case.reference for row in found.rows]


def test_referrals_put_the_schools_move_first_and_the_finished_last(cast: Cast) -> None:
    finished = referred(cast, closed=True)
    going = referred(cast, submitted=True)
    returned = referred(cast, days=5, returned=True)

    found = school.referrals(cast.sendco)

    assert references(found) == [returned.reference, going.reference, finished.reference]
    assert [row.schools_move for row in found.rows] == [True, False, False]


def test_referrals_drop_what_was_finished_long_ago(cast: Cast) -> None:
    referred(cast, days=40, closed=True)

    assert school.referrals(cast.head).rows == []


def test_referrals_are_the_own_schools(cast: Cast) -> None:
    ours = referred(cast, submitted=True)
    referred(cast, submitted=True, school=cast.other_school)
    referred(cast, submitted=True, kept_from_school=True)

    assert references(school.referrals(cast.head)) == [ours.reference]
    for person in (cast.coordinator, cast.therapist, cast.dsl, cast.tsl, cast.steering, cast.outsider):
        assert school.referrals(person).rows == []


def test_referrals_show_fifteen_and_say_that_there_are_more(cast: Cast) -> None:
    for _ in range(16):
        referred(cast, submitted=True)

    found = school.referrals(cast.head)

    assert len(found.rows) == 15
    assert found.more


def test_seen_when_says_day_time_and_therapist(cast: Cast) -> None:
    case = referred(cast, active=True, practitioner=cast.therapist_practitioner)
    Allocation.objects.filter(referral=case).update(weekday=1, time=time(9, 15))
    unsettled = referred(cast, allocated=True, practitioner=cast.therapist_practitioner)

    found = {row.reference: (row.when, row.therapist) for row in school.seen_when(cast.head)}

    assert found == {
        case.reference: ("Tuesday 09:15", "Saoirse Calder"),
        unsettled.reference: ("Day not agreed yet", "Saoirse Calder"),
    }
    assert school.seen_when(cast.other_head) == []
    assert school.seen_when(cast.dsl) == []


def test_strategies_are_those_that_were_shared_lately(cast: Cast) -> None:
    case = referred(cast, active=True, practitioner=cast.therapist_practitioner)
    now = timezone.now()
    common = {"referral": case, "practitioner": cast.therapist_practitioner, "attendance": cast.items["Came"]}
    SessionFactory(starts_at=now - timedelta(days=2), **common)
    SessionFactory(starts_at=now - timedelta(days=3), strategies="", **common)
    SessionFactory(starts_at=now - timedelta(days=30), **common)

    assert [row.reference for row in school.strategies(cast.sendco)] == [case.reference]
    assert school.strategies(cast.other_head) == []


def test_therapists_are_those_who_are_placed_now(cast: Cast) -> None:
    assert [(row.name, row.days) for row in school.therapists(cast.head)] == [("Saoirse Calder", "Monday")]
    cast.placement.ends_at = timezone.now()
    cast.placement.save()
    assert school.therapists(cast.head) == []


def test_own_schools_are_those_of_ones_role(cast: Cast) -> None:
    for person in (cast.head, cast.sendco, cast.dsl):
        assert [row.name for row in school.own_schools(person)] == [cast.school.name]
    for person in (cast.coordinator, cast.therapist, cast.tsl):
        assert list(school.own_schools(person)) == []
