"""The team and its placements."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import Practitioner
from tests.clock import london
from tests.factories import PlacementFactory, PractitionerFactory

LAST_YEAR = london(2025, 9, 1)


def test_practitioner_account_is_in_a_service_once(db):
    practitioner = PractitionerFactory()
    PractitionerFactory(user=practitioner.user)

    with pytest.raises(IntegrityError), transaction.atomic():
        PractitionerFactory(user=practitioner.user, service=practitioner.service)


def test_practitioners_without_an_account_may_be_several(db):
    first = PractitionerFactory(without_account=True)
    PractitionerFactory(without_account=True, service=first.service)

    assert Practitioner.objects.filter(service=first.service).count() == 2


def test_placement_needs_a_day(db):
    with pytest.raises(IntegrityError, match="placement_has_a_day"), transaction.atomic():
        PlacementFactory(monday=False)


def test_placement_is_open_once(db):
    placement = PlacementFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(practitioner=placement.practitioner, school=placement.school, monday=False, friday=True)


def test_placement_can_be_given_again_once_it_ended(db):
    placement = PlacementFactory(starts_at=LAST_YEAR, ends_at=timezone.now())

    PlacementFactory(practitioner=placement.practitioner, school=placement.school)

    assert placement.practitioner.placements.count() == 2


def test_placement_says_its_days_in_words_and_numbers():
    placement = PlacementFactory.build(monday=True, thursday=True)

    assert placement.weekdays == [0, 3]
    assert placement.days == "Monday, Thursday"
