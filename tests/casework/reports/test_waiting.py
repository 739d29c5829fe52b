from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.models import Endorsement, HowSoon, Referral
from casework.reports import waiting
from tests.cast import Cast
from tests.factories import PupilFactory, ReferralFactory


def referred(cast: Cast, days: int = 0, **fields: Any) -> Referral:
    """One more pupil of the first school, whose referral stands as it does for some days."""
    school = fields.pop("school", cast.school)
    then = timezone.now() - timedelta(days=days)
    return ReferralFactory(school=school, pupil=PupilFactory(school=school), status_since=then, **fields)


def references(lines: Any) -> list[str]:
    return [row.reference for row in lines]


def test_undecided_puts_the_urgent_first_then_the_oldest(cast: Cast) -> None:
    younger = referred(cast, days=1, submitted=True)
    older = referred(cast, days=3, submitted=True)
    soon = referred(cast, submitted=True, how_soon=HowSoon.SOON)
    urgent = referred(cast, submitted=True, how_soon=HowSoon.URGENT)
    referred(cast, accepted=True)

    found = waiting.needs(cast.coordinator).undecided

    assert references(found.rows) == [urgent.reference, soon.reference, older.reference, younger.reference]
    assert [row.soon for row in found.rows] == ["Urgent", "Soon", "", ""]
    assert not found.more


def test_undecided_shows_five_and_says_that_there_are_more(cast: Cast) -> None:
    for _ in range(6):
        referred(cast, submitted=True)

    found = waiting.needs(cast.coordinator).undecided

    assert len(found.rows) == 5
    assert found.more


def test_undecided_says_whose_move_it_is(cast: Cast) -> None:
    referred(cast, submitted=True)

    assert waiting.needs(cast.coordinator).undecided.rows[0].whose == "the school and its therapist"


def test_undecided_is_for_the_coordinator_of_the_service(cast: Cast) -> None:
    referred(cast, submitted=True)

    for person in (cast.outsider, cast.head, cast.therapist, cast.steering):
        assert not waiting.needs(person).undecided


def test_without_therapist_is_who_was_accepted(cast: Cast) -> None:
    accepted = referred(cast, accepted=True)
    referred(cast, submitted=True)

    assert references(waiting.needs(cast.coordinator).without_therapist.rows) == [accepted.reference]


def test_unanswered_begins_after_a_week(cast: Cast) -> None:
    late = referred(cast, days=8, returned=True)
    referred(cast, days=6, returned=True)

    assert references(waiting.needs(cast.coordinator).unanswered.rows) == [late.reference]


def test_by_school_counts_who_waits(cast: Cast) -> None:
    referred(cast, submitted=True, submitted_at=timezone.now() - timedelta(days=4))
    referred(cast, accepted=True, submitted_at=timezone.now())
    referred(cast, accepted=True, submitted_at=timezone.now(), school=cast.other_school)
    referred(cast, active=True, practitioner=cast.therapist_practitioner)

    found = waiting.by_school(cast.coordinator)

    assert [(row.school, row.count, row.days) for row in found] == [
        (cast.school.name, 2, 4),
        (cast.other_school.name, 1, 0),
    ]


def test_for_therapists_yes_is_what_waits_where_they_are_placed(cast: Cast) -> None:
    here = referred(cast, submitted=True)
    referred(cast, submitted=True, school=cast.other_school)
    referred(cast, accepted=True)

    assert references(waiting.for_therapists_yes(cast.therapist)) == [here.reference]


def test_for_therapists_yes_ends_with_a_yes(cast: Cast) -> None:
    said = referred(cast, submitted=True)
    Endorsement.objects.create(referral=said, side=Endorsement.Side.THERAPIST, given_by=cast.therapist)

    assert waiting.for_therapists_yes(cast.therapist) == []
    assert references(waiting.for_schools_yes(cast.head)) == [said.reference]


def test_for_therapists_yes_comes_back_when_the_yes_is_taken_back(cast: Cast) -> None:
    said = referred(cast, submitted=True)
    Endorsement.objects.create(
        referral=said, side=Endorsement.Side.THERAPIST, given_by=cast.therapist, withdrawn_at=timezone.now()
    )

    assert references(waiting.for_therapists_yes(cast.therapist)) == [said.reference]


def test_nobodys_yes_is_asked_where_another_decides(cast: Cast) -> None:
    referred(cast, submitted=True)
    cast.service.decides = "coordinator"
    cast.service.save()

    assert waiting.for_therapists_yes(cast.therapist) == []
    assert waiting.for_schools_yes(cast.head) == []


def test_for_schools_yes_never_shows_what_the_family_keeps_from_the_school(cast: Cast) -> None:
    referred(cast, submitted=True, kept_from_school=True)

    assert waiting.for_schools_yes(cast.head) == []
    assert waiting.for_therapists_yes(cast.therapist) == []
