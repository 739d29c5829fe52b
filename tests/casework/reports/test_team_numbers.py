"""The team in numbers: no name, no child, no share of fewer than five."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Practitioner
from casework.reports.suppression import TOO_FEW
from casework.reports.team_numbers import Share, team_numbers
from tests.factories import (
    AttendanceFactory,
    EvidenceFactory,
    PractitionerFactory,
    PupilFactory,
    ReferralFactory,
    RequirementFactory,
    SupervisionItemFactory,
    TeamMeetingFactory,
)


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(3, 4, TOO_FEW), (0, 0, TOO_FEW), (4, 5, "4 of 5 (80%)"), (6, 6, "6 of 6 (100%)")]
)
def test_share_of_fewer_than_five_is_not_said(part, whole, words):
    assert Share(part, whole).words == words


def test_team_numbers_are_for_those_who_oversee(cast):
    for person in (cast.steering, cast.coordinator, cast.supervisor):
        assert [one.service for one in team_numbers(person)] == [cast.service.name]
    for person in (cast.therapist, cast.head, cast.tsl, cast.editor):
        assert team_numbers(person) == []


def test_team_numbers_count_who_is_in_post_and_trained(cast):
    training = TeamMeetingFactory(training=True, service=cast.service, starts_at=timezone.now())
    AttendanceFactory(meeting=training, practitioner=cast.therapist_practitioner)
    requirement = RequirementFactory(training=True, service=cast.service)
    EvidenceFactory(practitioner=cast.other_practitioner, requirement=requirement, dated=timezone.localdate())
    EvidenceFactory(
        practitioner=PractitionerFactory(service=cast.service), requirement=requirement,
        dated=timezone.localdate() - timedelta(days=400),
    )  # fmt: skip
    Practitioner.objects.filter(service=cast.service).update(weekly_hours=5)
    PractitionerFactory(service=cast.service, weekly_hours=0)

    (numbers,) = team_numbers(cast.steering)

    assert numbers.in_post == 3
    assert (numbers.trained.part, numbers.trained.whole) == (2, 3)


def test_team_numbers_count_what_was_brought_in_time(cast):
    cases = [
        ReferralFactory(
            active=True, school=cast.school, pupil=PupilFactory(school=cast.school),
            practitioner=cast.therapist_practitioner, status_since=timezone.now() - timedelta(weeks=30),
        )
        for _ in range(6)
    ]  # fmt: skip
    for case in cases:
        case.allocations.update(starts_at=timezone.now() - timedelta(weeks=30))
    for case in cases[:4]:
        SupervisionItemFactory(referral=case, meeting__starts_at=timezone.now() - timedelta(weeks=5))

    (numbers,) = team_numbers(cast.steering)

    assert numbers.brought.words == "4 of 6 (67%)"
