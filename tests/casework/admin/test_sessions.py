from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import once
from casework.admin.session_forms import last_slot
from casework.models import Allocation, ProcessNote, Session
from tests.casework.admin.sending import hidden, send, text_of
from tests.factories import ListItemFactory, ProcessNoteFactory, ReferralFactory, SessionFactory, UserFactory


@pytest.fixture
def case(cast):
    """A case that the cast's therapist works."""
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner)


@pytest.fixture
def session(cast, case):
    """A session with strategies and a note."""
    session = SessionFactory(referral=case, attendance=cast.items["Came"], strategies="A quiet corner.")
    ProcessNoteFactory(session=session, text="The same boat.")
    return session


def record(case):
    return reverse("casework_session_record", args=[case.uuid])


def change(session):
    return reverse("casework_session_change", args=[session.uuid])


def typed(cast, **other):
    return {
        "attendance": str(cast.items["Came"].uuid),
        "minutes": "60",
        "starts_at": "2026-01-05T09:15",
        "strategies": "Drum before maths.",
        "note": "A boat, again.",
    } | other


def test_record_session_keeps_hour_strategies_and_note(cast, client_for, case):
    answer = send(client_for(cast.therapist), record(case), **typed(cast))

    session = Session.objects.get(referral=case)
    assert answer.url == reverse("casework_case", args=[case.uuid])
    assert timezone.localtime(session.starts_at).replace(tzinfo=None) == datetime(2026, 1, 5, 9, 15)
    assert (session.minutes, session.strategies, session.practitioner) == (
        60,
        "Drum before maths.",
        cast.therapist_practitioner,
    )
    assert (session.process_note.text, session.process_note.author) == ("A boat, again.", cast.therapist)


def test_record_session_sent_twice_is_one_session(cast, client_for, case):
    client = client_for(cast.therapist)
    form = hidden(client, record(case)) | typed(cast)

    answers = [client.post(record(case), form) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert (
        Session.objects.filter(referral=case).count() == ProcessNote.objects.filter(session__referral=case).count() == 1
    )


def test_record_session_leaves_the_note_for_later(cast, client_for, case):
    send(client_for(cast.therapist), record(case), **typed(cast, note="", minutes="45"))

    assert Session.objects.get(referral=case).minutes == 45
    assert not ProcessNote.objects.filter(session__referral=case).exists()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"attendance": ""}, "attendance_0", "Choose whether the session happened."),
        ({"minutes": ""}, "minutes", "Enter how many minutes it was."),
        ({"minutes": "3"}, "minutes", "Enter 5 minutes or more."),
        (
            {"writing_minutes": "40", "liaison_minutes": "30"},
            "writing_minutes",
            "Notes and talks together are longer than the session.",
        ),
        (
            {"starts_at": "2999-01-01T09:00"},
            "starts_at",
            "This day has not come yet: a session is recorded when it is over.",
        ),
        ({"starts_at": "soon"}, "starts_at", "Enter a day and a time like 24/09/2026 09:15."),
    ],
)
def test_record_session_says_how_to_mend_and_keeps_what_was_typed(cast, client_for, case, wrong, field, words):
    page = text_of(send(client_for(cast.therapist), record(case), **typed(cast, **wrong)))

    assert "<title>Error: " in page
    assert f'<a href="#id_{field}">{words}</a>' in page
    assert "A boat, again.</textarea>" in page
    assert not Session.objects.filter(referral=case).exists()


def test_record_session_page_is_slim(cast, client_for, case):
    """Its own script and style, which a phone keeps after the first time, are six more."""
    page = client_for(cast.therapist).get(record(case)).content

    assert len(page) < 10 * 1024


def test_record_session_answers_its_script_with_where_to_go_on_and_records_once(cast, client_for, case):
    client = client_for(cast.therapist)
    form = hidden(client, record(case)) | typed(cast)

    answers = [client.post(record(case), form, headers={"Accept": "application/json"}) for _ in range(2)]

    assert [answer.json() for answer in answers] == [{"done": reverse("casework_case", args=[case.uuid])}] * 2
    assert case.sessions.count() == 1


def test_record_session_says_its_script_what_to_mend(cast, client_for, case):
    client = client_for(cast.therapist)
    form = hidden(client, record(case)) | typed(cast, attendance="")

    answer = client.post(record(case), form, headers={"Accept": "application/json"})

    assert "Choose whether the session happened." in text_of(answer)


def test_record_session_keeps_its_split(cast, client_for, case):
    send(client_for(cast.therapist), record(case), **typed(cast, writing_minutes="15", liaison_minutes="10"))

    session = case.sessions.get()
    assert (session.minutes, session.writing_minutes, session.liaison_minutes) == (60, 15, 10)


def test_record_session_opens_on_the_day_that_was_not_written_up(cast, client_for, case):
    Allocation.objects.filter(referral=case).update(weekday=2, time=time(9, 15))

    page = text_of(client_for(cast.therapist).get(record(case) + "?on=2026-01-07"))
    nonsense = client_for(cast.therapist).get(record(case) + "?on=2026-99-07")

    assert 'value="2026-01-07T09:15"' in page
    assert nonsense.status_code == 200


def test_note_left_for_later_is_asked_for_until_it_is_written(cast, client_for, case):
    client = client_for(cast.therapist)
    send(client, record(case), **typed(cast, note="", note_later="yes"))
    session = case.sessions.get()
    write = reverse("casework_note_write", args=[session.uuid])

    before = text_of(client.get(reverse("wagtailadmin_home")))
    send(client, write, text="A boat, late.")

    assert write in before
    assert write not in text_of(client.get(reverse("wagtailadmin_home")))
    assert session.process_note.text == "A boat, late."
    assert client.get(write).status_code == 404


def test_record_session_twice_at_one_time_is_refused(cast, client_for, case):
    client = client_for(cast.therapist)
    send(client, record(case), **typed(cast))

    page = text_of(send(client, record(case), **typed(cast)))

    assert "This session is already recorded." in page
    assert Session.objects.filter(referral=case).count() == 1


def test_record_session_takes_this_services_attendance_alone(cast, client_for, case):
    foreign = ListItemFactory(attendance=True, service=cast.other_service)

    page = text_of(send(client_for(cast.therapist), record(case), **typed(cast, attendance=str(foreign.uuid))))

    assert foreign.label not in text_of(client_for(cast.therapist).get(record(case))) or foreign.label in cast.items
    assert "Choose whether the session happened." in page
    assert not Session.objects.filter(referral=case).exists()


def test_record_session_says_whom_to_tell_when_worried(cast, client_for, case):
    cast.school.telephone = "01632 960123"
    cast.school.save()

    page = text_of(client_for(cast.therapist).get(record(case)))

    assert "Worried about safety now?" in page
    assert "01632 960123" in page
    assert cast.dsl.get_full_name() in page


@pytest.mark.parametrize(
    "person", ["coordinator", "supervisor", "head", "sendco", "other_therapist", "outsider", "dsl"]
)
def test_session_screens_of_another_are_not_there(cast, client_for, case, session, person):
    client = client_for(getattr(cast, person))

    for address in (record(case), change(session)):
        assert client.get(address).status_code == 404
        form = {"form_key": str(uuid4()), "version": "1"} | typed(cast)
        assert client.post(address, form).status_code == 404
    assert Session.objects.filter(referral=case).count() == 1


def test_change_session_opens_with_what_was_recorded_and_saves(cast, client_for, session):
    client = client_for(cast.therapist)

    page = text_of(client.get(change(session)))
    send(client, change(session), **typed(cast, strategies="Two drums."))

    assert "A quiet corner." in page
    assert "The same boat." in page
    session.refresh_from_db()
    assert session.strategies == "Two drums."
    assert ProcessNote.objects.get(session=session).text == "A boat, again."


def test_change_session_on_a_changed_version_shows_both_texts_and_keeps_yours(cast, client_for, session):
    client = client_for(cast.therapist)
    form = hidden(client, change(session)) | typed(cast, strategies="What I typed.")
    send(client, change(session), **typed(cast, strategies="From my telephone."))

    page = text_of(client.post(change(session), form))

    assert "was changed while you were writing" in page
    assert "From my telephone.</td>" in page
    assert "What I typed.</textarea>" in page
    session.refresh_from_db()
    assert session.strategies == "From my telephone."


def test_change_session_after_seven_days_is_not_there(cast, client_for, session):
    session.created_at = timezone.now() - timedelta(days=7, minutes=1)
    session.save()

    assert client_for(cast.therapist).get(change(session)).status_code == 404


def test_last_slot_is_the_weekly_hour_that_was_last():
    now = timezone.localtime()

    for days in range(7):
        weekday = (now.weekday() - days) % 7
        slot = last_slot(Allocation(weekday=weekday, time=time(0, 0)))
        assert timezone.localtime(slot).weekday() == weekday
        assert timedelta(0) <= now - slot < timedelta(days=7, hours=1)


def test_last_slot_later_today_was_a_week_ago():
    now = timezone.localtime()

    slot = last_slot(Allocation(weekday=now.weekday(), time=time(23, 59, 59)))

    assert timezone.localdate(slot) == now.date() - timedelta(days=7)


def test_last_slot_of_today_is_today_s_also_before_it_begins():
    now = timezone.localtime()
    later = Allocation(weekday=now.weekday(), time=time(23, 59, 59))

    assert timezone.localdate(last_slot(later, now.date())) == now.date()
    assert last_slot(later, now.date() + timedelta(days=7)) == last_slot(later)  # a day that has not come


def test_last_slot_without_a_weekly_hour_is_this_hour():
    slot = last_slot(None)

    assert (slot.minute, slot.second) == (0, 0)
    assert timedelta(0) <= timezone.now() - slot <= timedelta(hours=1, seconds=5)


def test_change_session_shows_no_note_to_the_next_account_of_a_team_entry(cast, client_for, session):
    entry = cast.therapist_practitioner
    entry.user = UserFactory()
    entry.save()
    client = client_for(entry.user)

    assert client.get(change(session)).status_code == 404
    page = client.get(reverse("casework_case", args=[session.referral.uuid]) + "?tab=sessions")
    assert page.status_code == 200
    assert change(session) not in text_of(page)


def test_record_session_is_refused_to_who_stopped_working_the_case_as_it_was_sent(cast, client_for, case, monkeypatch):
    """The scope is asked again once the form has its turn, not taken from the beginning of the request."""
    client = client_for(cast.therapist)
    form = hidden(client, record(case)) | typed(cast)
    spend = once.spend

    def waits(key, *, by):
        Allocation.objects.filter(referral=case).update(practitioner=cast.other_practitioner)
        return spend(key, by=by)

    monkeypatch.setattr(once, "spend", waits)
    assert client.post(record(case), form).status_code == 410
    assert not case.sessions.exists()
