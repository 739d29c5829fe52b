"""A form that was open when its case closed: refused, and its words kept where the right people find them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from casework.access.roles import Role
from casework.admin.assessment_forms import part_name
from casework.models import Allocation, AuditEvent, KeptWords
from casework.sealed import TextKind
from tests.factories import (
    AssessmentFactory,
    PlacementFactory,
    ProcessNoteFactory,
    ReferralFactory,
    SchoolRoleFactory,
    SessionFactory,
)

from .filling import filled, send
from .sending import hidden

HOME = "/admin/"
NOTE, STRATEGIES = "The boat came back without a harbour.", "A quiet corner after lunch, please."


@pytest.fixture
def case(cast):
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def hand_over(cast, case):
    """The case goes to the other therapist."""
    Allocation.objects.filter(referral=case).update(practitioner=cast.other_practitioner)


def typed(cast):
    return {"attendance": str(cast.items["Came"].uuid), "minutes": "60", "note": NOTE, "strategies": STRATEGIES}


def kept(label):
    return KeptWords.objects.get(label__startswith=label)


def page(words):
    return reverse("casework_kept_words", args=[words.uuid])


@pytest.fixture
def left_behind(cast, client_for, case):
    """What the therapist typed into a new session when the case was another's by then."""
    client = client_for(cast.therapist)
    address = reverse("casework_session_record", args=[case.uuid])
    form = filled(client, address) | typed(cast)
    hand_over(cast, case)
    return client.post(address, form)


def test_form_is_refused_and_its_writer_is_told_that_nothing_is_lost(case, left_behind):
    assert left_behind.status_code == 410
    assert "What you typed is not lost" in text_of(left_behind)
    assert NOTE not in text_of(left_behind)
    assert not case.sessions.exists()
    assert (kept("Process note").text, kept("Strategies").text) == (NOTE, STRATEGIES)


def test_changed_session_is_kept_too(cast, client_for, case):
    session = SessionFactory(referral=case, attendance=cast.items["Came"])
    ProcessNoteFactory(session=session)
    client = client_for(cast.therapist)
    address = reverse("casework_session_change", args=[session.uuid])
    form = filled(client, address) | typed(cast)
    hand_over(cast, case)
    assert "not lost" in text_of(client.post(address, form))
    assert kept("Process note").text == NOTE


def test_review_is_kept_too(cast, client_for, case):
    client = client_for(cast.therapist)
    address = reverse("casework_review", args=[case.uuid])
    form = hidden(client, address) | {"outcome": "More play, less worry.", "held_on": "2026-10-05"}
    hand_over(cast, case)
    client.post(address, form)
    assert KeptWords.objects.get().text == "More play, less worry."


def test_assessment_is_kept_too_where_it_differs_from_what_was_saved(cast, client_for, case):
    draft = AssessmentFactory(referral=case, draft=True, text="Sleeps badly.")
    first = draft.parts.first()
    client = client_for(cast.therapist)
    address = reverse("casework_assessment_change", args=[draft.uuid])
    form = filled(client, address) | {part_name(first): "Sleeps better since the move."}
    hand_over(cast, case)

    assert "not lost" in text_of(client.post(address, form))
    words = KeptWords.objects.get()
    assert (words.label, words.text, words.kind) == (first.heading, "Sleeps better since the move.", TextKind.CLINICAL)
    first.refresh_from_db()
    assert first.text == "Sleeps badly."


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("casework_assessment_add", {"text": "The grandmother moved in."}),
        ("casework_assessment_recipient", {"because": "The mother agreed on Monday."}),
    ],
)
def test_what_belongs_to_an_assessment_is_kept_too(cast, client_for, case, name, typed):
    client = client_for(cast.therapist)
    address = reverse(name, args=[AssessmentFactory(referral=case).uuid])
    form = filled(client, address) | typed
    hand_over(cast, case)
    assert client.post(address, form).status_code == 410
    assert [one.text for one in KeptWords.objects.all()] == list(typed.values())


@pytest.mark.parametrize(
    ("step", "typed", "kind"),
    [
        ("hold", {"note": "The family is away until May."}, TextKind.REFERRAL),
        ("close", {"summary": "Ended as planned, with a boat."}, TextKind.CLINICAL),
    ],
)
def test_words_of_a_step_are_kept_too(cast, client_for, case, step, typed, kind):
    client = client_for(cast.therapist)
    address = reverse("casework_step", args=[case.uuid, step])
    form = hidden(client, address) | typed
    hand_over(cast, case)
    assert client.post(address, form).status_code == 410
    words = KeptWords.objects.get()
    assert (words.text, words.kind) == (*typed.values(), kind)
    assert client.post(address.replace(step, "resume"), form).status_code == 404
    assert client.post(address.replace(step, "nonsense"), form).status_code == 404


def test_who_never_had_it_open_finds_a_missing_page_and_leaves_nothing(cast, client_for, case):
    client = client_for(cast.other_therapist)
    client_for(cast.therapist).get(reverse("casework_session_record", args=[case.uuid]))
    form = typed(cast) | {"form_key": str(case.uuid)}
    answer = client.post(reverse("casework_session_record", args=[case.uuid]), form)
    missing = client.post(reverse("casework_session_record", args=[cast.pupil.uuid]), form)
    assert answer.status_code == missing.status_code == 404
    assert "cannot find that page" in text_of(answer)
    assert not KeptWords.objects.exists()


def test_coordinator_sees_that_there_are_words_and_hands_on_what_is_no_note(cast, client_for, left_behind):
    client = client_for(cast.coordinator)
    assert "Words that were kept" in text_of(client.get(HOME))
    note = text_of(client.get(page(kept("Process note"))))
    assert NOTE not in note and "Hand them to" not in note
    assert STRATEGIES in text_of(client.get(page(kept("Strategies"))))
    send(client, page(kept("Strategies")), to=str(cast.other_therapist.uuid))
    assert kept("Strategies").handed_to == cast.other_therapist


def test_who_works_the_case_reads_what_was_handed_on_and_sees_to_it(cast, client_for, left_behind):
    words = kept("Strategies")
    client = client_for(cast.other_therapist)
    assert client.get(page(words)).status_code == 404
    KeptWords.objects.filter(pk=words.pk).update(handed_to=cast.other_therapist)
    assert "Words that were kept" in text_of(client.get(HOME))
    assert STRATEGIES in text_of(client.get(page(words)))
    send(client, page(words), to="seen_to")
    assert "Words that were kept" not in text_of(client.get(HOME))
    assert client.get(page(kept("Process note"))).status_code == 404


def test_supervisor_reads_a_note_with_a_reason(cast, client_for, left_behind):
    client = client_for(cast.supervisor)
    words = kept("Process note")
    assert NOTE not in text_of(client.get(page(words)))
    send(client, page(words), reason="Its author is ill, and the family rings.")
    assert NOTE in text_of(client.get(page(words)))
    assert AuditEvent.objects.filter(verb="opened", subject=words.uuid, detail__part="words").exists()


@pytest.mark.parametrize("who", ["therapist", "head", "sendco", "dsl", "tsl", "steering", "technical", "outsider"])
def test_nobody_else_finds_them(cast, client_for, left_behind, who):
    client = client_for(getattr(cast, who))
    for words in KeptWords.objects.all():
        assert client.get(page(words)).status_code == 404
        assert client.post(page(words), {"to": "seen_to", "form_key": str(words.uuid)}).status_code == 404


def test_another_supervisor_finds_none(cast, client_for, left_behind):
    PlacementFactory(practitioner=cast.other_practitioner, school=cast.school)
    SchoolRoleFactory(user=cast.other_head, role=Role.DSL, content_object=cast.school)
    assert client_for(cast.other_head).get(page(kept("Strategies"))).status_code == 404
