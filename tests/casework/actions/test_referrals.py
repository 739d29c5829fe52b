"""What the steps do besides changing the status: instants, allocations, closing reasons, and who hears of them."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.access import rules
from casework.access.roles import Role
from casework.actions import referrals, reviews
from casework.actions.refusals import StepRefused
from casework.audit.request import answering
from casework.lifecycle import Status
from casework.models import Allocation, OutboxMessage, Referral, SchoolRole, Weekday
from tests.factories import (
    AllocationFactory,
    ConflictBlockFactory,
    EnrolmentFactory,
    ListItemFactory,
    PlacementFactory,
    PractitionerFactory,
    PupilFactory,
    SchoolRoleFactory,
    ServiceRoleFactory,
)


def told(kind: str) -> set[str]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("to__email", flat=True))


def test_submit_again_counts_from_the_first_sending(cast, case):
    first = referrals.submit(case(), by=cast.sendco, version=1)
    sent_at = first.submitted_at
    back = referrals.return_for_information(first, by=cast.coordinator, version=2, note="Since when?")

    again = referrals.submit(back, by=cast.sendco, version=3)

    assert again.submitted_at == sent_at
    assert again.status_since > sent_at


def test_submit_where_the_coordinator_decides(cast, case):
    cast.cluster.decides = "coordinator"
    cast.cluster.save()

    referrals.submit(case(), by=cast.sendco, version=1)

    assert told("referral_sent") == {"coordinator@allyance.example"}


def test_submit_tells_head_and_placed_therapist(cast, case):
    referrals.submit(case(), by=cast.sendco, version=1)

    assert told("referral_sent") == {"head@allyance.example", "therapist@allyance.example"}


@pytest.mark.parametrize("nobody", ["head", "therapist"])
def test_submit_where_one_side_has_nobody_tells_the_coordinator_too(nobody, cast, case):
    if nobody == "head":
        SchoolRole.objects.filter(user=cast.head).update(ends_at=timezone.now())
    else:
        cast.placement.ends_at = timezone.now()
        cast.placement.save()
    referral = case()

    referrals.submit(referral, by=cast.sendco, version=1)

    others = {"head@allyance.example", "therapist@allyance.example"} - {f"{nobody}@allyance.example"}
    assert told("referral_sent") == {"coordinator@allyance.example"} | others


def test_submit_tells_nobody_who_must_not_see_the_pupil(cast, case):
    ConflictBlockFactory(user=cast.therapist, pupil=cast.pupil)
    ConflictBlockFactory(user=cast.head, pupil=cast.pupil)

    referrals.submit(case(), by=cast.sendco, version=1)

    assert told("referral_sent") == {"coordinator@allyance.example"}


def test_submit_of_what_the_family_keeps_from_the_school(cast, case):
    second = ServiceRoleFactory(role=Role.COORDINATOR, content_object=cast.service)
    referral = case(kept_from_school=True, referred_by=cast.coordinator)

    referrals.submit(referral, by=cast.coordinator, version=1)

    assert told("referral_sent") == {second.user.email}


def test_return_for_information_when_its_writer_has_left_tells_whoever_may_write_it(cast, case):
    SchoolRole.objects.filter(user=cast.sendco).update(ends_at=timezone.now())
    second = SchoolRoleFactory(role=Role.SENDCO, content_object=cast.school)
    referral = case(submitted=True)

    referrals.return_for_information(referral, by=cast.coordinator, version=1, note="Since when?")

    assert told("referral_returned") == {"head@allyance.example", second.user.email}


def test_return_for_information_of_another_services_referral_whose_writer_has_left(cast, case):
    referral = case(submitted=True, other_source=True, referred_by=cast.steering)

    referrals.return_for_information(referral, by=cast.coordinator, version=1, note="Since when?")

    assert told("referral_returned") == {"head@allyance.example", "sendco@allyance.example"}


def test_decline_says_when_it_was_decided(cast, case):
    referral = case(submitted=True)

    after = referrals.decline(referral, by=cast.coordinator, version=1, note="A nurture group first.")

    assert after.decided_at == after.status_since


def test_decline_of_what_the_family_keeps_from_the_school_tells_no_school(cast, case):
    referral = case(submitted=True, kept_from_school=True)

    referrals.decline(referral, by=cast.coordinator, version=1, note="Another service is on it.")

    assert not OutboxMessage.objects.exists()


def test_allocate_opens_the_case_in_a_weekly_hour(cast, case):
    referral = case(accepted=True)

    after = referrals.allocate(
        referral, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner,
        weekday=Weekday.MONDAY, time=time(9, 30),
    )  # fmt: skip

    allocation = after.open_allocation()
    assert (allocation.practitioner, allocation.weekday, allocation.time) == (
        cast.therapist_practitioner,
        0,
        time(9, 30),
    )
    assert allocation.allocated_by == cast.coordinator
    assert rules.can_view_referral(cast.therapist, after)


@pytest.mark.parametrize(
    ("of_service", "said", "asked"), [(True, None, True), (False, None, False), (True, False, False)]
)
def test_allocate_asks_for_the_parents_first_as_the_service_does_or_as_it_says(cast, case, of_service, said, asked):
    type(cast.service).objects.filter(pk=cast.service.pk).update(parents_first=of_service)

    after = referrals.allocate(
        case(accepted=True), by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner,
        parents_first=said,
    )  # fmt: skip

    assert after.open_allocation().parents_first is asked


def test_allocate_within_a_request_in_which_the_therapist_was_asked_about_before(cast, case):
    """The message goes by the rules as they are after the step, not by what the request remembers."""
    referral = case(accepted=True)

    with answering(None):
        assert not rules.can_view_referral(cast.therapist, referral)
        referrals.allocate(referral, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner)

    assert told("case_allocated") == {"therapist@allyance.example"}


def test_allocate_to_a_therapist_without_an_account_tells_the_supervisor_alone(cast, case):
    practitioner = PractitionerFactory(service=cast.service, without_account=True)
    PlacementFactory(practitioner=practitioner, school=cast.school)

    referrals.allocate(case(accepted=True), by=cast.coordinator, version=1, practitioner=practitioner)

    assert [message.to for message in OutboxMessage.objects.all()] == [cast.supervisor]


def _placed_elsewhere(cast):
    return cast.other_practitioner


def _of_the_other_service(cast):
    return cast.hidden_practitioner


def _who_left(cast):
    practitioner = PractitionerFactory(service=cast.service, ends_at=timezone.now() + timedelta(days=1))
    PlacementFactory(practitioner=practitioner, school=cast.school)
    practitioner.starts_at -= timedelta(days=2)
    practitioner.ends_at = timezone.now() - timedelta(days=1)
    practitioner.save()
    return practitioner


def _whose_placement_ended(cast):
    practitioner = PractitionerFactory(service=cast.service)
    now = timezone.now()
    PlacementFactory(practitioner=practitioner, school=cast.school, starts_at=now - timedelta(days=9), ends_at=now)
    return practitioner


def _in_conflict(cast):
    ConflictBlockFactory(user=cast.therapist, pupil=cast.pupil)
    return cast.therapist_practitioner


@pytest.mark.parametrize(
    ("unfit", "words"),
    [
        (_placed_elsewhere, "placed at this school"),
        (_of_the_other_service, "this service's team"),
        (_who_left, "this service's team"),
        (_whose_placement_ended, "placed at this school"),
        (_in_conflict, "conflict of interest"),
    ],
)
def test_allocate_to_a_therapist_who_cannot_take_it(unfit, words, cast, case, everything):
    referral, practitioner = case(accepted=True), unfit(cast)
    before = everything()

    with pytest.raises(ValidationError, match=words):
        referrals.allocate(referral, by=cast.coordinator, version=1, practitioner=practitioner)

    assert everything() == before


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        ({"weekday": Weekday.TUESDAY, "time": time(9)}, "is at this school on Monday"),
        ({"weekday": Weekday.MONDAY}, "both a day and a time"),
        ({"time": time(9)}, "both a day and a time"),
        ({"weekday": Weekday.MONDAY, "time": time(10)}, "already sees another pupil at that time"),
    ],
)
def test_allocate_to_an_hour_that_cannot_be(slot, words, cast, case, everything):
    other = PupilFactory(school=cast.school)
    AllocationFactory(
        referral=case(pupil=other, accepted=True), practitioner=cast.therapist_practitioner,
        weekday=Weekday.MONDAY, time=time(10),
    )  # fmt: skip
    referral = case(accepted=True)
    before = everything()

    with pytest.raises(ValidationError, match=words):
        referrals.allocate(referral, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner, **slot)

    assert everything() == before


def test_close_ends_the_allocation_and_says_how_and_when(cast, case):
    referral = case(ending=True)

    after = referrals.close(
        referral, by=cast.therapist, version=1, reason=cast.items["Planned ending"], summary=" Goes out to play. "
    )

    stored = Referral.objects.get(pk=referral.pk)
    assert (stored.closure_reason, stored.closed_at) == (cast.items["Planned ending"], after.status_since)
    assert stored.ending_summary == "Goes out to play."
    allocation = Allocation.objects.get(referral=referral)
    assert allocation.ends_at == stored.closed_at
    assert allocation.version == 2
    assert not rules.can_view_referral(cast.therapist, stored)


def test_close_ends_an_allocation_that_had_not_begun(cast, case):
    referral = case(ending=True)
    later = timezone.now() + timedelta(days=3)
    referral.allocations.update(starts_at=later)

    referrals.close(referral, by=cast.coordinator, version=1, reason=cast.items["Planned ending"])

    assert Allocation.objects.get(referral=referral).ends_at == later
    assert not Allocation.objects.current(later + timedelta(days=1)).filter(referral=referral).exists()


@pytest.mark.parametrize("reason", ["of the other service", "of another list", "switched off"])
def test_close_with_a_reason_that_is_none(reason, cast, case, everything):
    items = {
        "of the other service": lambda: ListItemFactory(closure=True, service=cast.other_service),
        "of another list": lambda: cast.items["Bereavement"],
        "switched off": lambda: ListItemFactory(closure=True, service=cast.service, label="Old", active=False),
    }
    referral, item = case(ending=True), items[reason]()
    before = everything()

    with pytest.raises(ValidationError) as refused:
        referrals.close(referral, by=cast.therapist, version=1, reason=item)

    assert list(refused.value.message_dict) == ["reason"]
    assert everything() == before


def test_close_of_what_the_family_keeps_from_the_school_tells_no_school(cast, case):
    referral = case(ending=True, kept_from_school=True, referred_by=cast.coordinator)

    referrals.close(referral, by=cast.therapist, version=1, reason=cast.items["Planned ending"])

    assert told("case_closed") == {"coordinator@allyance.example"}


def test_reopen_waits_for_a_therapist_and_keeps_what_was_written(cast, case):
    referral = case(closed=True, ending_summary="Goes out to play.")

    opened = referrals.reopen(referral, by=cast.coordinator, version=1, note="The family asked.")

    stored = Referral.objects.get(pk=referral.pk)
    assert (stored.status, stored.closed_at, stored.closure_reason) == (Status.ACCEPTED, None, None)
    assert opened.open_allocation() is None
    given = referrals.allocate(stored, by=cast.coordinator, version=2, practitioner=cast.therapist_practitioner)
    begun = referrals.start_sessions(given, by=cast.therapist, version=3)
    with pytest.raises(StepRefused, match="a review"):  # the review of the first time does not count for the second
        referrals.start_ending(begun, by=cast.therapist, version=4)
    closed = referrals.close(
        begun, by=cast.therapist, version=4, reason=cast.items["Planned ending"], summary="Goes on school trips."
    )
    assert closed.ending_summary == "Goes out to play.\n\nGoes on school trips."


def test_hold_keeps_therapist_and_hour_and_resume_goes_on(cast, case):
    referral = case(active=True)

    held = referrals.hold(referral, by=cast.therapist, version=1, note="Away until the summer.")
    assert held.open_allocation() is not None
    resumed = referrals.resume(held, by=cast.therapist, version=2)

    assert resumed.status == Status.ACTIVE
    assert resumed.open_allocation().ends_at is None


def test_resume_into_a_review_that_was_held_needs_no_second_one(cast, case):
    referral = referrals.start_review(case(active=True), by=cast.therapist, version=1)
    reviews.record(referral, by=cast.therapist, held_on=timezone.localdate(), outcome="Calmer.")
    held = referrals.hold(referral, by=cast.therapist, version=2, note="Exam week.")

    resumed = referrals.resume(held, by=cast.therapist, version=3)

    assert referrals.continue_sessions(resumed, by=cast.therapist, version=4).status == Status.ACTIVE


@pytest.mark.parametrize("status", ["active", "on_hold"])
def test_withdraw_ends_the_allocation(status, cast, case):
    referral = case(status=Status(status))

    after = referrals.withdraw(referral, by=cast.head, version=1, note="The family moves away.")

    assert after.resumes_to == ""
    assert Allocation.objects.get(referral=referral).ends_at == after.status_since


def test_step_on_a_case_whose_pupil_moved_belongs_to_the_school_that_referred(cast, case):
    referral = case(active=True)
    cast.pupil.enrolments.update(ends_at=timezone.now())
    EnrolmentFactory(pupil=cast.pupil, school=cast.other_school)

    assert referrals.withdraw(referral, by=cast.sendco, version=1, note="Moved.").status == Status.WITHDRAWN
