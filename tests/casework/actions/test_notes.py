"""Opening another's process note with a reason."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from casework.access import rules
from casework.actions import notes
from casework.models import AuditEvent, NoteOpening, OutboxMessage
from tests.cast import PEOPLE
from tests.clock import london
from tests.factories import ProcessNoteFactory, SessionFactory


@pytest.fixture
def note(cast, case):
    session = SessionFactory(referral=case(active=True), attendance=cast.items["Came"])
    return ProcessNoteFactory(session=session)


def test_open_with_reason_until_the_day_ends_in_london(cast, note):
    with time_machine.travel(london(2027, 6, 30, 23, 10), tick=False):
        assert not rules.can_read_process_note(cast.supervisor, note)
        opening = notes.open_with_reason(note, by=cast.supervisor, reason=" The family rang. ")
        assert rules.can_read_process_note(cast.supervisor, note)
    assert opening.ends_at == london(2027, 7, 1)
    with time_machine.travel(london(2027, 7, 1), tick=False):
        assert not rules.can_read_process_note(cast.supervisor, note)


def test_open_with_reason_on_the_day_on_which_the_clock_goes_back(cast, note):
    with time_machine.travel(london(2027, 10, 31, 0, 30), tick=False):
        opening = notes.open_with_reason(note, by=cast.supervisor, reason="The family rang.")

    assert opening.ends_at == london(2027, 11, 1)


def test_open_with_reason_is_kept_and_told(cast, note):
    opening = notes.open_with_reason(note, by=cast.supervisor, reason=" The family rang. ")

    stored = NoteOpening.objects.get(pk=opening.pk)
    assert (stored.reason, stored.opened_by, stored.data_key) == ("The family rang.", cast.supervisor, note.data_key)
    message = OutboxMessage.objects.get()
    referral = note.session.referral
    assert (message.kind, message.to, message.reference) == ("note_opened", cast.therapist, referral.reference)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.referral, event.detail) == (
        "opened with a reason", cast.supervisor, referral, {},
    )  # fmt: skip


def test_open_with_reason_by_everyone_else(cast, note, everything):
    before = everything()

    for part in PEOPLE.keys() - {"supervisor"}:
        with pytest.raises(PermissionDenied):
            notes.open_with_reason(note, by=getattr(cast, part), reason="Because.")

    assert everything() == before


def test_open_with_reason_without_one(cast, note, everything):
    before = everything()

    with pytest.raises(ValidationError) as refused:
        notes.open_with_reason(note, by=cast.supervisor, reason="  ")

    assert refused.value.message_dict == {"reason": ["Say why."]}
    assert everything() == before
