from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import AuditEvent, NoteAddition, NoteOpening, OutboxMessage, Session
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import ProcessNoteFactory, ReferralFactory, SessionFactory

WORD = "tarnwick"


@pytest.fixture
def note(cast):
    """A note of the cast's therapist."""
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    return ProcessNoteFactory(session=SessionFactory(referral=case, attendance=cast.items["Came"]), text=WORD)


def address(note):
    return reverse("casework_note", args=[note.uuid])


def test_note_is_read_by_its_author_and_kept_nowhere(cast, client_for, note):
    answer = client_for(cast.therapist).get(address(note))

    assert WORD in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(verb="opened", subject=note.uuid, actor=cast.therapist).exists()


def test_note_opens_to_the_supervisor_with_a_reason_that_the_author_is_told(cast, client_for, note):
    client = client_for(cast.supervisor)

    before = text_of(client.get(address(note)))
    answer = send(client, address(note), reason="Saoirse is ill.")
    after = client.get(answer.url)

    assert WORD not in before
    assert answer.url == address(note)
    assert WORD in text_of(after)
    assert "no-store" in after["Cache-Control"]
    assert NoteOpening.objects.get(note=note).reason == "Saoirse is ill."
    assert OutboxMessage.objects.filter(kind="note_opened", to=cast.therapist).count() == 1


def test_note_stays_closed_without_a_reason(cast, client_for, note):
    client = client_for(cast.supervisor)

    page = text_of(send(client, address(note), reason=" "))

    assert '<a href="#id_reason">Say why you need to read this note.</a>' in page
    assert WORD not in page + text_of(client.get(address(note)))


def test_note_asked_for_twice_is_opened_once(cast, client_for, note):
    client = client_for(cast.supervisor)
    form = hidden(client, address(note)) | {"reason": "Saoirse is ill."}

    for _ in range(2):
        assert client.post(address(note), form).url == address(note)

    assert NoteOpening.objects.filter(note=note).count() == 1


@pytest.mark.parametrize("person", ["coordinator", "head", "sendco", "other_therapist", "dsl", "outsider", "steering"])
def test_note_of_another_is_not_there(cast, client_for, note, person):
    client = client_for(getattr(cast, person))

    assert client.get(address(note)).status_code == 404
    assert client.post(address(note), {"form_key": str(uuid4()), "reason": "Forged."}).status_code == 404
    assert not NoteOpening.objects.exists()


def test_note_takes_no_reason_from_its_author(cast, client_for, note):
    answer = client_for(cast.therapist).post(address(note), {"form_key": str(uuid4()), "reason": "Mine."})

    assert answer.status_code == 404
    assert not NoteOpening.objects.exists()


def test_note_missing_is_not_there(cast, client_for):
    assert client_for(cast.supervisor).get(reverse("casework_note", args=[uuid4()])).status_code == 404


def test_note_that_is_locked_is_only_added_to(cast, client_for, note):
    client = client_for(cast.therapist)
    add = reverse("casework_note_add", args=[note.uuid])
    fresh = client.get(add).status_code
    Session.objects.filter(pk=note.session_id).update(created_at=timezone.now() - timedelta(days=8))

    send(client, add, text="The boat came back.")
    page = text_of(client.get(address(note)))

    assert fresh == 404
    assert page.index(WORD) < page.index("The boat came back.")
    assert cast.therapist.get_full_name() in page
    note.refresh_from_db()
    assert note.text == WORD


def test_note_addition_is_read_as_the_note_is(cast, client_for, note):
    Session.objects.filter(pk=note.session_id).update(created_at=timezone.now() - timedelta(days=8))
    addition = NoteAddition(note=note, written_by=note.author, data_key=note.data_key)
    addition.text = "ferrymoss"
    addition.save()
    supervisor = client_for(cast.supervisor)

    closed = text_of(supervisor.get(address(note)))
    send(supervisor, address(note), reason="Saoirse is ill.")

    assert "ferrymoss" not in closed
    assert "ferrymoss" in text_of(supervisor.get(address(note)))
    for person in (cast.supervisor, cast.coordinator, cast.head, cast.other_therapist):
        assert client_for(person).get(reverse("casework_note_add", args=[note.uuid])).status_code == 404
