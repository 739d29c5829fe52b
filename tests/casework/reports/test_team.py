from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from casework.models import Allocation, Practitioner
from casework.reports import team
from tests.cast import Cast
from tests.factories import PupilFactory, ReferralFactory


def give_case(cast: Cast, practitioner: Practitioner) -> None:
    ReferralFactory(active=True, school=cast.school, pupil=PupilFactory(school=cast.school), practitioner=practitioner)


def test_team_puts_most_room_first(cast: Cast) -> None:
    give_case(cast, cast.therapist_practitioner)

    found = team.team(cast.coordinator)

    assert [(room.name, room.used, room.free) for room in found] == [
        ("Tomasz Dolan", 0, Decimal(12)),
        ("Saoirse Calder", 1, Decimal(11)),
    ]


def test_team_counts_open_allocations_only(cast: Cast) -> None:
    ReferralFactory(closed=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)

    assert {room.used for room in team.team(cast.supervisor)} == {0}


def test_team_counts_a_case_that_ends_later_and_none_that_begins_later(cast: Cast) -> None:
    now, later = timezone.now(), timezone.now() + timedelta(days=9)
    give_case(cast, cast.therapist_practitioner)
    give_case(cast, cast.therapist_practitioner)
    give_case(cast, cast.other_practitioner)
    ending, another = cast.therapist_practitioner.allocations.all()
    Allocation.objects.filter(pk=ending.pk).update(starts_at=now - timedelta(days=9), ends_at=later)
    Allocation.objects.filter(pk=another.pk).update(starts_at=now - timedelta(days=9))
    cast.other_practitioner.allocations.update(starts_at=later)

    assert {room.name: room.used for room in team.team(cast.coordinator)} == {"Saoirse Calder": 2, "Tomasz Dolan": 0}


def test_team_leaves_out_who_left_and_who_offers_no_hours(cast: Cast) -> None:
    Practitioner.objects.filter(pk=cast.therapist_practitioner.pk).update(
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=1)
    )
    Practitioner.objects.filter(pk=cast.other_practitioner.pk).update(weekly_hours=0)

    assert team.team(cast.coordinator) == []


def test_team_is_for_those_who_lead_it(cast: Cast) -> None:
    for person in (cast.head, cast.therapist, cast.steering, cast.tsl):
        assert team.team(person) == []
    assert {room.name for room in team.team(cast.outsider)} == {"Zelphine Ostrick"}


def test_mine_is_ones_own_week(cast: Cast) -> None:
    give_case(cast, cast.other_practitioner)

    assert [(room.name, room.used) for room in team.mine(cast.therapist)] == [("Saoirse Calder", 0)]
    assert team.mine(cast.head) == []
