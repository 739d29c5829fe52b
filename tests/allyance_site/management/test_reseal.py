"""The ring is rotated under a running service: killed half-way and resumed, while others write, and no word is lost."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import time
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from allyance_site import keys
from allyance_site.management.backups import databases
from allyance_site.management.commands import reseal
from casework import sealed
from casework.models import AuditEvent, DataKey, ProcessNote, Referral
from tests import cast as casting
from tests.casework.together import together
from tests.factories import ProcessNoteFactory, ReferralFactory, SessionFactory

ROOT = Path(__file__).resolve().parents[3]
WRITER = ROOT / "tests/allyance_site/management/writer.py"
SENTENCE = "She has stopped singing on the way to school."
NOTE = "The same boat, with a harbour."


@pytest.fixture
def ring(transactional_db, tmp_path, settings):
    """A keys directory of its own, in which the ring may be changed."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEY_RING_FILE = tmp_path / "keys" / "ring.json"
    return settings.KEYS_DIR


@pytest.fixture
def case(ring):
    cast = casting.build()
    case = ReferralFactory(
        active=True, school=cast.school, pupil=cast.pupil, practitioner=cast.therapist_practitioner, concerns=SENTENCE
    )
    ProcessNoteFactory(session=SessionFactory(referral=case), text=NOTE)
    return case


def many(number):
    """So many data keys more, with their secrets."""
    secrets = {uuid4(): sealed.new_secret() for _ in range(number)}
    rows = []
    for uuid, secret in secrets.items():
        ring_key, wrapped = sealed.ring().wrap(secret, uuid)
        rows.append(DataKey(uuid=uuid, ring_key=ring_key, wrapped=wrapped))
    DataKey.objects.bulk_create(rows)
    return secrets


def under(name):
    return DataKey.objects.filter(ring_key=name).count()


def words_of(case):
    note = ProcessNote.objects.select_related("data_key").get(session__referral=case)
    return Referral.objects.get(pk=case.pk).concerns, note.text


def settled(directory):
    """The ring as if it had been changed a while ago."""
    then = time() - reseal.SETTLES_WITHIN.total_seconds() - 1
    os.utime(directory / "ring.json", (then, then))


def command(directory, *arguments):
    """A process of its own, on this database and these keys."""
    named = connection.settings_dict
    url = f"sqlite:///{named['NAME']}" if connection.vendor == "sqlite" else databases.url_of(named)
    environment = os.environ | {
        "ALLYANCE_KEYS_DIR": str(directory),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "allyance_site.settings.local",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
    }
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running(directory, *arguments):
    """The same, ended with the test."""
    process = command(directory, *arguments)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_rotated_ring_wraps_what_is_new_and_opens_what_is_old(case, ring):
    old = sealed.ring().current

    new = keys.rotate(ring)

    assert sealed.ring().current == new != old
    assert sealed.ring().names == {old, new}
    assert DataKey.make().ring_key == new
    assert words_of(case) == (SENTENCE, NOTE)
    assert (ring / "ring.json").stat().st_mode & 0o777 == 0o600


def test_a_running_process_notices_the_new_ring(case, ring):
    old = sealed.ring().current
    with running(ring, str(WRITER), case.reference) as process:
        assert process.stdout.readline() == "ready\n"

        def says(line):
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert says("") == f"{old}: {SENTENCE}"
        new = keys.rotate(ring)
        assert says("") == f"{new}: {SENTENCE}"
        call_command("reseal")
        assert says("She sings again.") == f"{new}: She sings again."
        settled(ring)
        call_command("reseal", forget=True)
        assert says("") == f"{new}: She sings again."


def test_killed_half_way_it_goes_on_where_it_was(case, ring, capsys):
    secrets = many(10 * reseal.PIECE)
    old, total = sealed.ring().current, DataKey.objects.count()
    new = keys.rotate(ring)

    with running(ring, "manage.py", "reseal") as process:
        assert process.stdout.readline() == f"{reseal.PIECE} of {total} data keys resealed\n"
        process.send_signal(signal.SIGKILL)
        process.wait()

    left = under(old)
    assert 0 < left < total
    assert left + under(new) == total
    assert words_of(case) == (SENTENCE, NOTE)

    call_command("reseal")

    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"{left} of {left} data keys resealed",
        f"Every data key is wrapped by {new}.",
    ]
    assert under(new) == total
    assert words_of(case) == (SENTENCE, NOTE)
    assert {key.uuid: key.secret() for key in DataKey.objects.filter(uuid__in=secrets)} == secrets
    assert sum(event.detail["rows"] for event in AuditEvent.objects.filter(verb="resealed")) == total


def test_it_works_while_other_processes_write(case, ring):
    secrets = many(3 * reseal.PIECE)
    new = keys.rotate(ring)
    with running(ring, str(WRITER), "many") as first, running(ring, str(WRITER), "many") as second:
        for process in (first, second):
            assert process.stdout.readline()
        resealing = command(ring, "manage.py", "reseal")
        assert resealing.communicate(timeout=120)[0].endswith(f"Every data key is wrapped by {new}.\n")
        written = [process.stdout.readline().split() for process in (first, second) for _ in range(5)]

    assert resealing.returncode == 0
    assert DataKey.objects.exclude(ring_key=new).count() == 0
    assert {key.uuid: key.secret() for key in DataKey.objects.filter(uuid__in=secrets)} == secrets
    assert [DataKey.objects.get(pk=pk).secret().hex() for pk, _ in written] == [secret for _, secret in written]
    assert words_of(case) == (SENTENCE, NOTE)


def test_forget_takes_old_keys_off_once_nothing_is_under_them(case, ring, capsys):
    old = sealed.ring().current
    new = keys.rotate(ring)
    settled(ring)

    call_command("reseal", forget=True)

    assert sealed.ring().names == {new}
    assert f"{old} is off the ring." in capsys.readouterr().out
    assert words_of(case) == (SENTENCE, NOTE)
    call_command("reseal", forget=True)
    assert sealed.ring().names == {new}


def test_forget_waits_until_nobody_can_be_saving_under_an_old_key(case, ring):
    old = sealed.ring().current
    keys.rotate(ring)

    with pytest.raises(CommandError, match="somebody may still be saving under an old key"):
        call_command("reseal", forget=True)

    assert old in sealed.ring().names
    assert under(old) == 0


def test_forget_refuses_while_a_key_is_under_one_that_the_ring_lacks(case, ring, capsys):
    """One data key cannot be opened: the others are resealed, it is named, and no key of the ring is let go."""
    secrets = many(3)
    lost = DataKey.objects.get(uuid=next(iter(secrets)))
    DataKey.objects.filter(pk=lost.pk).update(ring_key="lost")
    old = sealed.ring().current
    new = keys.rotate(ring)
    settled(ring)

    with pytest.raises(CommandError, match=rf"1 data keys cannot be opened \({lost.pk}\)"):
        call_command("reseal", forget=True)

    assert sealed.ring().names == {old, new}
    assert under(new) == DataKey.objects.count() - 1
    DataKey.objects.filter(pk=lost.pk).update(ring_key=old)
    call_command("reseal", forget=True)
    assert DataKey.objects.get(pk=lost.pk).secret() == secrets[lost.uuid]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer: nobody holds a row while another writes"
)
def test_forget_refuses_while_somebody_holds_a_key_under_an_old_one(case, ring):
    old = sealed.ring().current
    keys.rotate(ring)
    settled(ring)

    def reseal_now():
        call_command("reseal", forget=True)

    with transaction.atomic():
        DataKey.objects.select_for_update().get(pk=case.data_key_id)
        (refusal,) = together(reseal_now)

    assert "1 data keys are being written by somebody else" in str(refusal)
    assert old in sealed.ring().names
    assert words_of(case) == (SENTENCE, NOTE)


def test_a_destroyed_key_is_left_destroyed(ring):
    destroyed = DataKey.make()
    DataKey.objects.filter(pk=destroyed.pk).update(wrapped=None, destroyed_at=timezone.now() - timedelta(days=1))
    old = sealed.ring().current
    keys.rotate(ring)
    settled(ring)

    call_command("reseal", forget=True)

    assert DataKey.objects.get(pk=destroyed.pk).wrapped is None
    assert old not in sealed.ring().names
