from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import AuditEvent
from tests.casework.admin.sending import text_of
from tests.casework.admin.worded import WORDS, worded_case
from tests.factories import CarerFactory, ProcessNoteFactory, ReferralFactory, ReviewFactory, SessionFactory

TABS = ["overview", "referral", "family", "sessions", "ending", "readers", "opened"]


@pytest.fixture
def case(cast):
    return worded_case(cast)


def address(case, tab=""):
    return reverse("casework_case", args=[case.uuid]) + (f"?tab={tab}" if tab else "")


def read_by(client, case):
    """The tabs that are there, and all that they say."""
    answers = {tab: client.get(address(case, tab)) for tab in TABS}
    there = {tab for tab, answer in answers.items() if answer.status_code == 200}
    return there, "".join(text_of(answers[tab]) for tab in there)


@pytest.mark.parametrize(
    ("person", "closed_tabs", "kinds"),
    [
        ("therapist", {"opened"}, {"referral", "step", "school", "clinical", "contact", "progress"}),
        ("supervisor", {"family"}, {"referral", "step", "school", "clinical", "progress"}),
        ("coordinator", set(), {"referral", "step", "school", "clinical", "contact", "progress"}),
        ("head", {"opened"}, {"referral", "step", "school", "contact", "progress"}),
        ("sendco", {"opened"}, {"referral", "step", "school", "contact", "progress"}),
    ],
)
def test_case_file_shows_each_person_their_kinds_of_text(cast, client_for, case, person, closed_tabs, kinds):
    there, words = read_by(client_for(getattr(cast, person)), case)

    assert there == set(TABS) - closed_tabs
    assert {kind for kind, word in WORDS.items() if word in words} == kinds


@pytest.mark.parametrize(
    "person", ["other_therapist", "other_head", "dsl", "tsl", "steering", "editor", "technical", "outsider"]
)
def test_case_file_is_not_there_for_others(cast, client_for, case, person):
    client = client_for(getattr(cast, person))

    foreign, missing = client.get(address(case)), client.get(reverse("casework_case", args=[uuid4()]))

    assert foreign.status_code == missing.status_code == 404
    assert text_of(foreign).replace(str(case.uuid), "") == text_of(missing).replace(
        missing.wsgi_request.path.split("/")[-2], ""
    )


def test_case_file_malformed_address_is_not_there(cast, client_for):
    assert client_for(cast.coordinator).get("/admin/cases/1/").status_code == 404


def test_case_file_unknown_tab_is_not_there(cast, client_for, case):
    assert client_for(cast.coordinator).get(address(case, "notes")).status_code == 404


def test_case_file_puts_the_opening_on_record_with_its_tab(cast, client_for, case):
    client_for(cast.head).get(address(case, "referral"))

    event = AuditEvent.objects.get(verb="opened", actor=cast.head)
    assert (event.referral, event.subject, event.detail) == (case, case.uuid, {"part": "referral"})


def test_case_file_names_the_pupil_by_first_name_and_initial_but_not_in_the_title(cast, client_for, case):
    page = text_of(client_for(cast.therapist).get(address(case)))

    assert cast.pupil.short_name in page
    assert cast.pupil.last_name not in page
    assert f"<title>{case.reference} - " in page


def test_case_file_offers_the_steps_of_the_person_and_of_the_status(cast, client_for, case):
    steps = {
        person: {
            part.split("/step/")[1].split("/")[0]
            for part in text_of(client_for(getattr(cast, person)).get(address(case))).split('href="')[1:]
            if "/step/" in part.split('"')[0]
        }
        for person in ("therapist", "coordinator", "head", "supervisor")
    }

    assert steps == {
        "therapist": {"continue_sessions", "start_ending", "close", "hold"},
        "coordinator": {"close", "withdraw", "hold"},
        "head": {"withdraw"},
        "supervisor": set(),
    }


def test_case_file_says_what_is_missing_and_where_it_is_mended(cast, client_for):
    draft = ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco, agreed=False, concerns="")

    page = text_of(client_for(cast.sendco).get(address(draft)))

    assert "the agreement of a person with parental responsibility" in page
    assert reverse("casework_agree", args=[draft.uuid]) in page
    assert reverse("casework_refer_change", args=[draft.uuid]) in page
    assert reverse("casework_step", args=[draft.uuid, "submit"]) not in page


def test_case_file_takes_as_many_queries_however_long_the_case(cast, client_for, case):
    client = client_for(cast.coordinator)
    client.get(address(case))

    def queries(tab):
        with CaptureQueriesContext(connection) as captured:
            client.get(address(case, tab))
        return sum('"casework_' in query["sql"] for query in captured.captured_queries)

    before = {tab: queries(tab) for tab in TABS}
    for _ in range(5):
        session = SessionFactory(referral=case, attendance=cast.items["Came"])
        ProcessNoteFactory(session=session)
        ReviewFactory(referral=case)
        CarerFactory(family=cast.pupil.family)

    assert {tab: queries(tab) for tab in TABS} == before
    assert max(before.values()) <= 16


def test_the_case_files_first_page_says_whom_to_tell_of_danger(cast, client_for, case):
    page = text_of(client_for(cast.therapist).get(reverse("casework_case", args=[case.uuid])))

    assert f"in person, now: {cast.dsl.get_full_name()}" in page
    assert "999" in page


def test_who_refers_sees_how_far_it_is_since_when_and_whose_move_it_is(cast, client_for):
    case = ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)
    SessionFactory(referral=case, attendance=cast.items["Came"], starts_at=timezone.now() - timedelta(days=6))
    SessionFactory(referral=case, attendance=cast.items["Pupil absent"], starts_at=timezone.now() - timedelta(days=2))
    page_of = address(case)

    for reader, page in {
        "sendco": page_of, "head": page_of, "therapist": reverse("casework_case_as_school", args=[case.uuid])
    }.items():  # fmt: skip
        html = text_of(client_for(getattr(cast, reader)).get(page))
        assert '<li class="is-now">Sessions</li><li class="">Review</li>' in html
        assert '<span class="w-sr-only"> (step 4 of 6)</span>' in html
        assert "Last seen 6 days ago; as a rule again within 21 days." in html
        assert "Next move: the therapist" in html
    for reader in ("therapist", "coordinator", "supervisor"):
        assert "step-bar" not in text_of(client_for(getattr(cast, reader)).get(page_of))


def test_who_refers_sees_that_it_was_read_and_how_long_it_waits(cast, client_for):
    sent = timezone.now() - timedelta(days=17)
    case = ReferralFactory(submitted=True, school=cast.school, pupil=cast.pupil, submitted_at=sent)
    page_of = address(case)
    head = client_for(cast.head)

    assert '<li class="is-now">Sent</li>' in text_of(head.get(page_of))
    client_for(cast.coordinator).get(page_of)

    for page in (page_of, reverse("wagtailadmin_home")):
        html = text_of(head.get(page))
        assert '<li class="is-done">Sent</li><li class="is-now">Read</li>' in html
        assert "Sent and read, waiting for a decision" in html
        assert "Sent 17 days ago; decided as a rule within 14 days: <strong>3 days longer</strong>." in html
