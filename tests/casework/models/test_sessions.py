"""Sessions, notes and their openings."""

import pytest
from django.db import IntegrityError, transaction

from casework.models import ProcessNote
from tests.clock import london
from tests.factories import NoteOpeningFactory, ProcessNoteFactory, SessionFactory


def test_session_is_recorded_once_at_a_time(db):
    session = SessionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(referral=session.referral, starts_at=session.starts_at)


@pytest.mark.parametrize(("minutes", "allowed"), [(4, False), (5, True), (240, True), (241, False)])
def test_session_lasts_a_sensible_while(db, minutes, allowed):
    if allowed:
        assert SessionFactory(minutes=minutes).pk
        return
    with pytest.raises(IntegrityError, match="session_has_sensible_minutes"), transaction.atomic():
        SessionFactory(minutes=minutes)


def test_session_is_shown_by_reference_and_day_in_london(db):
    session = SessionFactory(referral__reference="R26-118", referral__active=True, starts_at=london(2026, 7, 1, 0, 30))

    assert str(session) == "R26-118 on 1 Jul 2026"


def test_session_has_one_note(db):
    note = ProcessNoteFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessNoteFactory(session=note.session)


def test_process_note_is_sealed_and_shown_by_reference(db):
    note = ProcessNoteFactory(text="The same boat again.")

    assert "boat" not in ProcessNote.objects.values_list("text", flat=True).get()
    assert "boat" not in str(note)
    assert str(NoteOpeningFactory(note=note)).startswith("opening of process note of R26-")
