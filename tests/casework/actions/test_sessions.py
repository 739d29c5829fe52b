"""Writing a session down and changing it, with the school's part and the therapist's own note."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from casework.actions import sessions
from casework.actions.refusals import StaleVersion, StepRefused
from casework.models import AuditEvent, ProcessNote, Session
from tests.cast import PEOPLE
from tests.factories import CaseShareFactory, ListItemFactory, ProcessNoteFactory, SessionFactory


@pytest.fixture
def referral(case):
    return case(active=True)


def record(cast, referral, by=None, **fields):
    ours = {"starts_at": timezone.now() - timedelta(hours=1), "minutes": 60, "attendance": cast.items["Came"]}
    return sessions.record(referral, by=by or cast.therapist, **ours | fields)


def test_record_keeps_the_note_apart(cast, referral):
    session = record(cast, referral, strategies=" A quiet corner. ", note=" The boat again. ")

    stored = Session.objects.get(pk=session.pk)
    assert (stored.practitioner, stored.strategies) == (cast.therapist_practitioner, "A quiet corner.")
    note = ProcessNote.objects.get(session=stored)
    assert (note.author, note.text) == (cast.therapist, "The boat again.")
    assert stored.data_key == note.data_key == referral.data_key
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.referral, event.detail) == ("added", cast.therapist, referral, {})


def test_record_without_a_note_makes_none(cast, referral):
    record(cast, referral, note="  ")

    assert not ProcessNote.objects.filter(session__referral=referral).exists()


def test_record_by_everyone_else(cast, referral, everything):
    before = everything()

    for part in PEOPLE.keys() - {"therapist"}:
        with pytest.raises(PermissionDenied):
            record(cast, referral, getattr(cast, part))

    assert everything() == before


def test_record_by_a_colleague_who_covers_is_their_own_hour(cast, referral):
    CaseShareFactory(content_object=referral, user=cast.other_therapist)

    session = record(cast, referral, cast.other_therapist, note="Covered.")

    assert session.practitioner == cast.other_practitioner
    assert session.process_note.author == cast.other_therapist


def test_record_by_somebody_who_is_not_of_the_team(cast, referral, everything):
    CaseShareFactory(content_object=referral, user=cast.hidden_therapist)
    before = everything()

    with pytest.raises(PermissionDenied):
        record(cast, referral, cast.hidden_therapist)

    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (lambda cast: {"minutes": 4}, "__all__"),
        (lambda cast: {"minutes": 241}, "__all__"),
        (lambda cast: {"starts_at": timezone.now() + timedelta(days=1)}, "starts_at"),
        (lambda cast: {"attendance": cast.items["Bereavement"]}, "attendance"),
        (lambda cast: {"attendance": ListItemFactory(attendance=True, service=cast.other_service)}, "attendance"),
        (
            lambda cast: {
                "attendance": ListItemFactory(attendance=True, service=cast.service, label="O", active=False)
            },
            "attendance",
        ),
    ],
)
def test_record_of_what_cannot_be(wrong, field, cast, referral, everything):
    fields = wrong(cast)
    before = everything()

    with pytest.raises(ValidationError) as refused:
        record(cast, referral, **fields)

    assert list(refused.value.message_dict) == [field]
    assert everything() == before


def test_record_twice_at_one_time(cast, referral, everything):
    session = record(cast, referral)
    before = everything()

    with pytest.raises(ValidationError, match="already recorded"):
        record(cast, referral, starts_at=session.starts_at, note="Again.")

    assert everything() == before


def test_record_while_on_hold_writes_up_an_earlier_hour(cast, case):
    assert record(cast, case(on_hold=True)).minutes == 60


def test_record_for_a_case_that_nobody_works(cast, case):
    referral = case(closed=True)
    CaseShareFactory(content_object=referral, user=cast.other_therapist)

    with pytest.raises(StepRefused, match="a therapist"):
        record(cast, referral, cast.other_therapist)


@pytest.fixture
def session(cast, referral):
    return SessionFactory(referral=referral, attendance=cast.items["Came"])


def test_change_writes_what_differs_and_names_it(cast, session):
    note = ProcessNoteFactory(session=session)

    after = sessions.change(
        session, by=cast.therapist, version=1, minutes=45, strategies=session.strategies, note="The harbour."
    )

    stored = Session.objects.get(pk=session.pk)
    assert (stored.minutes, stored.version, after.version) == (45, 2, 2)
    stored_note = ProcessNote.objects.get(pk=note.pk)
    assert (stored_note.text, stored_note.version) == ("The harbour.", 2)
    assert AuditEvent.objects.get().detail == {"fields": ["minutes", "note"]}


def test_change_adds_a_first_note(cast, session):
    sessions.change(session, by=cast.therapist, version=1, note="The harbour.")

    assert Session.objects.get(pk=session.pk).process_note.author == cast.therapist
    assert AuditEvent.objects.get().detail == {"fields": ["note"]}


def test_change_that_changes_nothing_writes_nothing(cast, session, everything):
    note = ProcessNoteFactory(session=session)
    before = everything()

    sessions.change(session, by=cast.therapist, version=1, minutes=60, note=note.text)

    assert everything() == before


def test_change_keeps_an_attendance_that_was_switched_off_since(cast, session):
    cast.items["Came"].active = False
    cast.items["Came"].save()

    after = sessions.change(session, by=cast.therapist, version=1, minutes=50, attendance=cast.items["Came"])

    assert after.minutes == 50


def test_change_refused(cast, session, everything):
    ProcessNoteFactory(session=session)
    before = everything()

    for part in PEOPLE.keys() - {"therapist"}:
        with pytest.raises(PermissionDenied):
            sessions.change(session, by=getattr(cast, part), version=1, minutes=45)
    with pytest.raises(StaleVersion):
        sessions.change(session, by=cast.therapist, version=2, minutes=45)
    with pytest.raises(TypeError, match="practitioner"):
        sessions.change(session, by=cast.therapist, version=1, practitioner=cast.other_practitioner)
    with pytest.raises(ValidationError, match="A note is kept"):
        sessions.change(session, by=cast.therapist, version=1, note=" ")
    with pytest.raises(ValidationError, match="between 5 and 240"):
        sessions.change(session, by=cast.therapist, version=1, minutes=1)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)), pytest.raises(PermissionDenied):
        sessions.change(session, by=cast.therapist, version=1, minutes=45)

    assert everything() == before


def test_change_of_a_note_that_is_anothers(cast, session, everything):
    """Whoever comes to write for a colleague's account later still leaves the author's words alone."""
    ProcessNoteFactory(session=session, author=cast.other_therapist)
    before = everything()

    with pytest.raises(PermissionDenied):
        sessions.change(session, by=cast.therapist, version=1, note="Mine now.")

    assert everything() == before


def test_mending_a_word_leaves_the_hour_as_it_was_booked(cast, referral):
    session = record(cast, referral)
    cast.items["Came"].charged = False
    cast.items["Came"].save()

    sessions.change(session, by=cast.therapist, version=1, strategies="A quiet corner.")

    assert [entry.hours for entry in session.hours_entries.all()] == [-1]
