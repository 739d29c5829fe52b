"""Every step: who may take it and who may not, what it writes, and what it says when it cannot be taken."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules
from casework.actions import referrals
from casework.actions.refusals import StaleVersion, StepRefused
from casework.actions.steps import SAY_WHY
from casework.lifecycle import Status
from casework.models import AuditEvent, OutboxMessage, Purpose, Referral, WhoDecides
from tests.cast import PEOPLE
from tests.factories import CaseShareFactory, FamilyAgreementFactory, ReviewFactory, take_back

SCHOOL = {"head", "sendco"}
WORKS = {"therapist"}
OFFICE = {"coordinator"}


@dataclass(frozen=True)
class Way:
    """A step: from which status, by whom, to which, and who hears of it when the first of them takes it."""

    step: str
    before: Status
    by: set[str]
    after: Status
    told: dict[str, set[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.step}-{self.before}"


DECIDED = {"referral_decided": {"sendco"}}

WAYS = [
    Way("submit", Status.DRAFT, SCHOOL, Status.SUBMITTED, {"referral_sent": {"therapist"}}),
    Way("submit", Status.RETURNED, SCHOOL, Status.SUBMITTED, {"referral_sent": {"therapist"}}),
    Way(
        "return_for_information",
        Status.SUBMITTED,
        {"coordinator", "head"},
        Status.RETURNED,
        {"referral_returned": {"sendco"}},
    ),
    Way("accept", Status.SUBMITTED, OFFICE, Status.ACCEPTED, DECIDED),
    Way("accept", Status.DISCUSSION, OFFICE, Status.ACCEPTED, DECIDED),
    Way("decline", Status.SUBMITTED, {"coordinator", "head"}, Status.DECLINED, DECIDED),
    Way("signpost", Status.SUBMITTED, OFFICE, Status.SIGNPOSTED, DECIDED),
    Way("signpost", Status.ACCEPTED, OFFICE, Status.SIGNPOSTED, DECIDED),
    Way(
        "allocate",
        Status.ACCEPTED,
        OFFICE,
        Status.ALLOCATED,
        {"case_allocated": {"therapist"}, "allocation_made": {"supervisor"}},
    ),
    # The factory's allocation is made just now, by who wrote the referral.
    Way(
        "undo_allocation",
        Status.ALLOCATED,
        {"sendco"},
        Status.ACCEPTED,
        {"allocation_undone": {"therapist", "supervisor"}},
    ),
    Way(
        "object_to_allocation",
        Status.ALLOCATED,
        {"supervisor"},
        Status.ACCEPTED,
        {"allocation_objected": {"coordinator", "therapist", "sendco"}},
    ),
    Way("start_assessment", Status.ALLOCATED, WORKS, Status.ASSESSMENT),
    Way("start_sessions", Status.ALLOCATED, WORKS, Status.ACTIVE),
    Way("start_sessions", Status.ASSESSMENT, WORKS, Status.ACTIVE),
    Way("start_review", Status.ACTIVE, WORKS, Status.REVIEW),
    Way("continue_sessions", Status.REVIEW, WORKS, Status.ACTIVE),
    Way("start_ending", Status.REVIEW, WORKS, Status.ENDING),
    Way("close", Status.ENDING, WORKS | OFFICE, Status.CLOSED, {"case_closed": {"sendco"}}),
    Way("close", Status.ALLOCATED, WORKS | OFFICE, Status.CLOSED, {"case_closed": {"sendco"}}),
    Way("reopen", Status.CLOSED, OFFICE, Status.ACCEPTED),
    Way("withdraw", Status.DRAFT, SCHOOL, Status.WITHDRAWN),
    Way("withdraw", Status.ACTIVE, SCHOOL | OFFICE, Status.WITHDRAWN),
    Way("withdraw", Status.ON_HOLD, SCHOOL | OFFICE, Status.WITHDRAWN),
    Way("hold", Status.SUBMITTED, OFFICE, Status.ON_HOLD),
    Way("hold", Status.ACTIVE, WORKS | OFFICE, Status.ON_HOLD),
    Way("resume", Status.ON_HOLD, WORKS | OFFICE, Status.ACTIVE),
]

every_way = pytest.mark.parametrize("way", WAYS, ids=str)


@pytest.fixture
def arrange(cast, case):
    """Makes the referral from which a way starts, and what its step takes."""

    def make(way: Way) -> tuple[Referral, dict[str, Any]]:
        referral = case(status=way.before)
        if way.before == Status.REVIEW:
            ReviewFactory(referral=referral)
        more: dict[str, Any] = {"note": "Because the family moved."} if way.step in SAY_WHY else {}
        if way.step == "allocate":
            more |= {"practitioner": cast.therapist_practitioner}
        if way.step == "close":
            more |= {"reason": cast.items["Planned ending"]}
        return referral, more

    return make


def take(way: Way, referral: Referral, by: Any, version: int | None = None, **more: Any) -> Referral:
    return referrals.STEPS[way.step](referral, by=by, version=version or referral.version, **more)


def test_steps_are_those_of_the_rules_and_the_lifecycle():
    transitions = {transition.name for transition in Referral().get_all_status_transitions()}

    assert set(referrals.STEPS) == set(rules.STEPS) == transitions
    assert {way.step for way in WAYS} == transitions - {"put_to_meeting"}


@every_way
def test_step_taken_is_written_down(way, cast, arrange, django_assert_max_num_queries):
    referral, more = arrange(way)
    person = getattr(cast, sorted(way.by)[-1])

    with django_assert_max_num_queries(70):
        after = take(way, referral, person, **more)

    stored = Referral.objects.get(pk=referral.pk)
    assert stored.status == after.status == way.after
    assert stored.version == after.version == referral.version + 1
    assert (stored.resumes_to != "") == (stored.status == Status.ON_HOLD)
    change = stored.changes.order_by("pk").last()
    assert (change.step, change.from_status, change.to_status) == (way.step, way.before, way.after)
    assert (change.by, change.at, change.note) == (person, stored.status_since, more.get("note", ""))
    event = AuditEvent.objects.get(verb="took step")
    assert (event.actor, event.referral, event.subject) == (person, referral, referral.uuid)
    assert event.detail == {"step": way.step, "before": way.before, "after": way.after}


@every_way
def test_step_tells_those_whose_move_it_is(way, cast, arrange):
    referral, more = arrange(way)
    person = min(way.by)

    take(way, referral, getattr(cast, person), **more)

    told = OutboxMessage.objects.values_list("kind", "to__email", "reference")
    expected = [(kind, part) for kind, parts in way.told.items() for part in parts if part != person]
    assert sorted(told) == sorted((kind, f"{part}@allyance.example", referral.reference) for kind, part in expected)


@every_way
def test_step_refused_changes_nothing(way, cast, arrange, everything):
    """To everyone but those whom the table names, and to them when the form was opened before the last change."""
    referral, more = arrange(way)
    before = everything()

    for part in PEOPLE:
        with pytest.raises(StaleVersion if part in way.by else PermissionDenied) as refused:
            take(way, referral, getattr(cast, part), version=referral.version + 1, **more)
        if part in way.by:
            assert refused.value.current == referral

    assert everything() == before


@every_way
def test_step_twice_is_done_once(way, cast, arrange, everything):
    referral, more = arrange(way)
    person = cast.coordinator if "coordinator" in way.by else getattr(cast, min(way.by))
    take(way, referral, person, **more)
    before = everything()

    # A therapist who closed the case no longer sees it; the coordinator and the school do.
    with pytest.raises(StaleVersion):
        take(way, referral, person, **more)

    assert everything() == before


@pytest.mark.parametrize("step", sorted(SAY_WHY))
def test_step_that_must_say_why(step, cast, arrange, everything):
    way = next(way for way in WAYS if way.step == step)
    referral, more = arrange(way)
    before = everything()

    with pytest.raises(ValidationError, match="Say why"):
        take(way, referral, getattr(cast, min(way.by)), **more | {"note": "  "})

    assert everything() == before


@pytest.mark.parametrize("step", sorted(referrals.STEPS))
def test_step_from_a_status_that_does_not_allow_it(step, cast, case):
    way = next((way for way in WAYS if way.step == step), Way("put_to_meeting", Status.SUBMITTED, OFFICE, Status.DRAFT))
    if step == "put_to_meeting":
        cast.cluster.decides = WhoDecides.MEETING
        cast.cluster.save()
    referral = case(status=Status.ASSESSMENT if way.before == Status.ON_HOLD else Status.ON_HOLD)
    if step == "withdraw":
        referral = case(pupil=cast.other_pupil, status=Status.DECLINED)
    referral.allocations.update(starts_at=timezone.now())
    more = {"practitioner": cast.therapist_practitioner} if step == "allocate" else {}
    more |= {"reason": cast.items["Planned ending"]} if step == "close" else {}

    with pytest.raises(StepRefused) as refused:
        take(way, referral, getattr(cast, min(way.by)), note="Because.", **more)

    assert refused.value.reasons[0].endswith(f"this one is “{Status(referral.status).label}”")
    assert Referral.objects.get(pk=referral.pk).status == referral.status


NEEDS = [
    ("submit", "draft", "sendco", "concerns", "why the school is worried"),
    ("submit", "draft", "sendco", "agreement", "the agreement of a person with parental responsibility"),
    ("accept", "submitted", "coordinator", "agreement", "the agreement of a person with parental responsibility"),
    ("allocate", "accepted", "coordinator", "agreement", "the agreement of a person with parental responsibility"),
    ("reopen", "closed", "coordinator", "agreement", "the agreement of a person with parental responsibility"),
    ("start_ending", "active", "therapist", "review", "a review that is written down"),
    ("start_ending", "review", "therapist", "review", "a review that is written down"),
    ("continue_sessions", "review", "therapist", "review", "a review that is written down"),
]


@pytest.mark.parametrize(("step", "status", "by", "lacks", "words"), NEEDS)
def test_step_that_lacks_what_it_needs(step, status, by, lacks, words, cast, case, everything):
    referral = case(status=Status(status), **({"concerns": ""} if lacks == "concerns" else {}))
    if lacks == "agreement":
        take_back(referral)
    before = everything()
    more = {"practitioner": cast.therapist_practitioner} if step == "allocate" else {}

    with pytest.raises(StepRefused) as refused:
        referrals.STEPS[step](referral, by=getattr(cast, by), version=1, note="Because.", **more)

    assert refused.value.reasons == [words]
    assert str(refused.value) == words
    assert everything() == before


def test_step_names_everything_that_is_missing(cast, case):
    referral = case(concerns="", agreed=False)

    with pytest.raises(StepRefused) as refused:
        referrals.submit(referral, by=cast.sendco, version=1)

    assert len(refused.value.reasons) == 2


def test_start_sessions_needs_a_therapist(cast, case):
    """A colleague who covers the case cannot begin sessions when its allocation has ended."""
    referral = case(allocated=True)
    referral.allocations.update(ends_at=timezone.now())
    CaseShareFactory(content_object=referral, user=cast.other_therapist)

    with pytest.raises(StepRefused, match="a therapist"):
        referrals.start_sessions(referral, by=cast.other_therapist, version=1)


def test_put_to_meeting_where_a_meeting_decides(cast, case):
    cast.cluster.decides = WhoDecides.MEETING
    cast.cluster.save()

    referral = case(submitted=True)
    FamilyAgreementFactory(referral=referral, carer=cast.carer, purpose=Purpose.MEETING)
    after = referrals.put_to_meeting(referral, by=cast.coordinator, version=1)

    assert Referral.objects.get(pk=after.pk).status == Status.DISCUSSION
    assert not OutboxMessage.objects.exists()


def test_put_to_meeting_where_none_decides(cast, case, everything):
    referral = case(submitted=True)
    before = everything()

    with pytest.raises(PermissionDenied):
        referrals.put_to_meeting(referral, by=cast.coordinator, version=1)

    assert everything() == before
