"""Two people at the same instant: one of them is done, the other is told clearly, and nothing is half done."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from casework.access.roles import Role
from casework.actions import assessments, deciding, pupils, referrals, registers, sessions
from casework.actions.endorsements import endorse_for_school, endorse_for_therapist
from casework.actions.refusals import AlreadyReferred, StaleVersion, StepRefused
from casework.lifecycle import Status
from casework.models import (
    Allocation,
    Assessment,
    Cluster,
    Endorsement,
    Numbering,
    OutboxMessage,
    Placement,
    Pupil,
    Referral,
    Session,
    Source,
    StatusChange,
    Weekday,
)
from tests.casework.together import together
from tests.factories import (
    AssessmentFactory,
    PlacementFactory,
    PractitionerFactory,
    PupilFactory,
    ReferralFactory,
    ServiceRoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def sent(cast, **fields):
    ours = {"school": cast.school, "pupil": cast.pupil, "referred_by": cast.sendco, "submitted": True}
    return ReferralFactory(**ours | fields)


def one_refused_with(kind, answers):
    """Exactly one of them was done; the other got a refusal that a screen can show."""
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(refusal) for refusal in refused] == [kind], answers
    assert len(answers) == len(refused) + 1


def test_two_second_yeses_of_the_school(cast):
    referral = sent(cast)
    endorse_for_therapist(referral, by=cast.therapist, version=1)

    answers = together(
        lambda: endorse_for_school(referral, by=cast.head, version=1),
        lambda: endorse_for_school(referral, by=cast.sendco, version=1),
    )

    one_refused_with(StaleVersion, answers)
    assert Allocation.objects.filter(referral=referral).count() == 1
    assert Endorsement.objects.filter(referral=referral).count() == 2
    assert StatusChange.objects.filter(referral=referral, step="allocate").count() == 1
    assert OutboxMessage.objects.filter(kind="case_allocated").count() == 1


def test_two_second_yeses_of_two_therapists(cast):
    referral = sent(cast)
    second = PractitionerFactory(service=cast.service)
    PlacementFactory(practitioner=second, school=cast.school)
    endorse_for_school(referral, by=cast.head, version=1)

    answers = together(
        lambda: endorse_for_therapist(referral, by=cast.therapist, version=1),
        lambda: endorse_for_therapist(referral, by=second.user, version=1),
    )

    one_refused_with(StaleVersion, answers)
    yes = Endorsement.objects.get(referral=referral, side="therapist")
    assert Allocation.objects.get(referral=referral).practitioner.user == yes.given_by


def test_two_first_yeses_are_one_decision(cast):
    referral = sent(cast)

    answers = together(
        lambda: endorse_for_school(referral, by=cast.head, version=1),
        lambda: endorse_for_therapist(referral, by=cast.therapist, version=1),
    )

    assert sorted(answer.status for answer in answers) == [Status.ALLOCATED, Status.SUBMITTED]
    assert Allocation.objects.filter(referral=referral).count() == 1


def test_the_same_yes_twice(cast):
    referral = sent(cast)

    answers = together(
        lambda: endorse_for_school(referral, by=cast.head, version=1),
        lambda: endorse_for_school(referral, by=cast.sendco, version=1),
    )

    one_refused_with(StepRefused, answers)
    assert Endorsement.objects.filter(referral=referral).count() == 1


def test_two_allocations_of_one_case(cast):
    referral = sent(cast, submitted=False, accepted=True)

    answers = together(
        *[
            lambda: referrals.allocate(
                referral, by=cast.coordinator, version=1, practitioner=cast.therapist_practitioner
            )
        ]
        * 2
    )

    one_refused_with(StaleVersion, answers)
    assert Allocation.objects.filter(referral=referral, ends_at__isnull=True).count() == 1


def test_two_cases_for_one_hour(cast):
    slot = {"practitioner": cast.therapist_practitioner, "weekday": Weekday.MONDAY, "time": time(9)}
    cases = [
        sent(cast, submitted=False, accepted=True),
        sent(cast, submitted=False, accepted=True, pupil=PupilFactory(school=cast.school)),
    ]

    answers = together(
        lambda: referrals.allocate(cases[0], by=cast.coordinator, version=1, **slot),
        lambda: referrals.allocate(cases[1], by=cast.coordinator, version=1, **slot),
    )

    one_refused_with(ValidationError, answers)
    assert "This therapist already sees another pupil at that time." in str(answers)
    assert sorted(Referral.objects.filter(pupil__service=cast.service).values_list("status", flat=True)) == [
        Status.ACCEPTED,
        Status.ALLOCATED,
    ]


def test_two_referrals_of_one_pupil(cast):
    fields = {"school": cast.school, "pupil": cast.pupil, "year_group": "4"}

    answers = together(
        lambda: referrals.start(by=cast.head, **fields), lambda: referrals.start(by=cast.sendco, **fields)
    )

    one_refused_with(AlreadyReferred, answers)
    assert f"go on with {Referral.objects.get(pupil=cast.pupil)}." in str(answers)


def test_a_schools_referral_and_the_coordinators_of_one_pupil(cast):
    fields = {"school": cast.school, "pupil": cast.pupil, "year_group": "4"}
    surgery = {"source": Source.OTHER, "source_name": "Coldwell surgery"}

    answers = together(
        lambda: referrals.start(by=cast.sendco, **fields),
        lambda: referrals.start(by=cast.coordinator, **fields, **surgery),
    )

    one_refused_with(AlreadyReferred, answers)
    assert Referral.objects.filter(pupil=cast.pupil).count() == 1


def test_one_that_is_shown_to_the_school_while_the_school_begins_its_own(cast):
    kept = ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.coordinator, kept_from_school=True)

    answers = together(
        lambda: referrals.show_to_school(kept, by=cast.coordinator, version=1),
        lambda: referrals.start(by=cast.sendco, school=cast.school, pupil=cast.pupil, year_group="4"),
    )

    one_refused_with(AlreadyReferred, answers)
    assert Referral.objects.filter(pupil=cast.pupil, school_may_see=True).count() == 1


def test_two_people_who_add_one_child(cast):
    child = {"first_name": "Nell", "last_name": "Overy", "date_of_birth": date(2018, 3, 4), "year_group": "4"}

    answers = together(
        lambda: pupils.add(by=cast.sendco, school=cast.school, **child),
        lambda: pupils.add(by=cast.coordinator, school=cast.school, **child),
    )

    one_refused_with(ValidationError, answers)
    assert "known already" in str(answers)
    assert Pupil.objects.filter(first_name="Nell").count() == 1


def test_numbers_are_given_once(cast):
    numbers = together(*[lambda: Numbering.next("T")] * 6)

    assert sorted(numbers) == [f"T-{number}" for number in range(101, 107)]


def test_one_session_written_down_twice(cast):
    referral = sent(cast, submitted=False, active=True, practitioner=cast.therapist_practitioner)
    fields = {"starts_at": referral.created_at, "minutes": 60, "attendance": cast.items["Came"], "note": "The boat."}

    answers = together(*[lambda: sessions.record(referral, by=cast.therapist, **fields)] * 2)

    one_refused_with(ValidationError, answers)
    assert Session.objects.filter(referral=referral).count() == 1


def test_one_conflict_said_twice(cast):
    answers = together(
        *[lambda: pupils.block(cast.pupil, by=cast.coordinator, person=cast.head, reason="relative")] * 2
    )

    one_refused_with(ValidationError, answers)


def test_two_entries_of_one_name(cast):
    answers = together(
        *[lambda: registers.save(Cluster(), by=cast.coordinator, service=cast.service, name="Westerby")] * 2
    )

    one_refused_with(ValidationError, answers)
    assert Cluster.objects.filter(name="Westerby").count() == 1


def test_two_placements_of_one_practitioner(cast):
    fields = {"practitioner": cast.other_practitioner, "school": cast.school, "friday": True}

    answers = together(*[lambda: registers.save(Placement(), by=cast.coordinator, **fields)] * 2)

    one_refused_with(ValidationError, answers)
    assert Placement.objects.filter(practitioner=cast.other_practitioner, school=cast.school).count() == 1


def test_one_assessment_begun_twice(cast):
    referral = sent(cast, submitted=False, active=True, practitioner=cast.therapist_practitioner)

    answers = together(
        *[lambda: assessments.begin(referral, by=cast.therapist, held_on=referral.created_at.date())] * 2
    )

    one_refused_with(ValidationError, answers)
    assert Assessment.objects.filter(referral=referral).count() == 1


def test_two_saves_of_one_assessment(cast):
    referral = sent(cast, submitted=False, active=True, practitioner=cast.therapist_practitioner)
    draft = AssessmentFactory(referral=referral, draft=True)
    part = draft.parts.get(position=0)
    kept = {"held_on": draft.held_on, "early_help_reference": "", "version": 1}

    answers = together(
        *[
            lambda words=words: assessments.change(draft, by=cast.therapist, texts={part.uuid: words}, **kept)
            for words in ("The boat.", "The harbour.")
        ]
    )

    one_refused_with(StaleVersion, answers)
    part.refresh_from_db()
    assert part.text in ("The boat.", "The harbour.")
    assert Assessment.objects.get(pk=draft.pk).version == 2


def test_two_coordinators_give_one_slot(cast):
    """One allocation and one clear refusal, though two people each mean another child."""
    second = UserFactory(email="second@allyance.example")
    ServiceRoleFactory(user=second, role=Role.COORDINATOR, content_object=cast.service)
    slot = {"practitioner": cast.therapist_practitioner, "weekday": Weekday.MONDAY, "time": time(9)}
    ours = sent(cast, submitted=False, accepted=True)
    theirs = sent(cast, submitted=False, accepted=True, pupil=PupilFactory(school=cast.school))

    answers = together(
        lambda: referrals.allocate(ours, by=cast.coordinator, version=1, **slot),
        lambda: referrals.allocate(theirs, by=second, version=1, **slot),
    )

    one_refused_with(ValidationError, answers)
    assert "This therapist already sees another pupil at that time." in str(answers)
    assert Allocation.objects.filter(time=time(9), ends_at=None).count() == 1


def test_a_second_yes_and_the_coordinators_yes(cast):
    referral = sent(cast)
    endorse_for_school(referral, by=cast.head, version=1)

    answers = together(
        lambda: endorse_for_therapist(referral, by=cast.therapist, version=1),
        lambda: referrals.accept(referral, by=cast.coordinator, version=1),
    )

    one_refused_with(StaleVersion, answers)
    assert StatusChange.objects.filter(referral=referral, step="accept").count() == 1


def test_two_orders_of_one_list(cast):
    rows = [sent(cast), sent(cast, pupil=PupilFactory(school=cast.school))]

    answers = together(
        lambda: deciding.put_in_order(cast.school, by=cast.head, version=1, first=rows),
        lambda: deciding.put_in_order(cast.school, by=cast.therapist, version=1, first=rows[::-1]),
    )

    one_refused_with(StaleVersion, answers)
    assert sorted(Referral.objects.filter(school=cast.school).values_list("place", flat=True)) == [1, 2]
