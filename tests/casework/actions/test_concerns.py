"""Concerns: kept, heard by whom they are for, acknowledged, answered, and told again when nobody has them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.access import rules
from casework.access.roles import Role
from casework.actions import concern_clock, concerns
from casework.actions.refusals import StepRefused
from casework.models import (
    About,
    AuditEvent,
    Concern,
    ConcernEntry,
    ConcernStatus,
    ConflictBlock,
    OutboxMessage,
    Retention,
    SchoolRole,
)
from tests.casework.together import together
from tests.factories import (
    ConcernFactory,
    ConflictBlockFactory,
    ReferralFactory,
    SchoolRoleFactory,
    ServiceRoleFactory,
    UserFactory,
)

Kind = ConcernEntry.Kind
Status = ConcernStatus


@pytest.fixture
def lead(cast):
    """The service's safeguarding lead."""
    return ServiceRoleFactory(role=Role.SAFEGUARDING_LEAD, content_object=cast.service).user


def write_down(cast, **given):
    """A concern of the cast's therapist about a child of the school, but for what is given."""
    fields = {
        "by": cast.therapist, "about": About.CHILD, "school": cast.school, "in_danger": False,
        "noticed_at": timezone.now(), "named": "Wren", "own_words": "He locks me in.",
    }  # fmt: skip
    return concerns.write_down(**fields | given)


def told(concern, kind="concern_raised"):
    return set(OutboxMessage.objects.filter(kind=kind, reference=concern.reference).values_list("to__email", flat=True))


def emails(*people):
    return {person.email for person in people}


def kinds(concern):
    return list(concern.entries.values_list("kind", flat=True))


# --- Written down


def test_write_down_keeps_it_and_lets_the_dsl_know_at_least_once(cast):
    at = timezone.now() - timedelta(minutes=10)
    concern = write_down(cast, told_whom="Joanna Hartwell, DSL", told_at=at, seen="A bruise.", opinion="Frightened.")

    assert concern.reference.startswith("C")
    assert (concern.own_words, concern.seen, concern.opinion) == ("He locks me in.", "A bruise.", "Frightened.")
    assert concern.told_at == at
    assert [(entry.kind, entry.text, entry.by) for entry in concern.entries.all()] == [
        ("told", "Joanna Hartwell, DSL", cast.therapist)
    ]
    message = OutboxMessage.objects.get(reference=concern.reference)
    assert (message.to, message.kind, message.at_least_once) == (cast.dsl, "concern_raised", True)
    assert AuditEvent.objects.get(verb="raised", subject=concern.uuid).actor == cast.therapist


def test_write_down_in_a_case_leaves_no_trace_in_the_history_of_the_case(cast):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    concern = write_down(cast, arose_in=case, pupil=case.pupil)

    assert concern.data_key != case.data_key
    assert not AuditEvent.objects.filter(referral=case).exists()
    assert not rules.visible_events(cast.coordinator).exists()


@pytest.mark.parametrize(
    ("about", "hears"), [(About.SCHOOL_ADULT, "head"), (About.HEAD, "chair"), (About.OURS, "lead")]
)
def test_write_down_about_an_adult_is_heard_by_whom_it_is_for_and_never_by_the_dsl(cast, lead, about, hears):
    chair = SchoolRoleFactory(role=Role.CHAIR, content_object=cast.school).user
    concern = write_down(cast, about=about)

    assert told(concern) == emails({"head": cast.head, "chair": chair, "lead": lead}[hears])
    assert not rules.can_view_concern(cast.dsl, concern)
    assert not rules.can_view_concern(cast.supervisor, concern)


def test_write_down_tells_nobody_whom_it_is_about(cast, lead):
    concern = write_down(cast, about=About.OURS, subject=lead)

    assert told(concern) == set()
    assert not rules.can_view_concern(lead, concern)


def test_write_down_at_a_school_without_a_dsl_is_heard_by_the_safeguarding_lead(cast, lead):
    SchoolRole.objects.filter(user=cast.dsl).update(ends_at=timezone.now())

    assert told(write_down(cast)) == emails(lead)


def test_write_down_tells_no_relative_of_the_child(cast, lead):
    ConflictBlockFactory(user=cast.dsl, pupil=cast.pupil, reason=ConflictBlock.Reason.RELATIVE)
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)

    assert told(write_down(cast, arose_in=case, pupil=case.pupil)) == set()


def test_write_down_gives_less_time_where_somebody_is_in_danger(cast):
    cast.service.concern_hours, cast.service.danger_minutes = 6, 15
    cast.service.save()
    cast.school.refresh_from_db()
    with time_machine.travel(timezone.now(), tick=False):
        calm, danger = write_down(cast), write_down(cast, in_danger=True)
        assert calm.due_at - timezone.now() == timedelta(hours=6)
        assert danger.due_at - timezone.now() == timedelta(minutes=15)


def test_write_down_refuses_what_its_author_may_not_see(cast, everything):
    elsewhere = ReferralFactory(active=True, school=cast.other_school, pupil=cast.other_pupil)
    before = everything()
    with pytest.raises(PermissionDenied):
        write_down(cast, school=cast.other_school)
    with pytest.raises(PermissionDenied):
        write_down(cast, arose_in=elsewhere)
    with pytest.raises(ValidationError, match="Choose from the list"):
        write_down(cast, pupil=cast.hidden_pupil)
    with pytest.raises(ValidationError, match="Choose from the list"):
        write_down(cast, about=About.OURS, subject=cast.outsider)
    with pytest.raises(ValidationError, match="not come yet"):
        write_down(cast, noticed_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError, match="what was said"):
        write_down(cast, own_words=" ")
    with pytest.raises(ValidationError, match="who it is about"):
        write_down(cast, named="")
    assert everything() == before


def test_write_down_by_the_school_is_about_our_own_people_alone(cast, lead):
    assert told(write_down(cast, by=cast.sendco, about=About.OURS, subject=cast.therapist)) == emails(lead)
    with pytest.raises(PermissionDenied):
        write_down(cast, by=cast.sendco)


# --- What follows


def test_from_acknowledged_to_answered_to_closed(cast):
    concern = write_down(cast)

    concerns.acknowledge(concern, by=cast.dsl)
    concerns.answer(concern, by=cast.dsl, text="Children’s services visit today.")
    closed = concerns.close(concern, by=cast.dsl)

    assert (closed.status, closed.due_at) == (Status.CLOSED, None)
    assert kinds(concern) == [Kind.ACKNOWLEDGED, Kind.DONE, Kind.CLOSED]
    assert told(concern, "concern_acknowledged") == told(concern, "concern_answered") == emails(cast.therapist)


def test_steps_out_of_their_order_are_refused(cast):
    concern = write_down(cast)
    with pytest.raises(StepRefused):
        concerns.answer(concern, by=cast.dsl, text="Too soon.")
    with pytest.raises(StepRefused):
        concerns.close(concern, by=cast.dsl)
    concerns.acknowledge(concern, by=cast.dsl)
    with pytest.raises(StepRefused):
        concerns.acknowledge(concern, by=cast.dsl)
    assert kinds(concern) == [Kind.ACKNOWLEDGED]


@pytest.mark.parametrize("part", ["therapist", "supervisor", "coordinator", "head", "other_therapist", "outsider"])
def test_nobody_else_acknowledges_answers_or_closes(cast, everything, part):
    concern = write_down(cast)
    before = everything()
    for act in (concerns.acknowledge, concerns.close):
        with pytest.raises(PermissionDenied):
            act(concern, by=getattr(cast, part))
    with pytest.raises(PermissionDenied):
        concerns.answer(concern, by=getattr(cast, part), text="Not mine.")
    assert everything() == before


def test_what_the_author_adds_is_heard_anew(cast):
    concern = write_down(cast)
    concerns.acknowledge(concern, by=cast.dsl)
    concerns.answer(concern, by=cast.dsl, text="Spoke with the family.")
    OutboxMessage.objects.all().delete()

    again = concerns.add(concern, by=cast.therapist, text="He said more today.")

    assert (again.status, again.escalated_at) == (Status.RAISED, None)
    assert again.due_at > timezone.now()
    assert told(concern) == emails(cast.dsl)
    with pytest.raises(PermissionDenied):
        concerns.add(concern, by=cast.dsl, text="Not mine.")


def test_tell_keeps_the_first_that_was_reached(cast):
    concern = write_down(cast)
    first, second = timezone.now() - timedelta(hours=1), timezone.now()
    concerns.tell(concern, by=cast.therapist, whom="The school office", at=first)
    concerns.tell(concern, by=cast.therapist, whom="Joanna Hartwell", at=second)

    concern.refresh_from_db()
    assert concern.told_at == first
    assert kinds(concern) == [Kind.TOLD, Kind.TOLD]
    with pytest.raises(PermissionDenied):
        concerns.tell(concern, by=cast.dsl, whom="Somebody", at=second)


def test_note_notification_is_each_persons_own(cast):
    concern = write_down(cast)
    for person in (cast.therapist, cast.dsl):
        concerns.note_notification(
            concern, by=person, body=Kind.POLICE, whom="Sergeant Hale", at=timezone.now(), outside_reference="X-1"
        )

    assert [(entry.by, entry.outside_reference) for entry in concern.entries.all()] == [
        (cast.therapist, "X-1"), (cast.dsl, "X-1"),
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        concerns.note_notification(concern, by=cast.dsl, body=Kind.HELD, whom="Nobody", at=timezone.now())
    with pytest.raises(PermissionDenied):
        concerns.note_notification(concern, by=cast.head, body=Kind.POLICE, whom="Anybody", at=timezone.now())


def test_hold_is_the_safeguarding_leads_and_is_written_down_once(cast, lead):
    concern = write_down(cast)
    for _ in range(2):
        held = concerns.hold(concern, by=lead, held=True)
    assert held.retention == Retention.LONG_HOLD
    assert concerns.hold(concern, by=lead, held=False).retention == Retention.SAFEGUARDING
    assert kinds(concern) == [Kind.HELD, Kind.RELEASED]
    with pytest.raises(PermissionDenied):
        concerns.hold(concern, by=cast.dsl, held=True)


# --- The clock


def test_escalate_late_tells_again_once_with_the_safeguarding_lead_and_the_author(cast, lead):
    deputy = SchoolRoleFactory(role=Role.DSL, content_object=cast.school).user
    concern = write_down(cast)
    assert concern_clock.escalate_late() == 0

    with time_machine.travel(concern.due_at + timedelta(minutes=1), tick=False):
        assert [concern_clock.escalate_late() for _ in range(3)] == [1, 0, 0]

    assert kinds(concern) == [Kind.ESCALATED]
    assert OutboxMessage.objects.filter(kind="concern_late").count() == 4
    assert told(concern, "concern_late") == emails(cast.dsl, deputy, lead, cast.therapist)


def test_escalate_late_leaves_what_was_acknowledged(cast):
    concern = write_down(cast)
    due = concern.due_at
    concerns.acknowledge(concern, by=cast.dsl)
    with time_machine.travel(due + timedelta(minutes=1), tick=False):
        assert concern_clock.escalate_late() == 0


def test_escalate_late_is_not_held_up_by_one_that_fails(cast, monkeypatch, caplog):
    broken, whole = ConcernFactory(late=True, school=cast.school), ConcernFactory(late=True, school=cast.school)
    lock = concern_clock.lock

    def fail(concern):
        if concern.pk == broken.pk:
            raise OSError("gone")
        return lock(concern)

    monkeypatch.setattr(concern_clock, "lock", fail)
    assert concern_clock.escalate_late() == 1
    assert Concern.objects.get(escalated_at__isnull=False) == whole
    assert "was not told again" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_timers_tell_again_once(transactional_db):
    concern = ConcernFactory(late=True, author=UserFactory())
    SchoolRoleFactory(role=Role.DSL, content_object=concern.school)

    answers = together(concern_clock.escalate_late, concern_clock.escalate_late)

    assert sorted(answers) == [0, 1]
    assert OutboxMessage.objects.filter(kind="concern_late").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_acknowledge_at_once_are_one(transactional_db):
    concern = ConcernFactory()
    people = [SchoolRoleFactory(role=Role.DSL, content_object=concern.school).user for _ in range(2)]

    answers = together(*(lambda person=person: concerns.acknowledge(concern, by=person) for person in people))

    assert sum(isinstance(answer, StepRefused) for answer in answers) == 1
    assert kinds(concern) == [Kind.ACKNOWLEDGED]
