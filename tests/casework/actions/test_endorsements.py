"""The two yeses: one of the school and one of a placed therapist accept a referral and give that therapist the case."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.actions import referrals
from casework.actions.endorsements import endorse_for_school, endorse_for_therapist
from casework.actions.refusals import StaleVersion, StepRefused
from casework.lifecycle import Status
from casework.models import AuditEvent, Endorsement, OutboxMessage, Referral, WhoDecides
from tests.cast import PEOPLE
from tests.factories import (
    ConflictBlockFactory,
    PlacementFactory,
    PractitionerFactory,
    SchoolYearFactory,
    ServiceAgreementFactory,
    take_back,
)


@pytest.fixture
def sent(case):
    return case(submitted=True)


def test_endorse_first_yes_waits_for_the_other(cast, sent):
    after = endorse_for_school(sent, by=cast.head, version=1)

    assert (after.status, after.version) == (Status.SUBMITTED, 1)
    yes = Endorsement.objects.get()
    assert (yes.referral, yes.side, yes.given_by) == (sent, "school", cast.head)
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail, event.referral) == ("said yes", {"side": "school"}, sent)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("school_first", [True, False])
@pytest.mark.parametrize("who", ["head", "sendco"])
def test_endorse_second_yes_accepts_and_allocates_the_therapist_who_said_yes(who, school_first, cast, sent):
    def school():
        return endorse_for_school(sent, by=getattr(cast, who), version=1)

    def therapist():
        return endorse_for_therapist(sent, by=cast.therapist, version=1)

    first, second = (school, therapist) if school_first else (therapist, school)
    first()
    after = second()

    stored = Referral.objects.get(pk=sent.pk)
    assert stored.status == after.status == Status.ALLOCATED
    assert stored.decided_at is not None
    allocation = stored.open_allocation()
    assert (allocation.practitioner, allocation.parents_first) == (cast.therapist_practitioner, False)
    assert list(stored.changes.order_by("pk").values_list("step", flat=True))[-2:] == ["accept", "allocate"]
    told = set(OutboxMessage.objects.values_list("kind", "to__email"))
    expected = {("referral_decided", "sendco"), ("case_allocated", "therapist"), ("allocation_made", "supervisor")}
    actor = who if not school_first else "therapist"
    assert told == {(kind, f"{part}@allyance.example") for kind, part in expected if part != actor}


def test_endorse_by_everyone_else(cast, sent, everything):
    before = everything()

    for part in PEOPLE.keys() - {"head", "sendco"}:
        with pytest.raises(PermissionDenied):
            endorse_for_school(sent, by=getattr(cast, part), version=1)
    for part in PEOPLE.keys() - {"therapist"}:
        with pytest.raises(PermissionDenied):
            endorse_for_therapist(sent, by=getattr(cast, part), version=1)

    assert everything() == before


def test_endorse_twice_for_one_side(cast, sent, everything):
    endorse_for_school(sent, by=cast.head, version=1)
    before = everything()

    with pytest.raises(StepRefused, match="the school has said yes already"):
        endorse_for_school(sent, by=cast.sendco, version=1)

    assert everything() == before


@pytest.mark.parametrize("school_first", [True, False])
def test_endorse_takes_two_people(school_first, cast, sent, everything):
    """A head who is the placed therapist too says one of the two yeses, and somebody else the other."""
    both = cast.head
    PlacementFactory(school=cast.school, practitioner=PractitionerFactory(service=cast.service, user=both))
    first, second = (endorse_for_school, endorse_for_therapist)[:: 1 if school_first else -1]
    first(sent, by=both, version=1)
    before = everything()

    with pytest.raises(PermissionDenied):
        second(sent, by=both, version=1)

    assert everything() == before
    after = second(sent, by=cast.therapist if school_first else cast.sendco, version=1)
    assert after.status == Status.ALLOCATED


def test_endorse_for_the_school_once_ones_own_yes_as_its_therapist_has_lapsed(cast, sent):
    practitioner = PractitionerFactory(service=cast.service, user=cast.head)
    placement = PlacementFactory(school=cast.school, practitioner=practitioner)
    endorse_for_therapist(sent, by=cast.head, version=1)
    placement.ends_at = timezone.now()
    placement.save()

    assert endorse_for_school(sent, by=cast.head, version=1).status == Status.SUBMITTED
    assert endorse_for_therapist(sent, by=cast.therapist, version=1).status == Status.ALLOCATED


def test_submit_tells_the_coordinator_where_head_and_therapist_are_one_person(cast, case):
    cast.placement.ends_at = timezone.now()
    cast.placement.save()
    PlacementFactory(school=cast.school, practitioner=PractitionerFactory(service=cast.service, user=cast.head))

    referrals.submit(case(), by=cast.sendco, version=1)

    assert set(OutboxMessage.objects.values_list("to__email", flat=True)) == {cast.head.email, cast.coordinator.email}


def test_endorse_a_third_time_is_stale(cast, sent, everything):
    endorse_for_school(sent, by=cast.head, version=1)
    endorse_for_therapist(sent, by=cast.therapist, version=1)
    before = everything()

    with pytest.raises(StaleVersion):
        endorse_for_school(sent, by=cast.sendco, version=1)

    assert everything() == before


@pytest.mark.parametrize("status", [Status.RETURNED, Status.ACCEPTED, Status.ON_HOLD, Status.WITHDRAWN])
def test_endorse_what_waits_for_no_yes(status, cast, case):
    with pytest.raises(StepRefused, match="waits for a yes"):
        endorse_for_school(case(status=status), by=cast.head, version=1)


@pytest.mark.parametrize("decides", [WhoDecides.COORDINATOR, WhoDecides.MEETING])
def test_endorse_where_others_decide(decides, cast, sent):
    cast.cluster.decides = decides
    cast.cluster.save()

    with pytest.raises(PermissionDenied):
        endorse_for_school(sent, by=cast.head, version=1)
    with pytest.raises(PermissionDenied):
        endorse_for_therapist(sent, by=cast.therapist, version=1)


def test_endorse_without_the_familys_agreement_gives_no_second_yes(cast, sent, everything):
    endorse_for_school(sent, by=cast.head, version=1)
    take_back(sent)
    before = everything()

    with pytest.raises(StepRefused, match="parental responsibility"):
        endorse_for_therapist(sent, by=cast.therapist, version=1)

    assert everything() == before


@pytest.mark.parametrize("lapse", ["placement", "conflict"])
def test_endorse_after_the_therapist_can_no_longer_take_the_case(lapse, cast, sent):
    """The yes of a therapist who is gone is taken back, so that another can give one."""
    endorse_for_therapist(sent, by=cast.therapist, version=1)
    if lapse == "placement":
        cast.placement.ends_at = timezone.now()
        cast.placement.save()
    else:
        ConflictBlockFactory(user=cast.therapist, pupil=cast.pupil)
    second = PlacementFactory(school=cast.school, practitioner=PractitionerFactory(service=cast.service)).practitioner

    waiting = endorse_for_school(sent, by=cast.head, version=1)
    assert waiting.status == Status.SUBMITTED
    after = endorse_for_therapist(sent, by=second.user, version=1)

    assert after.open_allocation().practitioner == second
    assert Endorsement.objects.get(given_by=cast.therapist).withdrawn_at is not None


def test_endorse_again_after_it_was_returned_with_a_question(cast, sent):
    """A yes to what was read is no yes to what will be written."""
    endorse_for_school(sent, by=cast.head, version=1)
    back = referrals.return_for_information(sent, by=cast.coordinator, version=1, note="Since when?")
    again = referrals.submit(back, by=cast.sendco, version=2)

    after = endorse_for_therapist(again, by=cast.therapist, version=3)

    assert after.status == Status.SUBMITTED
    assert Endorsement.objects.filter(withdrawn_at__isnull=False).count() == 1


@pytest.mark.parametrize(("left", "refused"), [("1", False), ("0", True), ("-2", True), (None, False)])
def test_endorse_where_the_hours_have_run_out(left, refused, cast, sent, everything):
    """Only the yes that would accept is refused; the coordinator decides all the same."""
    if left is not None:
        year = SchoolYearFactory(service=cast.service, starts_on=timezone.localdate() - timedelta(days=90))
        ServiceAgreementFactory(school=cast.school, school_year=year, made_by=cast.coordinator)
        if Decimal(left):
            cast.school.hours_entries.create(
                on=timezone.localdate(), kind="adjusted", reason="Test", hours=Decimal(left), by=cast.coordinator
            )
    endorse_for_school(sent, by=cast.head, version=1)
    before = everything()

    if not refused:
        assert endorse_for_therapist(sent, by=cast.therapist, version=1).status == Status.ALLOCATED
        return
    with pytest.raises(StepRefused, match="asks for extra hours first"):
        endorse_for_therapist(sent, by=cast.therapist, version=1)
    assert everything() == before
    assert referrals.accept(sent, by=cast.coordinator, version=1).status == Status.ACCEPTED


def test_endorse_asks_for_the_parents_first_where_the_service_does(cast, sent):
    cast.service.parents_first = True
    cast.service.save()
    endorse_for_school(sent, by=cast.head, version=1)

    after = endorse_for_therapist(sent, by=cast.therapist, version=1)

    assert after.open_allocation().parents_first
