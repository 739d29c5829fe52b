from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import Referral
from casework.reports import work
from tests.cast import Cast
from tests.factories import PupilFactory, ReferralFactory, ReviewFactory, SessionFactory


def in_sessions(cast: Cast, weeks: int, **fields: Any) -> Referral:
    fields["decided_at"] = then = timezone.now() - timedelta(weeks=weeks)
    return ReferralFactory(
        active=True, school=cast.school, pupil=PupilFactory(school=cast.school), status_since=then,
        practitioner=cast.therapist_practitioner, **fields,
    )  # fmt: skip


def seen(cast: Cast, case: Referral, ago: timedelta, attendance: str = "Came") -> None:
    SessionFactory(
        referral=case,
        practitioner=cast.therapist_practitioner,
        starts_at=timezone.now() - ago,
        attendance=cast.items[attendance],
    )


def test_reviews_due_after_six_weeks_in_sessions(cast: Cast) -> None:
    due = in_sessions(cast, 6)
    in_sessions(cast, 5)

    for person in (cast.coordinator, cast.supervisor, cast.therapist):
        assert [row.reference for row in work.reviews_due(person).rows] == [due.reference]


def test_reviews_due_no_more_once_reviewed(cast: Cast) -> None:
    case = in_sessions(cast, 7)
    ReviewFactory(referral=case, held_on=timezone.localdate() - timedelta(weeks=5))

    assert not work.reviews_due(cast.coordinator)


def test_reviews_due_again_six_weeks_after_the_last(cast: Cast) -> None:
    case = in_sessions(cast, 14)
    ReviewFactory(referral=case, held_on=timezone.localdate() - timedelta(weeks=7))

    assert [row.reference for row in work.reviews_due(cast.supervisor).rows] == [case.reference]


def test_reviews_due_are_not_a_schools_nor_anothers(cast: Cast) -> None:
    in_sessions(cast, 8)

    for person in (cast.head, cast.other_therapist, cast.outsider, cast.steering):
        assert not work.reviews_due(person)


def test_without_contact_for_longer_than_the_service_has_set(cast: Cast) -> None:
    quiet, met = in_sessions(cast, 4), in_sessions(cast, 4)
    seen(cast, quiet, timedelta(days=22))
    seen(cast, met, timedelta(days=21))
    assert [row.reference for row in work.without_contact(cast.supervisor).rows] == [quiet.reference]

    cast.service.contact_within = 20
    cast.service.save()

    assert len(work.without_contact(cast.supervisor).rows) == 2


def test_without_contact_counts_only_when_the_child_was_seen(cast: Cast) -> None:
    absent = in_sessions(cast, 4)
    seen(cast, absent, timedelta(weeks=1), attendance="Pupil absent")

    assert [row.reference for row in work.without_contact(cast.supervisor).rows] == [absent.reference]


def test_without_contact_waits_as_long_from_the_start(cast: Cast) -> None:
    in_sessions(cast, 2)

    assert not work.without_contact(cast.supervisor)


def test_long_cases_are_those_with_more_than_24_sessions(cast: Cast) -> None:
    long, just = in_sessions(cast, 30), in_sessions(cast, 30)
    for number in range(25):
        seen(cast, long, timedelta(days=number, minutes=1))
    for number in range(24):
        seen(cast, just, timedelta(days=number, minutes=2))
    seen(cast, just, timedelta(days=100), attendance="Pupil absent")

    found = work.long_cases(cast.supervisor)

    assert [(row.case.reference, row.sessions) for row in found] == [(long.reference, 25)]
    assert work.long_cases(cast.outsider) == []
