"""How long it takes to refer a child: the middle of the stored times, and nothing where they are too few."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.access import scope
from casework.models import Referral
from casework.reports.speed import FEWEST, Speed, speeds
from tests.cast import Cast
from tests.factories import PupilFactory, ReferralFactory


def took(cast: Cast, minutes: int, *, added: int = 5000, days: int = 3, **fields) -> Referral:
    """A sent referral, begun so many minutes before, of a pupil who was added so many seconds before that."""
    begun = timezone.now() - timedelta(days=days)
    pupil = PupilFactory(school=cast.school, created_at=begun - timedelta(seconds=added))
    at = {"created_at": begun, "submitted_at": begun + timedelta(minutes=minutes)}
    return ReferralFactory(submitted=True, school=cast.school, pupil=pupil, **at | fields)


def found(person) -> list[timedelta | None]:
    scope.renew(person)
    return [one.took for one in speeds(person)]


def test_speeds_are_the_middle_for_known_pupils_and_for_new_ones(cast: Cast) -> None:
    for minutes in (2, 3, 4, 9, 9000):
        took(cast, minutes)
    for minutes in (8, 9, 11, 12, 500, 600):
        took(cast, minutes, added=1)
    took(cast, 1, days=400)
    took(cast, 1, other_source=True)

    assert found(cast.coordinator) == [timedelta(minutes=4), timedelta(minutes=11.5)]


def test_speeds_say_nothing_of_few(cast: Cast) -> None:
    for _ in range(FEWEST - 1):
        took(cast, 3)
    assert found(cast.coordinator) == [None, None]
    took(cast, 3)
    assert found(cast.coordinator) == [timedelta(minutes=3), None]


def test_speeds_are_those_of_the_coordinated_services(cast: Cast) -> None:
    for _ in range(FEWEST):
        took(cast, 3)
    for person in (cast.outsider, cast.head, cast.supervisor):
        assert found(person) == [None, None]


@pytest.mark.parametrize(
    ("took", "words"),
    [
        (None, "too few to say"),
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=4), "4 minutes"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(days=4), "4 days"),
    ],
)
def test_words(took: timedelta | None, words: str) -> None:
    assert Speed("", 3, took).words == words
