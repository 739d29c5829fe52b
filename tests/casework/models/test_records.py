"""Periods are half-open: a row holds from its start up to, not including, its end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casework.models import Enrolment, Placement
from tests.clock import london
from tests.factories import PlacementFactory

START = london(2026, 9, 1, 9)
END = london(2026, 12, 18, 15)


@pytest.fixture
def placement(db) -> Placement:
    return PlacementFactory(starts_at=START, ends_at=END)


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (START - timedelta(microseconds=1), False),
        (START, True),
        (END - timedelta(microseconds=1), True),
        (END, False),
    ],
)
def test_period_holds_from_its_start_until_before_its_end(placement, at, holds):
    assert placement.is_current(at) is holds
    assert Placement.objects.current(at).exists() is holds


def test_period_without_an_end_holds_for_ever(db):
    placement = PlacementFactory(starts_at=START)

    assert placement.is_current(london(2096, 1, 1))
    assert Placement.objects.current(london(2096, 1, 1)).exists()


def test_period_may_end_as_it_starts_and_never_held(db):
    PlacementFactory(starts_at=START, ends_at=START)

    assert not Placement.objects.current(START).exists()


def test_period_cannot_end_before_it_starts(db):
    with pytest.raises(IntegrityError, match="placement_period"), transaction.atomic():
        PlacementFactory(starts_at=END, ends_at=START)


def test_record_is_kept_out_of_the_reference_index():
    assert Enrolment.wagtail_reference_index_ignore
    assert Enrolment._meta.default_permissions == ()
