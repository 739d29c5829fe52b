"""A sealed text that was touched in the database: a page that says that something went wrong, never a wrong word."""

import base64

import pytest
from django.db import connection
from django.urls import reverse

from casework import sealed
from casework.models import DataKey
from casework.sealed import MARK
from tests.casework.admin.sending import text_of
from tests.factories import ProcessNoteFactory, PupilFactory, ReferralFactory, ReviewFactory, SessionFactory

WORDS = {"note": "tarnwick", "strategies": "brindlefen", "concerns": "quillmark", "outcome": "ostervane"}
OTHERS = {name: f"other{word}" for name, word in WORDS.items()}


def case_of(cast, pupil, words):
    """A case with words in every kind of text, and the records that hold them."""
    case = ReferralFactory(
        active=True,
        school=cast.school,
        pupil=pupil,
        practitioner=cast.therapist_practitioner,
        concerns=words["concerns"],
    )
    session = SessionFactory(
        referral=case,
        practitioner=cast.therapist_practitioner,
        attendance=cast.items["Came"],
        strategies=words["strategies"],
    )
    note = ProcessNoteFactory(session=session, author=cast.therapist, text=words["note"])
    review = ReviewFactory(referral=case, outcome=words["outcome"])
    page = reverse("casework_case", args=[case.uuid])
    return {
        "note": (note, "text", reverse("casework_note", args=[note.uuid])),
        "strategies": (session, "strategies", f"{page}?tab=sessions"),
        "concerns": (case, "concerns", f"{page}?tab=referral"),
        "outcome": (review, "outcome", f"{page}?tab=ending"),
    }


@pytest.fixture
def cases(cast):
    return case_of(cast, cast.pupil, WORDS), case_of(cast, PupilFactory(school=cast.school), OTHERS)


@pytest.fixture
def therapist(cast, client_for):
    client = client_for(cast.therapist)
    client.raise_request_exception = False
    return client


def token_of(record, field):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {field} FROM {record._meta.db_table} WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


def put(record, field, token):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {field} = %s WHERE id = %s", [token, record.pk])


def flipped(token):
    content = bytearray(base64.b64decode(token.removeprefix(MARK)))
    content[len(content) // 2] ^= 1
    return MARK + base64.b64encode(bytes(content)).decode()


def swap(one, other):
    tokens = token_of(*one), token_of(*other)
    put(*one, tokens[1])
    put(*other, tokens[0])


def is_an_apology(response):
    text = text_of(response)
    said = [word for word in (*WORDS.values(), *OTHERS.values()) if word in text]
    return response.status_code == 500 and said == [] and MARK not in text


@pytest.mark.parametrize("name", WORDS)
def test_untouched_every_page_says_its_own_words(cases, therapist, name):
    """Else the refusals below would prove nothing."""
    for words, case in zip((WORDS, OTHERS), cases, strict=True):
        response = therapist.get(case[name][2])
        assert response.status_code == 200
        assert words[name] in text_of(response)


@pytest.mark.parametrize("name", WORDS)
def test_swapped_texts_of_two_rows_are_shown_by_neither(cases, therapist, name):
    (*one, address), (*other, other_address) = (case[name] for case in cases)

    swap(one, other)

    assert is_an_apology(therapist.get(address))
    assert is_an_apology(therapist.get(other_address))


def test_swapped_texts_of_one_case_are_shown_by_neither(cast, cases, therapist):
    """Under one data key too: a note is bound to its own row."""
    first = cases[0]["note"]
    session = SessionFactory(referral=first[0].session.referral, attendance=cast.items["Came"])
    second = ProcessNoteFactory(session=session, author=cast.therapist, text=OTHERS["note"])

    swap(first[:2], (second, "text"))

    assert is_an_apology(therapist.get(first[2]))
    assert is_an_apology(therapist.get(reverse("casework_note", args=[second.uuid])))


@pytest.mark.parametrize("name", WORDS)
def test_one_flipped_bit_is_not_shown(cases, therapist, name, caplog):
    record, field, address = cases[0][name]

    put(record, field, flipped(token_of(record, field)))

    assert is_an_apology(therapist.get(address))
    assert WORDS[name] not in caplog.text
    assert WORDS[name] not in str(caplog.records)


@pytest.mark.parametrize("name", WORDS)
def test_another_key_shows_nothing(cases, therapist, name):
    record, _, address = cases[0][name]
    uuid = DataKey.objects.get(pk=record.data_key_id).uuid
    ring_key, wrapped = sealed.ring().wrap(sealed.new_secret(), uuid)

    DataKey.objects.filter(pk=record.data_key_id).update(ring_key=ring_key, wrapped=wrapped)

    assert is_an_apology(therapist.get(address))


def test_what_was_not_touched_still_opens(cases, therapist):
    record, field, _ = cases[0]["note"]

    put(record, field, flipped(token_of(record, field)))

    for name in ("strategies", "concerns", "outcome"):
        assert WORDS[name] in text_of(therapist.get(cases[0][name][2]))
    assert OTHERS["note"] in text_of(therapist.get(cases[1]["note"][2]))
