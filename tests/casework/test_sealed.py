"""Sealed text: what stands in the database is a token, and a token that was touched, moved or forged is never shown."""

import base64
import json
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from casework import sealed
from casework.actions import agreements, families, notes, referrals, reviews, sessions
from casework.models import (
    DataKey,
    ProcessNote,
    Referral,
)
from casework.sealed import MARK, KeyRing, SealBroken, SealedTextField, TextKind, Token
from tests.factories import ProcessNoteFactory, ReferralFactory, SessionFactory

SEALED = {
    "AssuranceLetter": "facts",
    "Evidence": "number",
    "SchoolPack": "deputies first_aid lead lead_telephone more out_of_hours policies sign_in",
    "SupervisionItem": "question reflected",
    "Waiver": "reason",
    "AgreementLink": "answered_by",
    "Answer": "text",
    "AssessmentAddition": "text",
    "AssessmentPart": "text",
    "AssessmentRecipient": "agency because name",
    "Carer": "contact_when email language name telephone",
    "Concern": "named opinion own_words seen",
    "ConcernEntry": "outside_reference text",
    "Family": "legal_note",
    "FamilyAgreement": "competence decision disagreement disagreement_decision judged_by own_view withdrawn_who withdrawn_why",
    "HandOver": "words",
    "HoursRequest": "answer why",
    "KeptWords": "text",
    "KeptWordsOpening": "reason",
    "LookAgain": "reason",
    "NoteAddition": "text",
    "NoteOpening": "reason",
    "ProcessNote": "text",
    "Professional": "agency email job name telephone",
    "PupilList": "rows",
    "Referral": "concerns ending_summary helped_by offered_times own_words strengths tried urgent_because",
    "Review": "direction for_school outcome",
    "SentMeanwhile": "words",
    "Session": "strategies",
    "StatusChange": "note",
}
"""Every text that is sealed: one that is taken off this list lies open in the database."""


@pytest.fixture
def note(cast):
    referral = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner
    )
    return ProcessNoteFactory(session=SessionFactory(referral=referral), text="The same boat, with a harbour.")


def token_of(record, field):
    """What the database holds."""
    table, column = record._meta.db_table, record._meta.get_field(field).column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


def put(record, field, token):
    table, column = record._meta.db_table, record._meta.get_field(field).column
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [token, record.pk])
    return type(record).objects.get(pk=record.pk)


def test_every_sealed_field_is_known_here():
    found = {
        model.__name__: {field.name for field in model._meta.fields if isinstance(field, SealedTextField)}
        for model in apps.get_app_config("casework").get_models()
    }

    assert {name: fields for name, fields in found.items() if fields} == {
        name: set(fields.split()) for name, fields in SEALED.items()
    }


def test_text_goes_in_as_a_token_and_comes_out_as_words(note):
    token = token_of(note, "text")

    assert token.startswith(MARK)
    assert "boat" not in token
    assert ProcessNote.objects.get(pk=note.pk).text == "The same boat, with a harbour."


def test_the_same_words_are_never_the_same_token(note):
    first = token_of(note, "text")
    note.save()

    assert token_of(note, "text") != first


def test_saving_a_record_that_was_not_read_keeps_its_token(note):
    before = token_of(note, "text")

    ProcessNote.objects.get(pk=note.pk).save()

    assert token_of(note, "text") == before


@pytest.mark.parametrize("text", ["", "é ☂ \U0001f33c", "  spaces \n\n", "x" * 50_000, MARK, "'); DROP TABLE"])
def test_any_text_comes_back_as_it_was(text, note):
    note.text = text
    note.save()

    assert ProcessNote.objects.get(pk=note.pk).text == text


def test_a_token_of_another_row_is_refused(note):
    other = ProcessNoteFactory(session=SessionFactory(referral=note.session.referral), text="A storm.")

    swapped = put(note, "text", token_of(other, "text"))

    with pytest.raises(SealBroken):
        _ = swapped.text


def test_a_token_of_another_field_of_the_same_row_is_refused(cast):
    referral = ReferralFactory(school=cast.school, pupil=cast.pupil)

    swapped = put(referral, "strengths", token_of(referral, "concerns"))

    with pytest.raises(SealBroken):
        _ = swapped.strengths
    assert swapped.concerns == referral.concerns


def test_every_flipped_bit_is_refused(note):
    content = base64.b64decode(token_of(note, "text").removeprefix(MARK))

    for place in range(len(content)):
        flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        forged = ProcessNote.objects.get(pk=note.pk)
        forged.text = Token(MARK + base64.b64encode(flipped).decode())
        with pytest.raises(SealBroken):
            _ = forged.text


@pytest.mark.parametrize(
    "forged",
    [
        "The therapist never wrote this.",
        MARK,
        MARK + "not base64!",
        MARK + base64.b64encode(b"short").decode(),
        MARK + base64.b64encode(bytes(80)).decode(),
    ],
)
def test_a_forged_token_is_refused(forged, note):
    with pytest.raises(SealBroken):
        _ = put(note, "text", forged).text


def test_another_cases_key_does_not_open_it(note):
    note.data_key = DataKey.make()
    ProcessNote.objects.filter(pk=note.pk).update(data_key=note.data_key)

    with pytest.raises(SealBroken):
        _ = ProcessNote.objects.get(pk=note.pk).text


def test_a_key_wrapped_for_another_does_not_open(note):
    other = DataKey.make()
    DataKey.objects.filter(pk=note.data_key_id).update(wrapped=other.wrapped)

    with pytest.raises(SealBroken):
        _ = ProcessNote.objects.get(pk=note.pk).text


def test_a_destroyed_key_makes_its_text_unreadable_for_ever(note):
    DataKey.objects.filter(pk=note.data_key_id).update(wrapped=None, destroyed_at=timezone.now())
    gone = ProcessNote.objects.select_related("session").get(pk=note.pk)

    for record, field in [(gone, "text"), (gone.session, "strategies")]:
        with pytest.raises(SealBroken, match="destroyed"):
            getattr(record, field)
    gone.text = "Written after."
    with pytest.raises(SealBroken):
        gone.save()


def test_nothing_is_looked_up_or_set_in_bulk(note):
    notes_of_all = ProcessNote.objects
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        notes_of_all.update(text="The therapist never wrote this.")
    for lookup in ({"text": "boat"}, {"text__contains": "boat"}, {"text__in": ["boat"]}, {"text__startswith": "The"}):
        with pytest.raises((TypeError, FieldError), match=r"is sealed|Unsupported lookup"):
            notes_of_all.filter(**lookup).exists()
    note.text = "The therapist never wrote this."
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        notes_of_all.bulk_update([note], ["text"])

    assert ProcessNote.objects.get(pk=note.pk).text == "The same boat, with a harbour."


def test_values_give_tokens_and_no_words(note):
    assert ProcessNote.objects.values_list("text", flat=True).get(pk=note.pk).startswith(MARK)


def test_dumpdata_holds_tokens_that_come_back(note):
    out = StringIO()
    call_command("dumpdata", "casework.processnote", "casework.referral", stdout=out)

    assert "boat" not in out.getvalue()
    assert note.session.referral.concerns not in out.getvalue()
    (row,) = [
        row for row in json.loads(out.getvalue()) if row["pk"] == note.pk and row["model"] == "casework.processnote"
    ]
    assert put(note, "text", row["fields"]["text"]).text == "The same boat, with a harbour."


CANARY = "zyxwombat"


def test_no_word_that_was_written_lies_in_the_database(cast):
    """Everything that can be written goes through its action; then every column of every table is read as it lies."""
    said = {"concerns": CANARY, "strengths": CANARY, "tried": CANARY, "own_words": CANARY}
    referral = referrals.start(by=cast.sendco, school=cast.school, pupil=cast.pupil, year_group="4", **said)
    carer = families.add_carer(
        cast.pupil.family, by=cast.sendco, pupil=cast.pupil, name=CANARY, relationship="mother",
        has_parental_responsibility=True, telephone=CANARY, email=f"{CANARY}@family.example",
    )  # fmt: skip
    today = timezone.localdate()
    agreements.agree(referral, by=cast.sendco, carer=carer, method="spoken", agreed_on=today)
    referral = referrals.submit(referral, by=cast.sendco, version=1, note=CANARY)
    referral = referrals.accept(referral, by=cast.coordinator, version=2, note=CANARY)
    referral = referrals.allocate(
        referral, by=cast.coordinator, version=3, practitioner=cast.therapist_practitioner, note=CANARY
    )
    session = sessions.record(
        referral, by=cast.therapist, starts_at=timezone.now(), minutes=60, attendance=cast.items["Came"],
        strategies=CANARY, note=CANARY,
    )  # fmt: skip
    notes.open_with_reason(session.process_note, by=cast.supervisor, reason=CANARY)
    reviews.record(referral, by=cast.therapist, held_on=today, outcome=CANARY, for_school=CANARY)
    referrals.close(
        referral, by=cast.therapist, version=4, reason=cast.items["Planned ending"], summary=CANARY, note=CANARY
    )

    written = Referral.objects.get(pk=referral.pk)
    assert written.ending_summary == written.concerns == CANARY
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                assert CANARY not in str([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]), table


def test_field_keeps_its_kind_in_migrations():
    field = SealedTextField(kind=TextKind.CLINICAL)

    assert field.deconstruct()[3]["kind"] == "clinical"
    with pytest.raises(ValueError, match="gossip"):
        SealedTextField(kind="gossip")


@pytest.fixture
def ring():
    return KeyRing("new", {"old": bytes(32), "new": bytes([1]) * 32})


def test_ring_wraps_with_the_current_key_and_opens_old_ones(ring):
    owner, secret = uuid4(), sealed.new_secret()

    name, wrapped = ring.wrap(secret, owner)

    assert name == "new"
    assert ring.unwrap("new", wrapped, owner) == secret
    rotated = KeyRing("newest", {"new": bytes([1]) * 32, "newest": bytes([2]) * 32})
    assert rotated.unwrap("new", wrapped, owner) == secret
    with pytest.raises(SealBroken):
        ring.unwrap("new", wrapped, uuid4())
    with pytest.raises(SealBroken):
        ring.unwrap("old", wrapped, owner)
    with pytest.raises(SealBroken, match="no such key"):
        ring.unwrap("lost", wrapped, owner)


@pytest.mark.parametrize(
    "content",
    [
        None,
        "not json",
        "[]",
        "{}",
        '{"current": "a", "keys": {}}',
        '{"current": "a", "keys": {"a": "c2hvcnQ="}}',
        '{"current": "a", "keys": {"a": 5}}',
    ],
)
def test_ring_that_is_missing_or_damaged_stops_the_start(content, tmp_path):
    path = tmp_path / "ring.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(ImproperlyConfigured, match=r"put .*back"):
        KeyRing.load(path)
