"""Each thing that the service needs is broken in earnest, and is named by its one word while the others stay well."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from allyance_site import keys
from allyance_site.management import readiness
from casework import audit
from casework.audit import sealer
from casework.models import AuditEvent, BackupRun, Beat, DataKey, Service
from tests.clock import london
from tests.cms import clamd

NOON = london(2026, 11, 23, 12)
ALL_WELL = dict.fromkeys(
    ["database", "migrations", "keys", "audit", "worker", "timer", "backup", "disk", "cache"], "fine"
) | {"viruses": "off"}


@pytest.fixture(autouse=True)
def _room(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.READY_FREE_MB = 1


@pytest.fixture
def service(db):
    """Where all is well: at noon, with keys, a backup, worker and timer."""
    with time_machine.travel(NOON, tick=False) as clock:
        DataKey.make()
        audit.record("looked", Service, by=None)
        sealer.seal_all()
        Beat.now(Beat.Process.WORKER)
        Beat.now(Beat.Process.TIMER)
        BackupRun.objects.create(name="good", size=1, verified_at=NOON)
        yield clock


def unwell() -> dict[str, str]:
    return {name: word for name, word in readiness.look().items() if word != ALL_WELL[name]}


def test_all_is_well(service):
    assert readiness.look() == ALL_WELL
    assert list(readiness.look()) == list(ALL_WELL)
    assert set(ALL_WELL.values()) == readiness.WELL


def test_asking_leaves_one_row_however_often(service):
    before = {table: _rows(table) for table in connection.introspection.table_names()}
    for _ in range(3):
        readiness.look()
    after = {table: _rows(table) for table in connection.introspection.table_names()}
    assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == {
        Beat._meta.db_table: 1
    }


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


# --- The database


@pytest.fixture
def reads_only(transactional_db):
    """A database that takes nothing more."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = OFF" if sqlite else "SET default_transaction_read_only = off")


def test_a_database_that_cannot_be_written_is_broken_and_asked_nothing_else(reads_only, caplog):
    found = readiness.look()

    assert found["database"] == "broken"
    assert {name for name, word in found.items() if word == "unknown"} == {
        *("migrations", "keys", "audit", "worker", "timer", "backup")
    }
    assert (found["cache"], found["viruses"]) == ("fine", "off")
    assert [record.message for record in caplog.records if record.name == readiness.__name__] == [
        "Not ready: database."
    ]


def test_a_migration_that_is_missing(service):
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="casework").last().delete()
    assert unwell() == {"migrations": "behind"}


def test_migrations_of_a_newer_program_are_well(service):
    MigrationRecorder(connection).record_applied("casework", "9999_of_tomorrow")
    assert unwell() == {}


# --- The keys


@pytest.mark.parametrize("name", readiness.KEY_FILES)
def test_a_key_that_is_lost(service, settings, tmp_path, name):
    setattr(settings, name, tmp_path / "nowhere")
    assert unwell() == {"keys": "lost"}


def test_a_ring_that_opens_nothing_here(service, settings, tmp_path):
    keys.make(tmp_path / "others")
    settings.KEY_RING_FILE = tmp_path / "others" / "ring.json"
    assert unwell() == {"keys": "broken"}


def test_a_ring_that_opens_the_newest_alone(service, settings, tmp_path):
    """The key of the oldest was taken off it too early."""
    keys.make(tmp_path / "ours")
    settings.KEY_RING_FILE = tmp_path / "ours" / "ring.json"
    DataKey.make()
    assert unwell() == {"keys": "broken"}


def test_a_ring_that_is_damaged(service, settings, tmp_path):
    settings.KEY_RING_FILE = tmp_path / "ring.json"
    settings.KEY_RING_FILE.write_text(json.dumps({"current": "x", "keys": {}}))
    assert unwell() == {"keys": "broken"}


def test_a_key_that_was_destroyed_on_purpose_is_well(service):
    DataKey.objects.update(wrapped=None, destroyed_at=NOON)
    assert unwell() == {}


def test_an_audit_key_that_does_not_fit(service):
    AuditEvent.objects.update(mac="0" * 64)
    assert unwell() == {"keys": "broken"}


# --- What the clock says


@pytest.mark.parametrize(
    ("later", "late"),
    [
        (timedelta(minutes=9), set()),
        (timedelta(minutes=11), {"worker"}),
        (timedelta(minutes=59), {"worker"}),
        (timedelta(minutes=61), {"worker", "timer"}),
        (timedelta(hours=47), {"worker", "timer"}),
        (timedelta(hours=49), {"worker", "timer", "backup"}),
    ],
)
def test_what_was_not_at_work_lately_is_late(service, later, late):
    service.shift(later)
    assert unwell() == dict.fromkeys(late, "late")


@pytest.mark.parametrize(("model", "late"), [(Beat, {"worker", "timer"}), (BackupRun, {"backup"})])
def test_what_never_was_is_late(service, model, late):
    model.objects.all().delete()
    assert unwell() == dict.fromkeys(late, "late")


def test_a_backup_that_did_not_hold_does_not_count(service):
    service.shift(timedelta(hours=49))
    Beat.now(Beat.Process.WORKER)
    Beat.now(Beat.Process.TIMER)
    BackupRun.objects.create(name="bad", size=1, made_at=timezone.now())
    assert unwell() == {"backup": "late"}


def test_events_that_are_not_linked(service):
    audit.record("looked", Service, by=None)
    service.shift(timedelta(minutes=61))
    Beat.now(Beat.Process.WORKER)
    Beat.now(Beat.Process.TIMER)
    assert unwell() == {"audit": "late"}


# --- The machine


def test_a_disk_without_room(service, settings):
    settings.READY_FREE_MB = 1024**3
    assert unwell() == {"disk": "full"}


def test_a_disk_that_is_gone(service, settings):
    settings.DATA_DIR.rmdir()
    assert unwell() == {"disk": "broken"}


@pytest.mark.parametrize("name", ["default", "tries"])
@pytest.mark.parametrize("kind", ["files", "redis"])
def test_a_cache_that_keeps_nothing(service, settings, tmp_path, name, kind):
    (tmp_path / "file").write_text("no directory")
    backend = {
        "files": {"default": "allyance_site.caches.Files", "tries": "allyance_site.caches.Tries"},
        "redis": {"default": "allyance_site.caches.Redis", "tries": "django.core.cache.backends.redis.RedisCache"},
    }[kind][name]
    where = tmp_path / "file" if kind == "files" else "redis://127.0.0.1:1"
    settings.CACHES = settings.CACHES | {name: {"BACKEND": backend, "LOCATION": where}}
    assert unwell() == {"cache": "broken"}


def test_a_scanner(service, settings):
    with clamd.running() as (address, running):
        settings.SCANNER = address
        assert readiness.look() == ALL_WELL | {"viruses": "fine"}
        running.says = b"stream: Everything FOUND\0"
        assert unwell() == {"viruses": "broken"}
    assert unwell() == {"viruses": "broken"}
