"""A letter of assurance says what was checked on the day of its issue; what changes brings the next, or ends it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.actions import letters, registers
from casework.actions.refusals import StepRefused
from casework.models import (
    AssuranceLetter,
    AuditEvent,
    IfMissing,
    LetterFacts,
    OutboxMessage,
    Placement,
    RequirementKind,
    School,
)
from tests.factories import (
    AssuranceLetterFactory,
    EvidenceFactory,
    PlacementFactory,
    PractitionerFactory,
    RequirementFactory,
    WaiverFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def registration(cast):
    return RequirementFactory(service=cast.service, kind=RequirementKind.REGISTRATION, name="Registration", position=1)


@pytest.fixture
def dbs(cast):
    return RequirementFactory(service=cast.service, position=2)


@pytest.fixture
def seen(cast, registration, dbs):
    """All that is asked of the cast's therapist was seen; the registration ends first."""
    about = {"practitioner": cast.therapist_practitioner, "seen_by": cast.coordinator}
    return [
        EvidenceFactory(requirement=registration, number="PT-1234", expires_on=TODAY() + timedelta(days=30), **about),
        EvidenceFactory(requirement=dbs, level="Enhanced, with the barred list", checked_on=TODAY(), **about),
    ]


def issue(cast, *, by=None, school=None, practitioner=None):
    practitioner = practitioner or cast.therapist_practitioner
    return letters.issue(practitioner, school or cast.school, by=by or cast.coordinator)


def numbers(cast):
    rows = AssuranceLetter.objects.filter(school=cast.school).order_by("number")
    return [(row.number, row.replaced_at is None) for row in rows]


def told():
    return sorted(OutboxMessage.objects.values_list("kind", "to__email"))


def test_issue_keeps_what_was_checked_and_tells_the_head(cast, seen):
    letter = issue(cast)

    facts = LetterFacts.of_text(letter.facts)
    assert (facts.school, facts.urn, facts.practitioner) == (cast.school.name, cast.school.urn, "Saoirse Calder")
    assert (facts.discipline, facts.registration) == ("Play therapist", "PT-1234")
    assert [(one.requirement, one.number, one.seen_by) for one in facts.seen] == [
        ("Registration", "PT-1234", "Rowan Ashby"), ("Enhanced DBS check", "001234567890", "Rowan Ashby"),
    ]  # fmt: skip
    assert facts.seen[1].level == "Enhanced, with the barred list"
    assert (facts.seen[1].checked_on, facts.seen[1].until, facts.not_seen) == (TODAY(), None, [])
    assert any("photograph" in note for note in facts.notes) and any("No copy" in note for note in facts.notes)
    assert (letter.number, letter.holds_until) == (1, TODAY() + timedelta(days=30))
    assert told() == [("letter_issued", cast.head.email)]
    assert AuditEvent.objects.get(verb="issued").detail == {"number": 1}


@pytest.mark.parametrize(
    "person", ["head", "sendco", "supervisor", "therapist", "dsl", "other_therapist", "tsl", "outsider", "steering"]
)
def test_issue_is_the_coordinators(cast, seen, person):
    with pytest.raises(PermissionDenied):
        issue(cast, by=getattr(cast, person))
    with pytest.raises(PermissionDenied):
        letters.issue_all(cast.school, by=getattr(cast, person))


def test_issue_is_for_a_school_of_the_same_service(cast, seen):
    with pytest.raises(PermissionDenied):
        issue(cast, school=cast.hidden_school)


def test_issue_refuses_each_gap_that_stops_in_its_words(cast, registration, dbs):
    training = RequirementFactory(service=cast.service, training=True)
    RequirementFactory(service=cast.service, name="References", if_missing=IfMissing.WARNS)
    ended = TODAY() - timedelta(days=1)
    EvidenceFactory(
        practitioner=cast.therapist_practitioner, requirement=registration, expires_on=ended,
        dated=ended - timedelta(days=365),
    )  # fmt: skip

    with pytest.raises(StepRefused) as refused:
        issue(cast)

    assert refused.value.reasons == [
        f"{training.name}: missing", f"Registration: run out on {ended:%-d %B %Y}", "Enhanced DBS check: missing",
    ]  # fmt: skip
    assert not AssuranceLetter.objects.exists()


def test_issue_says_plainly_what_it_does_not_assure_of(cast, seen):
    RequirementFactory(service=cast.service, name="References", if_missing=IfMissing.WARNS)
    training = RequirementFactory(service=cast.service, training=True)
    WaiverFactory(practitioner=cast.therapist_practitioner, requirement=training)

    facts = LetterFacts.of_text(issue(cast).facts)

    assert {one.requirement: one.standing for one in facts.not_seen} == {
        "References": "missing", "Safeguarding training": "allowed for now",
    }  # fmt: skip


def test_issue_is_about_who_works_there_now_or_soon(cast, seen):
    with pytest.raises(StepRefused, match="a placement of Saoirse Calder at Brackenfield"):
        issue(cast, school=cast.other_school)
    PlacementFactory(
        practitioner=cast.therapist_practitioner, school=cast.other_school,
        starts_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    assert issue(cast, school=cast.other_school).number == 1


def test_issue_again_changes_nothing_where_nothing_changed(cast, seen):
    assert issue(cast) == issue(cast)
    assert numbers(cast) == [(1, True)]
    seen[1].number = "009999999999"
    seen[1].save()

    second = issue(cast)

    assert numbers(cast) == [(1, False), (2, True)]
    assert "009999999999" in second.facts
    assert ("letter_reissued", cast.head.email) in told()


def test_issue_all_is_for_everybody_placed_there_now(cast, seen):
    coordinator_too = PractitionerFactory(service=cast.service, user=cast.coordinator)
    gap = PractitionerFactory(service=cast.service)
    left = PractitionerFactory(service=cast.service)
    for practitioner in (coordinator_too, gap, left):
        PlacementFactory(practitioner=practitioner, school=cast.school)
    Placement.objects.filter(practitioner=left).update(ends_at=timezone.now())
    for row in seen:
        EvidenceFactory(practitioner=coordinator_too, requirement=row.requirement)

    issued = letters.issue_all(cast.school, by=cast.coordinator)

    assert [letter.practitioner for letter in issued.letters] == [cast.therapist_practitioner]
    assert issued.refused == [
        (coordinator_too, ["nobody issues a letter about themselves"]),
        (gap, ["Registration: missing", "Enhanced DBS check: missing"]),
    ]
    again = letters.issue_all(cast.school, by=cast.coordinator)
    assert (again.letters, again.unchanged) == ([], issued.letters)


def test_renew_issues_the_next_where_something_changed(cast, seen):
    PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.other_school)
    issue(cast)
    letters.renew(cast.therapist_practitioner, by=cast.supervisor)
    assert numbers(cast) == [(1, True)]

    seen[0].expires_on = TODAY() + timedelta(days=395)
    seen[0].save()
    letters.renew(cast.therapist_practitioner, by=cast.supervisor)

    assert numbers(cast) == [(1, False), (2, True)]
    standing = AssuranceLetter.objects.get(replaced_at=None)  # the other school has none until one is asked for
    assert (standing.issued_by, standing.holds_until) == (cast.supervisor, TODAY() + timedelta(days=395))


def test_renew_does_not_mind_that_something_ends_soon(cast, seen):
    seen[0].expires_on = TODAY() + timedelta(days=61)
    seen[0].save()
    issue(cast)
    seen[0].expires_on = None
    seen[0].save()
    letters.renew(cast.therapist_practitioner, by=cast.coordinator)
    assert numbers(cast) == [(1, False), (2, True)]
    assert "ends soon" not in "".join(letter.facts for letter in AssuranceLetter.objects.all())


def test_renew_withdraws_where_a_gap_stops_it_and_tells_the_head(cast, seen):
    issue(cast)
    RequirementFactory(service=cast.service, kind=RequirementKind.INSURANCE, name="Insurance")

    letters.renew(cast.therapist_practitioner, by=cast.supervisor)

    assert numbers(cast) == [(1, False)]
    assert told() == [("letter_issued", cast.head.email), ("letter_withdrawn", cast.head.email)]
    assert AuditEvent.objects.get(verb="withdrew").actor == cast.supervisor


def test_renew_makes_no_letter_where_there_was_none(cast, seen, django_assert_num_queries):
    with django_assert_num_queries(3):  # a savepoint around one question
        letters.renew(cast.therapist_practitioner, by=cast.coordinator)
    assert not AssuranceLetter.objects.exists()


def test_a_number_is_never_given_twice(cast, seen):
    issue(cast)
    AssuranceLetter.objects.update(replaced_at=timezone.now())

    assert issue(cast).number == 2


def test_a_letter_ends_with_the_placement_and_the_others_stay(cast, seen):
    other = PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.other_school)
    issue(cast)
    issue(cast, school=cast.other_school)

    registers.end(cast.placement, by=cast.coordinator)

    assert [letter.school for letter in AssuranceLetter.objects.filter(replaced_at=None)] == [other.school]
    assert ("letter_withdrawn", cast.head.email) in told()


def test_letters_end_with_the_practitioners_time(cast, seen):
    issue(cast)
    AssuranceLetterFactory(practitioner=cast.other_practitioner, school=cast.school)

    registers.end(cast.therapist_practitioner, by=cast.coordinator)

    standing = AssuranceLetter.objects.get(replaced_at=None)
    assert standing.practitioner == cast.other_practitioner


def test_a_new_name_of_practitioner_or_school_brings_the_next_letter(cast, seen):
    issue(cast)
    about = cast.therapist_practitioner

    registers.save(about, by=cast.coordinator, version=1, name="Saoirse Calder-Wynn")
    registers.save(School.objects.get(pk=cast.school.pk), by=cast.coordinator, version=1, name="Cawdale School")

    assert numbers(cast) == [(1, False), (2, False), (3, True)]
    facts = LetterFacts.of_text(AssuranceLetter.objects.get(replaced_at=None).facts)
    assert (facts.practitioner, facts.school) == ("Saoirse Calder-Wynn", "Cawdale School")


def test_what_is_in_no_letter_brings_none(cast, seen):
    issue(cast)

    registers.save(cast.therapist_practitioner, by=cast.coordinator, version=1, weekly_hours=9)
    registers.save(School.objects.get(pk=cast.school.pk), by=cast.coordinator, version=1, room="The Loft")

    assert numbers(cast) == [(1, True)]


@pytest.mark.parametrize("what", ["placement", "time with the service"])
def test_withdraw_over_takes_back_what_the_clock_ended_and_tells_the_head(cast, seen, what):
    other = PlacementFactory(practitioner=cast.therapist_practitioner, school=cast.other_school)
    issue(cast)
    issue(cast, school=cast.other_school)
    OutboxMessage.objects.all().delete()
    assert letters.withdraw_over() == 0

    ended = cast.placement if what == "placement" else cast.therapist_practitioner
    now = timezone.now()
    rows = type(ended).objects.filter(pk=ended.pk)
    rows.update(starts_at=now - timedelta(days=9), ends_at=now - timedelta(seconds=1))

    left = [other.school] if what == "placement" else []
    assert letters.withdraw_over() == 2 - len(left) and letters.withdraw_over() == 0
    assert [letter.school for letter in AssuranceLetter.objects.filter(replaced_at=None)] == left
    assert ("letter_withdrawn", cast.head.email) in told()
    assert AuditEvent.objects.filter(verb="withdrew", actor=None).count() == 2 - len(left)


def test_withdraw_over_leaves_the_letter_about_who_comes_soon(cast, seen):
    start = timezone.now() + timedelta(days=3)
    Placement.objects.filter(pk=cast.placement.pk).update(starts_at=start)
    issue(cast)
    assert letters.withdraw_over() == 0


def test_issue_is_not_about_who_has_left_the_service(cast, seen):
    cast.therapist_practitioner.ends_at = timezone.now()
    cast.therapist_practitioner.save()
    with pytest.raises(StepRefused):
        issue(cast)


def test_a_letter_holds_no_longer_than_what_is_allowed_for_now(cast, seen):
    training = RequirementFactory(training=True, service=cast.service)
    until = TODAY() + timedelta(days=7)
    WaiverFactory(practitioner=cast.therapist_practitioner, requirement=training, until=until)
    assert issue(cast).holds_until == until


def test_withdraw_over_takes_back_what_rests_on_something_that_has_run_out(cast, seen):
    letter = issue(cast)
    AssuranceLetter.objects.update(holds_until=TODAY())
    assert letters.withdraw_over() == 0

    AssuranceLetter.objects.update(holds_until=TODAY() - timedelta(days=1))
    assert letters.withdraw_over() == 1 and letters.withdraw_over() == 0
    letter.refresh_from_db()
    assert letter.replaced_at
    assert OutboxMessage.objects.filter(kind="letter_withdrawn", to=cast.head).count() == 1
