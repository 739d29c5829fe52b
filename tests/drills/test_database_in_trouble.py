"""The database cannot save: the person is told what to do, every word stands on the page, and nothing is half saved."""

import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from casework.models import AuditEvent, ProcessNote, Referral, Session, UsedFormKey
from tests.drills.own_server import OwnServer
from tests.drills.people import Person, session_form
from tests.drills.processes import database_url, until
from tests.drills.relay import Relay
from tests.signed_in import sign_in

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="what only a file of SQLite's does")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="what only a server of PostgreSQL's does")

SAVED = (
    "select count(*) - 1 from casework_session",  # the other service has one of its own
    "select count(*) - 1 from casework_processnote",
    "select count(*) from casework_auditevent where verb = 'added'",
)
WORDS = "Wörds, “quoted” & <b>bold</b>,\non two lines."


@pytest.fixture
def form(cast):
    return session_form(cast.items["Came"], WORDS)


@pytest.fixture
def wire():
    """Between a process and the PostgreSQL server."""
    relay = Relay(connection.settings_dict["HOST"], int(connection.settings_dict["PORT"] or 5432))
    yield relay
    relay.cut()


@pytest.fixture
def own_server():
    """A PostgreSQL server on a small disk."""
    with _small_disk("96m") as disk:
        server = OwnServer(disk)
        yield server
        server.stop()


def test_locked_by_somebody_else(cast, case, record, start, form):
    """A lock that ends in time only costs time; one that lasts gives the words back."""
    patience = {"timeout": 2} if connection.vendor == "sqlite" else {"options": "-c lock_timeout=2s"}
    web = start("web", DATABASE_URL=database_url(**patience))
    therapist = Person(web.address, cast.therapist)

    with _locked(case):
        given_back = therapist.send(record, form)
        _is_given_back(given_back, form, web)
        assert _saved(case) == 0

    assert therapist.send(record, given_back.form()).status == 302
    assert _saved(case) == 1

    another = session_form(cast.items["Came"], "an hour", starts_at="2026-01-15T12:00")
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(therapist.send(record, another)))
    with _locked(case):
        waiting.start()
        time.sleep(0.5)
        assert not answers
    waiting.join()
    assert answers[0].status == 302
    assert _saved(case) == 2


def test_read_only(cast, case, record, start, form):
    if connection.vendor == "sqlite":
        web = start("web", DRILL_READ_ONLY="1")
    else:
        web = start("web", DATABASE_URL=database_url(options="-c default_transaction_read_only=on"))
    therapist = Person(web.address, cast.therapist)

    given_back = therapist.send(record, form)

    _is_given_back(given_back, form, web)
    assert _saved(case) == 0
    opened = therapist.get(record)
    assert opened.status == 503, "what is opened is put on record first"
    assert "What you saved before is safe." in opened.text
    assert "Wren" not in opened.text

    _send_where_all_is_well(cast, record, given_back)
    assert _saved(case) == 1


@on_sqlite
def test_no_page_left_in_the_file(cast, case, record, start):
    web = start("web", DATABASE_URL=database_url(init_command="PRAGMA journal_mode=WAL; PRAGMA max_page_count=1"))

    saved, form, given_back = _fill(Person(web.address, cast.therapist), cast, record)

    _is_given_back(given_back, form, web)
    assert _saved(case) == saved
    _send_where_all_is_well(cast, record, given_back)
    assert _saved(case) == saved + 1


@on_sqlite
def test_disk_is_full(cast, case, record, start):
    """A real file system with no room left; when there is room again the same page saves."""
    with _small_disk("16m") as disk:
        therapist = Person("", cast.therapist)  # signed in before the copy is made, so that the copy knows it
        copy = disk / "allyance.sqlite3"
        with closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        web = start("web", DATABASE_URL=f"sqlite:///{copy}")
        therapist.address = web.address
        _leave_free(disk, 64 * 1024)

        saved, form, given_back = _fill(therapist, cast, record)
        _is_given_back(given_back, form, web)

        (disk / "filler").unlink()
        assert therapist.send(record, given_back.form()).status == 302
        web.kill()
        with closing(sqlite3.connect(copy)) as file:
            answers = [file.execute(sql).fetchone()[0] for sql in (*SAVED, "pragma integrity_check")]
        assert answers == [saved + 1, saved + 1, saved + 1, "ok"]


@on_postgresql
def test_disk_of_the_server_is_full(cast, case, record, start, own_server):
    """The same under a server, which refuses to save or, where it has no room for its log, falls."""
    therapist = Person("", cast.therapist)  # signed in before the copy is made, so that the copy knows it
    own_server.take_over()
    web = start("web", DATABASE_URL=own_server.address)
    therapist.address = web.address
    disk = own_server.data.parent
    _leave_free(disk, 256 * 1024)

    saved, form, given_back = _fill(therapist, cast, record)
    _is_given_back(given_back, form, web)

    (disk / "filler").unlink()
    own_server.start()
    until(lambda: therapist.send(record, given_back.form()).status == 302, "there is room, and it does not save", 30)
    web.kill()
    assert own_server.numbers(*SAVED) == (saved + 1, saved + 1, saved + 1)


@on_postgresql
def test_server_is_gone_and_comes_back(cast, case, record, start, form, wire):
    web = start("web", DATABASE_URL=database_url(port=wire.port))
    therapist = Person(web.address, cast.therapist)
    assert therapist.get(record).status == 200

    wire.cut()
    given_back = therapist.send(record, form)
    _is_given_back(given_back, form, web)
    assert _saved(case) == 0

    wire.mend()
    until(lambda: therapist.send(record, given_back.form()).status == 302, "it did not find the server again", 30)
    assert _saved(case) == 1


def _is_given_back(answer, form, web):
    """A page that says what to do, and would send the very same again."""
    assert answer.status == 503
    words = answer.page.get_text(" ", strip=True)
    assert "Nothing that you typed is lost" in words
    assert "wait a minute, then try again" in words
    assert {name: text.replace("\r\n", "\n") for name, text in answer.form().items()} == form | {
        "csrfmiddlewaretoken": answer.form()["csrfmiddlewaretoken"]
    }
    shown = {area["name"] for area in answer.page.find_all("textarea")}
    assert shown == {"strategies", "note"}
    said = web.said()
    assert "Wörds" not in said and form["note"][:20] not in said


def _fill(therapist, cast, record):
    """Record sessions until one cannot be saved: how many were, the form that was not, and what came back."""
    for number in range(60):
        form = session_form(cast.items["Came"], WORDS * 150, starts_at=f"2026-01-15T10:{number:02}")
        answer = therapist.send(record, form)
        if answer.status != 302:
            return number, form, answer
    raise AssertionError("there was room for all of them")


def _saved(case):
    """How many sessions there are, each of them whole."""
    sessions = Session.objects.filter(referral=case).count()
    assert ProcessNote.objects.filter(session__referral=case).count() == sessions
    assert AuditEvent.objects.filter(referral=case, verb="added").count() == sessions
    assert UsedFormKey.objects.exclude(answer="").count() == UsedFormKey.objects.count() == sessions
    return sessions


def _send_where_all_is_well(cast, record, given_back):
    """The trouble is over: the page that was given back is sent again."""
    client = Client()
    sign_in(client, cast.therapist)
    assert client.post(record, given_back.form()).status_code == 302


@contextmanager
def _locked(case):
    """Somebody else is writing, and does not finish."""
    with transaction.atomic():
        Referral.objects.select_for_update().get(pk=case.pk)
        yield


@contextmanager
def _small_disk(size):
    """A file system of its own, into which anybody may write."""
    with tempfile.TemporaryDirectory(prefix="allyance-disk-") as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("no file system can be mounted here")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)  # noqa: S607


def _leave_free(disk, size):
    """Fill the disk up but for so many bytes."""
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(max(0, shutil.disk_usage(disk).free - size)))
