"""Backups, on both databases: made while others write, read back, refused when a byte or key is wrong, restored."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from uuid import uuid4

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from allyance_site.management.backups import databases, making, reading
from allyance_site.management.backups.refusal import BackupRefused
from casework import audit
from casework.models import AuditEvent, BackupRun, School
from tests import cast as casting
from tests.factories import ProcessNoteFactory, ReferralFactory, SessionFactory

ROOT = Path(__file__).resolve().parents[3]
SENTENCE = "She has stopped singing on the way to school."


@pytest.fixture
def backups(transactional_db, tmp_path, settings, monkeypatch):
    """A directory for backups, and a small service to put in them."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "allyance_site.settings.local")  # what the processes started here use
    settings.LIBRARY_ROOT = tmp_path / "data" / "library"
    (settings.LIBRARY_ROOT / "documents").mkdir(parents=True)
    (settings.LIBRARY_ROOT / "documents" / "policy.pdf").write_bytes(b"%PDF-1.4 a policy")
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.PUBLIC_ROOT = tmp_path / "data" / "public"
    return tmp_path / "backups"


@pytest.fixture
def case(backups):
    cast = casting.build()
    return ReferralFactory(active=True, school=cast.school, pupil=cast.pupil, concerns=SENTENCE)


def test_backup_is_read_back_and_on_record(case, backups, capsys):
    call_command("backup", to=backups)

    run = BackupRun.objects.get()
    assert run.verified_at
    assert (backups / run.name).stat().st_size == run.size
    assert "All of it" not in capsys.readouterr().err
    call_command("restore", backups / run.name, verify=True)


def test_backup_holds_no_sentence_and_no_name_in_clear(case, backups):
    run = making.make(backups)

    content = (backups / run.name).read_bytes()
    assert SENTENCE.encode() not in content
    assert case.pupil.last_name.encode() not in content
    with reading.opened(backups / run.name) as (place, _):
        inside = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert SENTENCE.encode() not in inside


def test_backup_made_while_others_write_is_one_instant(case, backups):
    stop = threading.Event()

    def write() -> None:
        try:
            while not stop.is_set():
                audit.record("opened", School, by=None)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        run = making.make(backups)
    finally:
        stop.set()
        writer.join()

    manifest = reading.verify(backups / run.name)
    assert manifest["counts"]["casework_auditevent"] <= AuditEvent.objects.count()
    assert manifest["counts"]["casework_referral"] == 2
    assert "library/documents/policy.pdf" in manifest["files"]


@pytest.mark.parametrize("at", [0.1, 0.5, 0.99])
def test_one_wrong_byte_is_refused(case, backups, at):
    run = making.make(backups)
    path = backups / run.name
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError, match="is damaged"):
        call_command("restore", path, verify=True)


def test_a_missing_key_is_refused_with_its_reason(case, backups, settings, tmp_path):
    run = making.make(backups)
    settings.BACKUP_IDENTITY_FILE = tmp_path / "nowhere"

    with pytest.raises(CommandError, match="put it back from the custodian's copy"):
        call_command("restore", backups / run.name, verify=True)


def test_another_installations_key_opens_nothing(case, backups, settings, tmp_path):
    run = making.make(backups)
    settings.BACKUP_IDENTITY_FILE = tmp_path / "other"
    settings.BACKUP_IDENTITY_FILE.write_text(str(pyrage.x25519.Identity.generate()))

    with pytest.raises(BackupRefused, match="damaged, or was made for another key"):
        reading.verify(backups / run.name)


def test_a_lost_ring_is_seen_when_the_sample_is_opened(case, backups, tmp_path, monkeypatch):
    run = making.make(backups)
    call_command_keys = [sys.executable, "-m", "allyance_site.keys", str(tmp_path / "other-keys")]
    subprocess.run(call_command_keys, cwd=ROOT, check=True)
    monkeypatch.setenv("ALLYANCE_KEYS_DIR", str(tmp_path / "other-keys"))

    with pytest.raises(BackupRefused, match="does not hold"):
        reading.verify(backups / run.name)


def forged(backup: Path, into: Path, change) -> Path:
    """The same backup, opened, changed and packed again by somebody who has the key."""
    with reading.opened(backup) as (content, manifest):
        change(content, manifest)
        (content / making.MANIFEST).write_text(json.dumps(manifest))
        with tarfile.open(into / "forged.tar", "w") as tar:
            for path in sorted(content.rglob("*")):
                if path.is_file():
                    tar.add(path, arcname=str(path.relative_to(content)))
    pyrage.encrypt_file(str(into / "forged.tar"), str(into / "forged.tar.age"), [making.recipient()])
    return into / "forged.tar.age"


def test_an_exchanged_file_is_refused(case, backups, tmp_path):
    run = making.make(backups)

    def exchange(content, manifest):
        (content / "library/documents/policy.pdf").write_bytes(b"%PDF-1.4 another policy")

    with pytest.raises(BackupRefused, match="is not what was put there"):
        reading.verify(forged(backups / run.name, tmp_path, exchange))


def test_rows_that_are_missing_are_named(case, backups, tmp_path):
    run = making.make(backups)

    def miscount(content, manifest):
        manifest["counts"]["casework_referral"] += 1

    with pytest.raises(BackupRefused, match="number of rows differs in casework_referral"):
        reading.verify(forged(backups / run.name, tmp_path, miscount))


def test_restored_elsewhere_the_case_file_opens(case, backups, tmp_path, settings):
    run = making.make(backups)
    elsewhere = tmp_path / "elsewhere"
    keys = tmp_path / "custodian"
    shutil.copytree(settings.KEYS_DIR, keys)
    with empty_database() as url:
        call_command("restore", backups / run.name, into=elsewhere, database_url=url)
        answer = open_case(case.reference, elsewhere, keys, url, tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("200\n")
    assert SENTENCE in answer.stdout
    assert (elsewhere / "library/documents/policy.pdf").read_bytes() == b"%PDF-1.4 a policy"


def test_nothing_is_restored_over_what_is_there(case, backups, tmp_path):
    run = making.make(backups)
    (tmp_path / "running").mkdir()
    (tmp_path / "running" / "allyance.sqlite3").write_text("a running service")

    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", backups / run.name, into=tmp_path / "running")


class empty_database:
    """On PostgreSQL a new database's URL, dropped afterwards; on SQLite none is needed."""

    def __enter__(self) -> str:
        self.name = f"allyance_elsewhere_{uuid4().hex[:8]}"
        if connection.vendor != "postgresql":
            return ""
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {self.name}")
        return databases.url_of(connection.settings_dict | {"NAME": self.name})

    def __exit__(self, *_: object) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {self.name} WITH (FORCE)")


def open_case(reference: str, data: Path, keys: Path, url: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Open the case in a process of its own, as another user of this machine where that user can run our Python."""
    environment = {
        "PATH": os.environ["PATH"],
        "ALLYANCE_DATA_DIR": str(data),
        "ALLYANCE_KEYS_DIR": str(keys),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    } | ({"DATABASE_URL": url} if url else {})
    command = [
        sys.executable,
        str(ROOT / "tests/allyance_site/management/open_case.py"),
        "head@allyance.example",
        reference,
    ]
    other = other_user()
    if other:
        for folder in (data, keys):
            for path in [folder, *folder.rglob("*")]:
                shutil.chown(path, other)
        for folder in [tmp_path, *tmp_path.parents]:
            if folder.stat().st_uid == os.getuid() and folder != Path("/"):
                folder.chmod(folder.stat().st_mode | 0o011)
    return subprocess.run(command, env=environment, cwd="/", user=other, capture_output=True, text=True, check=False)


def other_user() -> str | None:
    """`nobody`, when this is root and nobody can reach this Python and these files."""
    if os.getuid() != 0 or "nobody" not in {user.pw_name for user in pwd.getpwall()}:
        return None
    try:
        tried = subprocess.run(
            [sys.executable, "-c", "import django"], cwd=ROOT, user="nobody", capture_output=True, check=False
        )
    except PermissionError:
        return None
    return "nobody" if tried.returncode == 0 else None


def test_no_file_that_a_thief_could_take_holds_a_sentence(case, backups, tmp_path):
    """The database's own files, what is still in its log, a text that was changed since, and a dump."""
    cast_note = ProcessNoteFactory(session=SessionFactory(referral=case), text=f"First: {SENTENCE}")
    for text in (f"Then: {SENTENCE}", f"At last: {SENTENCE}"):
        cast_note.text = text
        cast_note.save()
    tmp_path.joinpath("dump").mkdir()
    name, _ = databases.snapshot(tmp_path / "dump")
    taken = [in_clear(tmp_path / "dump" / name)]
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        taken += [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]

    assert case.reference.encode() in taken[0]
    assert len(taken) == 1 or case.reference.encode() in b"".join(taken[1:])
    assert [SENTENCE.encode() in content for content in taken] == [False] * len(taken)
    assert cast_note.data_key.secret() not in b"".join(taken)


def in_clear(dump: Path) -> bytes:
    """What a dump holds, unpacked."""
    if dump.suffix != ".pgdump":
        return dump.read_bytes()
    tool = shutil.which("pg_restore")
    return subprocess.run([tool, "--file=-", str(dump)], capture_output=True, check=True).stdout
