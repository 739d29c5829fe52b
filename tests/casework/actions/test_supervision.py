"""The agenda of a supervision, what is prepared for it, and one's own individual supervision."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import supervision
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import AuditEvent, MeetingKind, SupervisionItem, TeamMeeting
from tests.cast import PEOPLE
from tests.factories import CaseShareFactory, ConflictBlockFactory, SupervisionItemFactory, TeamMeetingFactory


@pytest.fixture
def meeting(cast):
    return TeamMeetingFactory(
        service=cast.service, entered_by=cast.supervisor, starts_at=timezone.now() + timedelta(days=7)
    )


@pytest.fixture
def cases(cast, case):
    """Three at the cast's school, and one of another pupil each."""
    return [case(active=True), case(active=True, pupil=cast.other_pupil), case(review=True, pupil=cast.hidden_pupil)]


def agenda(meeting):
    return [(item.referral, item.position) for item in meeting.items.all()]


def test_set_agenda_puts_on_in_order(cast, meeting, cases):
    one, two, three = cases

    supervision.set_agenda(meeting, [two, one], by=cast.supervisor, version=1)
    supervision.set_agenda(meeting, [two, one, three], by=cast.supervisor, version=2)

    assert agenda(meeting) == [(two, 0), (one, 1), (three, 2)]
    assert {item.data_key_id for item in meeting.items.all()} == {case.data_key_id for case in cases}
    assert AuditEvent.objects.filter(verb="added", referral=one).count() == 1


def test_set_agenda_keeps_the_letters_of_those_that_stay(cast, meeting, cases):
    one, two, three = cases
    supervision.set_agenda(meeting, cases, by=cast.supervisor, version=1)

    supervision.set_agenda(meeting, [one, three], by=cast.supervisor, version=2)

    assert agenda(meeting) == [(one, 0), (three, 2)]
    assert AuditEvent.objects.filter(verb="taken off", referral=two).exists()


def test_set_agenda_in_another_order_deals_anew(cast, meeting, cases):
    one, two, three = cases
    supervision.set_agenda(meeting, [one, two], by=cast.supervisor, version=1)

    supervision.set_agenda(meeting, [three, two, one], by=cast.supervisor, version=2)

    assert agenda(meeting) == [(three, 0), (two, 1), (one, 2)]


def test_set_agenda_of_nothing_new_writes_nothing(cast, meeting, cases, everything):
    supervision.set_agenda(meeting, cases, by=cast.supervisor, version=1)
    before = everything()
    supervision.set_agenda(meeting, cases, by=cast.supervisor, version=2)
    assert everything() == before


def test_set_agenda_keeps_what_was_talked_about(cast, meeting, cases):
    SupervisionItemFactory(meeting=meeting, referral=cases[0])
    with pytest.raises(ValidationError):
        supervision.set_agenda(meeting, cases[1:], by=cast.supervisor, version=1)


def test_set_agenda_leaves_alone_what_one_may_not_see(cast, meeting, cases):
    ConflictBlockFactory(user=cast.supervisor, pupil=cast.pupil)
    SupervisionItemFactory(meeting=meeting, referral=cases[0], brought=None, reflected="", position=0)

    supervision.set_agenda(meeting, cases[1:], by=cast.supervisor, version=1)
    supervision.set_agenda(meeting, cases[:0:-1], by=cast.supervisor, version=2)

    assert [place for _, place in agenda(meeting)] == [0, 1, 2]
    assert agenda(meeting)[0] == (cases[0], 0)
    meeting.refresh_from_db()
    with pytest.raises(PermissionDenied):
        supervision.set_agenda(meeting, cases, by=cast.supervisor, version=meeting.version)


def test_set_agenda_by_everybody_else(cast, meeting, cases, everything):
    before = everything()
    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            supervision.set_agenda(meeting, cases, by=getattr(cast, part), version=1)
    assert everything() == before


def test_set_agenda_refuses_a_stale_version_and_another_service(cast, meeting, cases):
    with pytest.raises(StaleVersion):
        supervision.set_agenda(meeting, cases, by=cast.supervisor, version=2)
    with pytest.raises(PermissionDenied):
        supervision.set_agenda(meeting, [cast.hidden_referral], by=cast.supervisor, version=1)


# --- Prepared


@pytest.fixture
def item(meeting, cases):
    return SupervisionItemFactory(meeting=meeting, referral=cases[0], brought=None, reflected="")


def test_prepare_asks_and_brings_notes(cast, item):
    done = supervision.prepare(item, by=cast.therapist, version=1, question=" What holds her? ", brings_notes=True)

    stored = SupervisionItem.objects.get(pk=item.pk)
    assert (stored.question, stored.notes_brought_by, done.version) == ("What holds her?", cast.therapist, 2)
    event = AuditEvent.objects.get(verb="changed", subject=item.uuid)
    assert event.detail == {"fields": ["notes brought", "question"]}
    assert event.referral == item.referral


def test_prepare_takes_the_notes_back(cast, item):
    supervision.prepare(item, by=cast.therapist, version=1, question="", brings_notes=True)
    supervision.prepare(item, by=cast.therapist, version=2, question="", brings_notes=False)
    item.refresh_from_db()
    assert item.notes_brought_by is None


def test_prepare_by_the_supervisor_brings_nobodys_notes(cast, item):
    supervision.prepare(item, by=cast.supervisor, version=1, question="What is new?")
    with pytest.raises(PermissionDenied):
        supervision.prepare(item, by=cast.supervisor, version=2, question="What is new?", brings_notes=True)


def test_prepare_leaves_anothers_notes_alone(cast, item):
    supervision.prepare(item, by=cast.therapist, version=1, question="", brings_notes=True)
    CaseShareFactory(user=cast.other_therapist, content_object=item.referral)
    with pytest.raises(StepRefused):
        supervision.prepare(item, by=cast.other_therapist, version=2, question="", brings_notes=True)
    supervision.prepare(item, by=cast.other_therapist, version=2, question="", brings_notes=False)
    item.refresh_from_db()
    assert item.notes_brought_by == cast.therapist


def test_prepare_by_everybody_else_and_when_stale(cast, item):
    for part in PEOPLE.keys() - {"supervisor", "therapist"}:
        with pytest.raises(PermissionDenied):
            supervision.prepare(item, by=getattr(cast, part), version=1, question="Forged")
    with pytest.raises(StaleVersion):
        supervision.prepare(item, by=cast.therapist, version=2, question="Late")


# --- One's own


def enter(cast, by, **fields):
    given = {"starts_at": timezone.now() - timedelta(days=2), "minutes": 60, "led_by": "A supervisor from outside"}
    return supervision.enter_own(cast.service, by=by, **given | fields)


def test_enter_own_that_has_been_is_come_to(cast, cases):
    meeting = enter(cast, cast.therapist, cases=[cases[0]])

    assert (meeting.kind, meeting.entered_by) == (MeetingKind.INDIVIDUAL, cast.therapist)
    assert [one.came for one in meeting.attendances.all()] == [True]
    assert [(item.referral, item.brought) for item in meeting.items.all()] == [(cases[0], True)]


def test_enter_own_that_is_to_come_is_not_come_to_yet(cast):
    meeting = enter(cast, cast.therapist, starts_at=timezone.now() + timedelta(days=2))
    assert [one.came for one in meeting.attendances.all()] == [None]


def test_enter_own_brings_no_case_of_a_colleague(cast, cases):
    with pytest.raises(PermissionDenied):
        enter(cast, cast.other_therapist, cases=[cases[0]])
    assert not TeamMeeting.objects.exists()


def test_enter_own_by_who_is_not_in_the_team(cast):
    for part in PEOPLE.keys() - {"therapist", "other_therapist"}:
        with pytest.raises(PermissionDenied):
            enter(cast, getattr(cast, part))


def test_enter_own_says_with_whom(cast):
    with pytest.raises(ValidationError):
        enter(cast, cast.therapist, led_by=" ")
