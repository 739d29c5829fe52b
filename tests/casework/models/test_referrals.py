"""Referrals, and what belongs to them: what the database itself refuses."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.lifecycle import WORKED, Status
from casework.models import Endorsement, Purpose, Referral, Source, WhoDecides
from casework.sealed import SealBroken
from tests.factories import (
    AllocationFactory,
    CarerFactory,
    FamilyAgreementFactory,
    ReferralFactory,
    ReviewFactory,
    SchoolFactory,
    StatusChangeFactory,
    take_back,
)


def refused(name: str, **fields):
    """That the named constraint refuses a referral like this."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ReferralFactory(history=False, practitioner=None, **fields)


# --- Constraints ----------------------------------------------------------------------------------


def test_referral_reference_is_unique(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(reference=ReferralFactory().reference)


def test_referral_status_is_known(db):
    referral = ReferralFactory(active=True)

    with pytest.raises(IntegrityError, match="referral_status_is_known"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(status="lost")


def test_referral_status_is_changed_by_its_steps_alone(db):
    referral = ReferralFactory()

    with pytest.raises(AttributeError):
        referral.status = Status.ACTIVE


def test_referral_on_hold_remembers_where_it_was(db):
    refused("referral_on_hold_remembers", on_hold=True, resumes_to="")
    refused("referral_on_hold_remembers", active=True, resumes_to=Status.ACTIVE)


@pytest.mark.parametrize("status", [one for one in Status if one not in (Status.DRAFT, Status.WITHDRAWN)])
def test_referral_was_sent_at_some_time(db, status):
    refused("referral_was_sent", status=status, submitted_at=None)


def test_referral_is_the_one_open_one_of_its_pupil(db):
    first = ReferralFactory(active=True)
    same = {"pupil": first.pupil, "school": first.school}

    refused("casework_referral.pupil_id|one_open_referral_of_a_pupil", **same)
    ReferralFactory(kept_from_school=True, **same)
    refused("casework_referral.pupil_id|one_open_referral_of_a_pupil", kept_from_school=True, submitted=True, **same)
    ReferralFactory(closed=True, **same)
    ReferralFactory(pupil=first.pupil, school=SchoolFactory(service=first.school.service))


def test_referral_can_be_withdrawn_before_it_was_sent(db):
    assert ReferralFactory(withdrawn=True, submitted_at=None, history=False).pk


def test_referral_closed_says_when_and_why(db):
    refused("referral_closed_says_when_and_why", closed=True, closed_at=None)
    refused("referral_closed_says_when_and_why", closed=True, closure_reason=None)
    refused("referral_closed_says_when_and_why", active=True, closed_at=timezone.now())


@pytest.mark.parametrize(
    "fields",
    [
        {"source": Source.OTHER, "source_name": ""},
        {"source": Source.SCHOOL, "source_name": "Coldwell surgery"},
        {"source": Source.SCHOOL, "school_may_see": False},
    ],
)
def test_referral_source_is_named(db, fields):
    refused("referral_source_is_named", **fields)


@pytest.mark.parametrize("status", Status)
def test_referral_can_stand_in_every_status(db, status):
    assert Referral.objects.get(pk=ReferralFactory(status=status).pk).status == status


# --- Named filters --------------------------------------------------------------------------------


def test_referral_filters_part_them(db):
    made = {status: ReferralFactory(status=status) for status in Status}

    waiting = {Status.SUBMITTED, Status.DISCUSSION, Status.ACCEPTED}
    finished = {Status.CLOSED, Status.DECLINED, Status.SIGNPOSTED, Status.WITHDRAWN}
    assert set(Referral.objects.waiting()) == {made[status] for status in waiting}
    assert set(Referral.objects.unfinished()) == {made[status] for status in set(Status) - finished}
    assert set(Referral.objects.worked()) == {made[status] for status in WORKED}


# --- What it says of itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "fields", "words"),
    [
        (Status.DRAFT, {}, "the school"),
        (Status.DRAFT, {"other_source": True}, "the coordinator"),
        (Status.SUBMITTED, {}, "the school and its therapist"),
        (Status.SUBMITTED, {"kept_from_school": True}, "the coordinator"),
        (Status.DISCUSSION, {}, "the meeting"),
        (Status.ACTIVE, {}, "the therapist"),
        (Status.CLOSED, {}, "nobody"),
    ],
)
def test_referral_next_mover(db, status, fields, words):
    assert ReferralFactory(status=status, **fields).next_mover == words


def test_referral_kept_from_the_school_is_decided_by_the_coordinator(db):
    school = SchoolFactory(service__meeting_decides=True)

    assert ReferralFactory.build(school=school, school_may_see=False).decides is WhoDecides.COORDINATOR
    assert ReferralFactory.build(school=school).decides is WhoDecides.MEETING


def test_referral_open_allocation_is_the_one_that_holds_now(db):
    referral = ReferralFactory(accepted=True)
    AllocationFactory(referral=referral, ended=True)
    assert referral.open_allocation() is None

    allocation = AllocationFactory(referral=referral)

    assert referral.open_allocation() == allocation


def test_referral_family_agrees_by_who_holds_parental_responsibility(db):
    referral = ReferralFactory(agreed=False)
    assert not referral.agrees_to(Purpose.WORK)

    FamilyAgreementFactory(referral=referral, carer=CarerFactory(family=referral.pupil.family, foster=True))
    assert not referral.agrees_to(Purpose.WORK)

    FamilyAgreementFactory(referral=referral)
    assert referral.agrees_to(Purpose.WORK)

    take_back(referral)
    assert not referral.agrees_to(Purpose.WORK)


def test_referral_is_reviewed_since_it_last_came_into_review(db):
    referral = ReferralFactory(review=True)
    ReviewFactory(referral=referral, created_at=referral.status_since - timedelta(days=60))
    assert not referral.is_reviewed()

    ReviewFactory(referral=referral)
    assert referral.is_reviewed()

    StatusChangeFactory(
        referral=referral,
        step="start_review",
        to_status=Status.REVIEW,
        at=timezone.now() + timedelta(days=40),
    )
    assert not referral.is_reviewed()


# --- Yeses, allocations ---------------------------------------------------------------------------


def test_endorsement_is_one_of_a_side_at_a_time(db):
    referral = ReferralFactory(submitted=True)
    fields = {"referral": referral, "side": Endorsement.Side.SCHOOL, "given_by": referral.referred_by}
    Endorsement.objects.create(**fields, withdrawn_at=timezone.now())
    Endorsement.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(**fields)


def test_allocation_is_open_once(db):
    referral = ReferralFactory(allocated=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        AllocationFactory(referral=referral)


def test_allocation_has_its_hour_to_itself(db):
    first = AllocationFactory(weekday=0, time=time(9, 15))
    same_hour = {"practitioner": first.practitioner, "weekday": 0, "time": time(9, 15)}
    AllocationFactory(**same_hour, ended=True)
    AllocationFactory(**same_hour | {"weekday": 1})

    with pytest.raises(IntegrityError), transaction.atomic():
        AllocationFactory(**same_hour)


def test_allocations_without_an_hour_do_not_clash(db):
    first = AllocationFactory(weekday=0)

    assert AllocationFactory(practitioner=first.practitioner, weekday=0).pk


# --- Words ----------------------------------------------------------------------------------------


def test_referral_text_stands_sealed_in_its_own_row(db):
    referral, other = ReferralFactory(concerns="Quiet since the autumn."), ReferralFactory(concerns="Asks for nothing.")
    token = Referral.objects.filter(pk=referral.pk).values_list("concerns", flat=True).get()
    assert "Quiet" not in token

    Referral.objects.filter(pk=other.pk).update(concerns=token)

    with pytest.raises(SealBroken):
        _ = Referral.objects.get(pk=other.pk).concerns


def test_referral_and_its_rows_are_shown_by_reference(db):
    referral = ReferralFactory(ending=True, reference="R26-118")
    rows = [referral, referral.open_allocation(), referral.reviews.get(), *referral.changes.all()]

    assert all("R26-118" in str(row) for row in rows)
    assert not [row for row in rows if referral.pupil.last_name in str(row)]
