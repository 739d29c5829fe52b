"""Beginning, writing, finishing and adding to an assessment, and putting down who received it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from casework.actions import assessments
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import Assessment, AssessmentPart, AuditEvent, Basis, ListItem, ListName, Purpose
from tests.cast import PEOPLE
from tests.factories import AssessmentFactory, AssessmentRecipientFactory, CaseShareFactory, FamilyAgreementFactory


def begin(referral, by, **fields):
    return assessments.begin(referral, by=by, **{"held_on": timezone.localdate()} | fields)


def change(assessment, by, *, version=None, first="Bedtimes.", **fields):
    texts = {assessment.parts.first().uuid: first}
    kept = {"held_on": assessment.held_on, "early_help_reference": assessment.early_help_reference, "texts": texts}
    return assessments.change(assessment, by=by, version=version or assessment.version, **kept | fields)


def receive(assessment, by, **fields):
    given = {
        "name": "The duty officer",
        "agency": "Early help",
        "shared_on": timezone.localdate(),
        "basis": Basis.AGREEMENT,
        "because": "The mother agreed on Monday.",
    }
    return assessments.record_recipient(assessment, by=by, **given | fields)


@pytest.fixture
def passable(cast, case):
    """A finished assessment of a family that agreed to a referral to another service."""
    finished = AssessmentFactory(referral=case(active=True))
    FamilyAgreementFactory(referral=finished.referral, carer=cast.carer, purpose=Purpose.SERVICE)
    return finished


def headings(assessment):
    return list(assessment.parts.values_list("heading", flat=True))


def test_begin_under_the_headings_that_every_service_starts_with(cast, case):
    begun = begin(case(assessment=True), cast.therapist, early_help_reference=" EHA-118 ")

    assert headings(begun)[0] == "What are people worried about?"
    assert len(headings(begun)) == 7
    stored = Assessment.objects.get(pk=begun.pk)
    assert (stored.early_help_reference, stored.written_by, stored.finished_at) == ("EHA-118", cast.therapist, None)
    assert stored.data_key == stored.referral.data_key
    assert [(event.verb, event.referral) for event in AuditEvent.objects.all()] == [("added", stored.referral)]


def test_an_assessment_keeps_the_headings_that_it_was_begun_with(cast, case):
    entry = ListItem.objects.create(service=cast.service, list=ListName.ASSESSMENT, label="Sleep")
    ListItem.objects.create(service=cast.service, list=ListName.ASSESSMENT, label="Old", active=False)
    begun = begin(case(assessment=True), cast.therapist)

    entry.label = "Sleep and food"
    entry.save()

    assert headings(begun) == ["Sleep"]


def test_one_is_written_at_a_time(cast, case):
    referral = case(assessment=True)
    AssessmentFactory(referral=referral, draft=True)

    with pytest.raises(ValidationError, match="being written already"):
        begin(referral, cast.therapist)


def test_a_second_one_after_the_first_is_finished(cast, case):
    referral = case(active=True)
    AssessmentFactory(referral=referral)

    assert begin(referral, cast.therapist).finished_at is None


def test_begin_on_a_day_to_come_or_where_nobody_works_the_case(cast, case, everything):
    referral = case(assessment=True)
    before = everything()

    with pytest.raises(ValidationError) as refused:
        begin(referral, cast.therapist, held_on=timezone.localdate() + timedelta(days=1))

    assert list(refused.value.message_dict) == ["held_on"]
    assert everything() == before


def test_begin_for_a_closed_case_that_is_covered(cast, case):
    referral = case(closed=True)
    CaseShareFactory(content_object=referral, user=cast.other_therapist)

    with pytest.raises(StepRefused, match="a therapist"):
        begin(referral, cast.other_therapist)


@pytest.mark.parametrize("part", sorted(PEOPLE.keys() - {"therapist"}))
def test_nobody_else_writes(cast, case, everything, part):
    finished = AssessmentFactory(referral=case(active=True))
    person, before = getattr(cast, part), everything()

    for act in (
        lambda: begin(finished.referral, person),
        lambda: change(finished, person),
        lambda: assessments.add(finished, by=person, text="More."),
        lambda: receive(finished, person),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert everything() == before


def test_change_is_sealed_under_the_cases_key(cast, case):
    draft = AssessmentFactory(referral=case(active=True), draft=True)

    saved = change(draft, cast.therapist, first=" Tarnwick. ")

    part = AssessmentPart.objects.get(pk=saved.parts.first().pk)
    assert (part.text, part.data_key, saved.version) == ("Tarnwick.", saved.referral.data_key, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_assessmentpart WHERE id = %s", [part.pk])
        assert "Tarnwick" not in cursor.fetchone()[0]
    assert AuditEvent.objects.get().detail == {"fields": ["part 1"]}


def test_change_of_nothing_writes_nothing(cast, case, everything):
    draft = AssessmentFactory(referral=case(active=True), draft=True)
    before = everything()

    change(draft, cast.therapist)

    assert everything() == before


def test_change_of_an_older_version_shows_the_newer(cast, case):
    draft = AssessmentFactory(referral=case(active=True), draft=True)
    change(draft, cast.therapist, first="First.")

    with pytest.raises(StaleVersion) as stale:
        change(draft, cast.therapist, version=1, first="Second.")

    assert stale.value.current.parts.first().text == "First."


def test_finish_needs_something_written(cast, case, everything):
    draft = AssessmentFactory(referral=case(active=True), draft=True)
    before = everything()

    with pytest.raises(ValidationError, match="at least one heading"):
        change(draft, cast.therapist, first=" ", finish=True)

    assert everything() == before


def test_finish_says_when(cast, case):
    draft = AssessmentFactory(referral=case(active=True), draft=True)

    finished = change(draft, cast.therapist, finish=True)

    assert Assessment.objects.get(pk=finished.pk).finished_at is not None
    assert AuditEvent.objects.get().verb == "finished"


def test_what_somebody_received_is_only_added_to(cast, passable):
    finished = passable
    receive(finished, cast.therapist)

    with pytest.raises(PermissionDenied):
        change(finished, cast.therapist, first="Another story.")

    assessments.add(finished, by=cast.therapist, text=" The grandmother has moved in. ")
    assert finished.additions.get().text == "The grandmother has moved in."


@pytest.mark.parametrize(
    "act", [lambda draft, by: assessments.add(draft, by=by, text="More."), lambda draft, by: receive(draft, by)]
)
def test_a_draft_is_neither_added_to_nor_passed_on(cast, case, everything, act):
    draft = AssessmentFactory(referral=case(active=True), draft=True)
    before = everything()

    with pytest.raises(StepRefused, match="finished"):
        act(draft, cast.therapist)

    assert everything() == before


def test_passing_on_by_agreement_needs_one_and_for_safety_needs_none(cast, case):
    """An agreement to the work is none to passing on."""
    finished = AssessmentFactory(referral=case(active=True))

    with pytest.raises(StepRefused, match="another service, or to CAMHS"):
        receive(finished, cast.therapist)
    receive(finished, cast.therapist, basis=Basis.SAFEGUARDING, because="Bruises; told to the duty officer at 10:40.")

    assert finished.recipients.get().basis == Basis.SAFEGUARDING
    event = AuditEvent.objects.get()
    assert (event.verb, event.detail) == ("passed on", {"basis": "safeguarding"})


@pytest.mark.parametrize("missing", ["name", "agency", "because"])
def test_a_recipient_says_who_and_why(cast, passable, everything, missing):
    finished = passable
    before = everything()

    with pytest.raises(ValidationError) as refused:
        receive(finished, cast.therapist, **{missing: "  "})

    assert list(refused.value.message_dict) == [missing]
    assert everything() == before


def test_recipients_stay_in_the_order_of_their_days(cast, case):
    finished = AssessmentFactory(referral=case(active=True))
    today = timezone.localdate()
    later = AssessmentRecipientFactory(assessment=finished, shared_on=today)
    earlier = AssessmentRecipientFactory(assessment=finished, shared_on=today - timedelta(days=3))

    assert list(finished.recipients.all()) == [earlier, later]
