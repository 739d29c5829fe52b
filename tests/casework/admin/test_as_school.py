"""What the school sees, shown to who writes it: what a head is shown indeed, no word more, and nothing of it is saved."""

import re
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from casework.access import rules
from casework.admin.as_school import SEE
from casework.models import (
    AuditEvent,
    Carer,
    FamilyAgreement,
    OutboxMessage,
    ProcessNote,
    Purpose,
    Referral,
    Review,
    Session,
    Source,
    StatusChange,
    UsedFormKey,
)
from casework.sealed import TextKind
from tests.casework.admin.sending import hidden, send, text_of
from tests.casework.admin.worded import WORDS, worded_case
from tests.factories import (
    ConflictBlockFactory,
    PupilFactory,
    ReferralFactory,
    SessionFactory,
)

FOR_THE_SCHOOL = {"referral", "step", "school", "contact", "progress"}
TABS = ["overview", "referral", "agreements", "family", "sessions", "ending", "readers"]
VIEWERS = ["therapist", "coordinator"]


@pytest.fixture
def case(cast):
    return worded_case(cast)


def as_school(case, tab=""):
    return reverse("casework_case_as_school", args=[case.uuid]) + (f"?tab={tab}" if tab else "")


def as_oneself(case, tab):
    return reverse("casework_case", args=[case.uuid]) + f"?tab={tab}"


def tab_of(response):
    """The part of a case file that says what is in it."""
    assert response.status_code == 200
    return re.search(r'<section class="case-tab">.*?</section>', text_of(response), re.DOTALL).group()


# --- The case file


@pytest.mark.parametrize("viewer", VIEWERS)
def test_case_as_school_is_to_the_letter_what_a_head_is_shown(cast, client_for, case, viewer):
    looks, head = client_for(getattr(cast, viewer)), client_for(cast.head)

    for tab in TABS:
        looked_at, shown = looks.get(as_school(case, tab)), head.get(as_oneself(case, tab))
        assert acts_aside(tab_of(looked_at)) == acts_aside(tab_of(shown)), tab


@pytest.mark.parametrize("viewer", VIEWERS)
def test_case_as_school_says_the_schools_words_and_no_other(cast, client_for, case, viewer):
    client = client_for(getattr(cast, viewer))

    read = "".join(text_of(client.get(as_school(case, tab))) for tab in TABS)

    assert {kind for kind, word in WORDS.items() if word in read} == FOR_THE_SCHOOL
    assert client.get(as_school(case, "opened")).status_code == 404


@pytest.mark.parametrize("viewer", VIEWERS)
def test_case_as_school_has_no_button_that_acts(cast, client_for, case, viewer):
    page = text_of(client_for(getattr(cast, viewer)).get(as_school(case)))

    assert "This is what the head and the SENDCO of Cawdale Primary School see of this case." in page
    assert "/step/" not in page
    assert 'method="post"' not in page.split('<div class="case-page">')[1].split("</main>")[0]


@pytest.mark.parametrize(
    "person",
    ["supervisor", "head", "sendco", "other_therapist", "other_head", "dsl", "tsl", "steering", "editor", "technical",
     "outsider", "hidden_head"],
)  # fmt: skip
def test_case_as_school_is_not_there_for_anybody_else(cast, client_for, case, person):
    client = client_for(getattr(cast, person))

    assert client.get(as_school(case)).status_code == client.get(as_school(ReferralFactory.build())).status_code == 404
    assert as_school(case) not in text_of(client.get(as_oneself(case, "overview")))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_case_as_school_is_found_from_the_case_file(cast, client_for, case, viewer):
    assert f'href="{as_school(case)}"' in text_of(client_for(getattr(cast, viewer)).get(as_oneself(case, "overview")))


def test_case_as_school_is_an_opening_by_who_looks(cast, client_for, case):
    client_for(cast.therapist).get(as_school(case, "sessions"))

    event = AuditEvent.objects.get(verb="opened", subject=case.uuid)
    assert (event.actor, event.referral) == (cast.therapist, case)
    assert event.detail == {"part": "what the school sees: sessions"}


def test_case_as_school_of_a_case_kept_from_the_school_says_nothing_of_it(cast, client_for):
    kept = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner,
        source=Source.OTHER, source_name="A GP", school_may_see=False, concerns=WORDS["referral"],
    )  # fmt: skip

    page = text_of(client_for(cast.therapist).get(as_school(kept)))

    assert "see nothing of this case" in page
    assert 'class="case-tab"' not in page
    assert "Next move" not in page


def test_case_as_school_does_not_show_more_than_who_looks_may_see(cast, client_for, case):
    """A relative of another child of the family reads no contact of it, and so not in the school's name either."""
    sibling = PupilFactory(school=cast.school, family=cast.pupil.family)
    ConflictBlockFactory(pupil=sibling, user=cast.therapist)
    client = client_for(cast.therapist)
    assert WORDS["contact"] in text_of(client_for(cast.head).get(as_oneself(case, "family")))

    assert WORDS["contact"] not in text_of(client.get(as_oneself(case, "family")))
    assert WORDS["contact"] not in text_of(client.get(as_school(case, "family")))


def test_case_as_school_is_narrowed_by_what_who_looks_reads(cast, client_for, case, monkeypatch):
    """Were a school ever to read what its therapist does not, this page would not be the way to it."""
    readable = rules.readable_kinds

    def fewer(user, referral):
        return readable(user, referral) - ({TextKind.SCHOOL} if user == cast.therapist else set())

    monkeypatch.setattr(rules, "readable_kinds", fewer)

    assert WORDS["school"] in text_of(client_for(cast.head).get(as_oneself(case, "sessions")))
    assert WORDS["school"] not in text_of(client_for(cast.therapist).get(as_school(case, "sessions")))


# --- What is being written


def written():
    """How much of everything that the forms write there is."""
    kept = (Session, ProcessNote, Review, StatusChange, FamilyAgreement, Carer, OutboxMessage, UsedFormKey)
    kept_events = AuditEvent.objects.exclude(verb="opened").count()
    return (
        [model.objects.count() for model in kept],
        kept_events,
        list(Referral.objects.values_list("status", "version")),
    )


def seen_in(response):
    """The section that shows what the school would see, and the rest of the page."""
    assert response.status_code == 200
    found = re.search(r'<section class="case-summary case-summary--school".*?</section>', text_of(response), re.DOTALL)
    return (found.group(), text_of(response).replace(found.group(), "")) if found else ("", text_of(response))


def session_form(cast, **other):
    return {
        "attendance": str(cast.items["Came"].uuid),
        "minutes": "60",
        "starts_at": "2026-01-05T09:15",
        "strategies": "A drum before maths.",
        "note": "He said the boat is his father.",
    } | other


def forms(cast, case):
    """Each form that the therapist may send: its address, what is typed, words that the school reads, and others."""
    return {
        "session": (
            reverse("casework_session_record", args=[case.uuid]), session_form(cast),
            ["A drum before maths.", "5 January 2026"], ["the boat"],
        ),
        "review": (
            reverse("casework_review", args=[case.uuid]),
            {"held_on": "2026-01-06", "outcome": "Anger at home.", "direction": "harder", "for_school": "He joins in."},
            ["He joins in.", "6 January 2026"], ["Anger at home", "harder than before"],
        ),
        "hold": (
            reverse("casework_step", args=[case.uuid, "hold"]), {"note": "Until they are back."},
            ["Until they are back.", "On hold"], [],
        ),
        "close": (
            reverse("casework_step", args=[case.uuid, "close"]),
            {"reason": str(cast.items["Planned ending"].uuid), "summary": "Grief that eased."},
            ["Planned ending"], ["Grief that eased"],
        ),
        "agreement": (
            reverse("casework_agree", args=[case.uuid]),
            {"purpose": Purpose.WORK, "carer": str(cast.carer.uuid), "method": "written", "agreed_on": "2026-01-07"},
            ["in writing", "7 January 2026", cast.carer.name], [],
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["session", "review", "hold", "close", "agreement"])
def test_see_what_the_school_sees_before_it_is_saved(cast, client_for, case, name, caplog):
    address, typed, words, not_words = forms(cast, case)[name]
    client = client_for(cast.therapist)
    form = hidden(client, address) | typed
    before = written()

    response = client.post(address, form | {SEE: "yes"})
    seen, page = seen_in(response)

    assert written() == before
    assert [word for word in words if word not in seen] == []
    assert [word for word in not_words if word in seen] == []
    assert [
        word for word in (*WORDS.values(),) if word in seen and name in ("session", "review", "hold", "close")
    ] == []
    assert response.wsgi_request.get_full_path() == address
    assert not list(get_messages(response.wsgi_request))
    assert [text for text in typed.values() if text in caplog.text] == []
    # All that was typed is still there, and the very same form can be sent now.
    assert {field: response.context["form"][field].value() for field in typed} == typed
    assert all(word in page for word in not_words)
    assert 'href="#writing"' in seen
    assert 'id="writing"' in page
    assert client.post(address, form).status_code == 302
    assert written() != before


@pytest.mark.parametrize("name", ["session", "review", "hold", "close", "agreement"])
def test_what_was_shown_before_is_what_the_head_is_shown_after(cast, client_for, case, name):
    address, typed, words, _ = forms(cast, case)[name]
    client = client_for(cast.therapist)
    form = hidden(client, address) | typed

    seen, _ = seen_in(client.post(address, form | {SEE: "yes"}))
    client.post(address, form)
    head = client_for(cast.head)
    shown = times_aside("".join(tab_of(head.get(as_oneself(case, tab))) for tab in TABS))

    parts = [match.group() for match in re.finditer(r"<(article|dl|li)\b.*?</\1>", times_aside(seen), re.DOTALL)]
    told = [part for part in parts if any(word in part for word in words)]
    assert told
    assert [part for part in told if part not in shown] == []


def times_aside(html):
    """The moment of a step is the moment of its saving."""
    return acts_aside(re.sub(r"<time.*?</time>", "", html))


def acts_aside(html):
    """What a head may do with it is not part of what a head is shown."""
    return re.sub(r"\s+", " ", re.sub(r'<p class="case-actions">.*?</p>', "", html, flags=re.DOTALL))


def test_a_session_that_is_changed_is_shown_alone_and_as_it_is_typed(cast, client_for, case):
    SessionFactory(referral=case, attendance=cast.items["Came"], strategies="Of another day.")
    session = case.sessions.get(process_note__isnull=False)
    address = reverse("casework_session_change", args=[session.uuid])
    client = client_for(cast.therapist)

    seen, page = seen_in(client.post(address, hidden(client, address) | session_form(cast) | {SEE: "yes"}))

    assert "A drum before maths." in seen
    assert "Of another day." not in seen
    assert WORDS["school"] not in seen
    session.refresh_from_db()
    assert session.strategies == WORDS["school"]
    assert ProcessNote.objects.get(session=session).text == WORDS["process"]
    assert "the boat" in page


def test_the_rule_book_decides_what_is_shown_before_too(cast, client_for, case, monkeypatch):
    address, typed, *_ = forms(cast, case)["session"]
    readable = rules.readable_kinds
    monkeypatch.setattr(rules, "readable_kinds", lambda user, referral: readable(user, referral) - {TextKind.SCHOOL})
    client = client_for(cast.therapist)

    seen, _ = seen_in(client.post(address, hidden(client, address) | typed | {SEE: "yes"}))

    assert "5 January 2026" in seen
    assert "A drum before maths." not in seen


def test_the_coordinator_sees_what_the_school_sees_of_another_services_referral(cast, client_for):
    draft = ReferralFactory(
        school=cast.school, pupil=cast.pupil, referred_by=cast.coordinator, source=Source.OTHER, source_name="A GP",
        concerns="Before.",
    )  # fmt: skip
    address = reverse("casework_refer_change", args=[draft.uuid])
    client = client_for(cast.coordinator)
    typed = {"how_soon": "soon", "reasons": [str(cast.items["Bereavement"].uuid)], "concerns": "Tired since spring."}

    seen, _ = seen_in(client.post(address, hidden(client, address) | typed | {SEE: "yes"}))

    assert "Tired since spring." in seen
    assert "Bereavement" in seen
    assert Referral.objects.get(pk=draft.pk).concerns == "Before."
    assert not Referral.objects.get(pk=draft.pk).reasons.filter(label="Bereavement").exists()


def test_the_school_sees_nothing_of_what_is_kept_from_it(cast, client_for):
    kept = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner,
        source=Source.OTHER, source_name="A GP", school_may_see=False,
    )  # fmt: skip
    address = reverse("casework_session_record", args=[kept.uuid])
    client = client_for(cast.therapist)

    seen, _ = seen_in(client.post(address, hidden(client, address) | session_form(cast) | {SEE: "yes"}))

    assert "see nothing of it. The family keeps this referral from the school." in seen
    assert "A drum before maths." not in seen


def test_what_is_wrong_is_said_first(cast, client_for, case):
    address, typed, *_ = forms(cast, case)["session"]

    seen, page = seen_in(send(client_for(cast.therapist), address, **typed | {"attendance": "", SEE: "yes"}))

    assert seen == ""
    assert "Choose whether the session happened." in page
    assert "He said the boat is his father.</textarea>" in page


def test_what_another_saved_meanwhile_is_said_first(cast, client_for, case):
    session = case.sessions.get()
    address = reverse("casework_session_change", args=[session.uuid])
    client = client_for(cast.therapist)
    form = hidden(client, address) | session_form(cast)
    Session.objects.filter(pk=session.pk).update(version=7)

    seen, page = seen_in(client.post(address, form | {SEE: "yes"}))

    assert seen == ""
    assert "was changed while you were writing" in page


@pytest.mark.parametrize("person", ["head", "sendco"])
def test_the_school_itself_is_not_offered_to_see_as_itself(cast, client_for, person):
    draft = ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)

    page = text_of(client_for(getattr(cast, person)).get(reverse("casework_refer_change", args=[draft.uuid])))

    assert SEE not in page


@pytest.mark.parametrize("person", ["head", "supervisor", "other_therapist", "outsider"])
def test_nobody_else_sees_by_sending_the_button(cast, client_for, case, person):
    client = client_for(getattr(cast, person))
    before = written()

    for name in ("session", "review", "close"):
        address, typed, *_ = forms(cast, case)[name]
        form = typed | {"form_key": str(uuid4()), "version": str(case.version), SEE: "yes"}
        assert client.post(address, form).status_code == 404
    assert written() == before


def test_steps_that_write_nothing_offer_nothing_to_see(cast, client_for, case):
    page = text_of(client_for(cast.therapist).get(reverse("casework_step", args=[case.uuid, "start_ending"])))

    assert SEE not in page


def test_what_is_looked_at_is_gone_also_from_the_database_itself(transactional_db, client_for):
    """Here nothing but the form's own transaction takes it back."""
    from tests.cast import build

    cast = build()
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    address = reverse("casework_session_record", args=[case.uuid])
    client = client_for(cast.therapist)
    form = hidden(client, address) | session_form(cast)

    seen, _ = seen_in(client.post(address, form | {SEE: "yes"}))

    assert "A drum before maths." in seen
    assert not Session.objects.filter(referral=case).exists()
    assert not AuditEvent.objects.filter(verb="added").exists()
    assert client.post(address, form).status_code == 302
    assert timezone.localtime(Session.objects.get(referral=case).starts_at).day == 5
