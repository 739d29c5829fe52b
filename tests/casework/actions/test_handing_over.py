"""A worked case goes to another therapist in one act: the hour is free, the words are sealed, both are told."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.access import rules, scope
from casework.actions.handing_over import hand_over
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import Allocation, HandOver, OutboxMessage
from tests.cast import PEOPLE
from tests.factories import CaseShareFactory, PlacementFactory, ProcessNoteFactory, SessionFactory


@pytest.fixture
def colleague(cast):
    """The therapist of the other school, placed at this one too."""
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    return cast.other_practitioner


def test_hand_over_ends_one_allocation_and_begins_the_next(cast, case, colleague):
    referral = case(active=True)
    referral.allocations.update(weekday=0, time=time(9))
    note = ProcessNoteFactory(session=SessionFactory(referral=referral), author=cast.therapist)

    hand_over(
        referral, by=cast.therapist, version=1, practitioner=colleague, weekday=0, time=time(9), words=" The boat. "
    )

    old, new = Allocation.objects.filter(referral=referral).order_by("pk")
    assert old.ends_at is not None and new.ends_at is None
    assert (new.practitioner, new.weekday, new.time, new.allocated_by) == (colleague, 0, time(9), cast.therapist)
    referral.refresh_from_db()
    assert (referral.status, referral.version) == ("active", 2)
    change = referral.changes.last()
    assert (change.step, change.from_status, change.to_status) == ("hand_over", "active", "active")
    hand = HandOver.objects.get()
    assert hand.words == "The boat."
    assert "The boat" not in str(HandOver.objects.values_list())
    told = set(OutboxMessage.objects.values_list("kind", "to__email"))
    assert told == {
        ("case_allocated", "other_therapist@allyance.example"),
        ("allocation_made", "supervisor@allyance.example"),
    }
    for person in (cast.therapist, cast.other_therapist):
        scope.renew(person)
    assert not rules.can_view_referral(cast.therapist, referral)
    assert rules.can_view_referral(cast.other_therapist, referral)
    assert not rules.can_read_process_note(cast.other_therapist, note)


def test_hand_over_by_the_coordinator_writes_no_clinical_words(cast, case, colleague):
    hand_over(case(active=True), by=cast.coordinator, version=1, practitioner=colleague, words="The boat.")

    assert HandOver.objects.get().words == ""
    told = set(OutboxMessage.objects.values_list("kind", "to__email"))
    assert ("case_handed_over", "therapist@allyance.example") in told


def test_hand_over_words_are_read_by_whoever_reads_clinical_text(cast, case, colleague):
    hand_over(case(active=True), by=cast.therapist, version=1, practitioner=colleague, words="The boat.")

    readers = {part for part in PEOPLE if rules.visible_hand_overs(getattr(cast, part)).exists()}
    assert readers == {"supervisor", "other_therapist"}


def test_hand_over_by_everyone_else(cast, case, colleague, everything):
    referral = case(active=True)
    before = everything()
    for part in PEOPLE.keys() - {"coordinator", "therapist"}:
        with pytest.raises(PermissionDenied):
            hand_over(referral, by=getattr(cast, part), version=1, practitioner=colleague, words="The boat.")
    assert everything() == before


def test_hand_over_refused_changes_nothing(cast, case, colleague, everything):
    referral = case(active=True)
    waits = case(pupil=cast.other_pupil, accepted=True)
    busy = case(pupil=cast.other_pupil, closed=True)
    Allocation.objects.create(
        referral=busy, practitioner=colleague, weekday=0, time=time(9), allocated_by=cast.coordinator
    )
    before = everything()

    def refused(kind, match=None, of=referral, by=cast.therapist, version=1, **answers):
        given = {"practitioner": colleague, "words": "The boat."} | answers
        with pytest.raises(kind, match=match):
            hand_over(of, by=by, version=version, **given)

    refused(StaleVersion, version=2)
    refused(ValidationError, "should know", words="  ")
    refused(ValidationError, "another therapist than", practitioner=cast.therapist_practitioner)
    refused(ValidationError, "already sees another pupil", weekday=0, time=time(9))
    refused(StepRefused, "a case that is worked", of=waits, by=cast.coordinator)
    assert everything() == before


def test_who_covers_a_case_does_not_take_it_over(cast, case, colleague):
    referral = case(active=True)
    CaseShareFactory(content_object=referral, user=cast.other_therapist)
    scope.renew(cast.other_therapist)

    with pytest.raises(ValidationError, match="the coordinator gives it"):
        hand_over(referral, by=cast.other_therapist, version=1, practitioner=colleague, words="Mine now.")
