"""The web server is killed with -9 in the midst of a hundred saves: what it said was saved is there, nothing is half."""

import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from uuid import uuid4

from django.urls import reverse

from casework.audit import sealer, verifier
from casework.models import AuditEvent, NoteOpening, OutboxMessage, ProcessNote, Session, UsedFormKey
from tests.drills.people import Person, session_form
from tests.factories import ProcessNoteFactory, SessionFactory

SAVES = 100
KILLED_AFTER = 40
CLIENTS = 6


def test_every_acknowledged_save_is_there_and_none_is_half(cast, case, record, start):
    earlier = [
        ProcessNoteFactory(session=SessionFactory(referral=case, practitioner=cast.therapist_practitioner))
        for _ in range(SAVES // 2)
    ]
    acts = []
    for number, note in enumerate(earlier):
        hour = session_form(cast.items["Came"], f"hour {number}", starts_at=f"2026-01-15T10:{number:02}")
        opening = {"form_key": str(uuid4()), "reason": f"Reason {number}."}
        acts += [(cast.therapist, record, hour), (cast.supervisor, reverse("casework_note", args=[note.uuid]), opening)]
    web = start("web")
    saved = _send(web, acts, kill_after=KILLED_AFTER)

    assert KILLED_AFTER <= len(saved) < SAVES
    kept = _whole(case, {note.pk for note in earlier})
    assert kept >= saved

    # Whoever was not answered sends again: what was saved all the same is not saved twice.
    again = _send(start("web"), [act for act in acts if act[2]["form_key"] not in saved])
    assert len(saved | again) == SAVES
    assert len(_whole(case, {note.pk for note in earlier})) == SAVES

    sealer.seal_all()
    assert verifier.verify() == []


def _send(web, acts, kill_after=None):
    """Send them all, several at once; the keys of those that were acknowledged, until the server is killed."""
    acknowledged: set[str] = set()
    enough = threading.Event()
    browsers = {user: Person(web.address, user) for user in {act[0] for act in acts}}

    def send(act):
        user, path, form = act
        try:
            answer = browsers[user].send(path, form)
        except (OSError, HTTPException):
            return  # the server is gone: nobody was told that this is saved
        assert answer.status == 302, answer.page.get_text(" ", strip=True)[:2000]
        acknowledged.add(form["form_key"])
        if len(acknowledged) == kill_after:
            enough.set()

    with ThreadPoolExecutor(CLIENTS) as pool:
        sending = [pool.submit(send, act) for act in acts]
        if kill_after:
            assert enough.wait(60)
            web.kill()
    for future in sending:
        future.result()
    return acknowledged


def _whole(case, earlier):
    """The keys of the forms that were done, once it is certain that each was done whole and nothing else was."""
    sessions = Session.objects.filter(referral=case).exclude(process_note__in=earlier)
    openings = NoteOpening.objects.filter(note__in=earlier)
    keys = UsedFormKey.objects.all()
    assert keys.count() == sessions.count() + openings.count()
    assert not keys.filter(answer="").exists()

    added = AuditEvent.objects.filter(verb="added", referral=case, subject__isnull=False)
    assert sorted(added.values_list("subject", flat=True)) == sorted(sessions.values_list("uuid", flat=True))
    for session in sessions:
        number = session.strategies.removeprefix("Strategy of ")
        assert ProcessNote.objects.get(session=session).text == f"Note of {number}"

    events = AuditEvent.objects.filter(verb="opened with a reason", referral=case)
    assert events.count() == openings.count() == OutboxMessage.objects.filter(kind="note_opened").count()
    assert all(opening.reason.startswith("Reason ") for opening in openings)
    return {str(key) for key in keys.values_list("key", flat=True)}
