"""The chain of the audit, attacked: altered, deleted, renumbered, forged, cut at the end, written out of order."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from allyance_site.people.models import User
from casework import audit
from casework.audit import anchor, insert_only, sealer, seals, verifier
from casework.models import AuditEvent, AuditLink, PendingSeal, School


def write(count: int) -> list[AuditEvent]:
    return [audit.record("listed", School, by=None, rows=number) for number in range(count)]


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def chain(db) -> list[AuditEvent]:
    events = write(6)
    sealer.seal_all()
    assert verifier.verify() == []
    return events


def test_seal_links_each_event_once_without_a_gap(chain):
    write(3)

    assert sealer.seal(limit=2) == 2
    assert sealer.seal_all() == 1
    assert sealer.seal_all() == 0

    assert list(AuditLink.objects.values_list("seq", flat=True)) == list(range(1, 10))
    assert AuditLink.objects.values("event").distinct().count() == AuditEvent.objects.count() == 9
    assert not PendingSeal.objects.exists()
    assert verifier.verify() == []


def test_seal_takes_an_event_with_a_lower_number_that_was_committed_late(chain):
    late = AuditEvent(actor=None, verb="late", subject_type="x", detail={}, pk=chain[0].pk - 1 or -1)
    late.mac = seals.of_event(late)
    late.save(force_insert=True)

    assert sealer.seal_all() == 1
    assert late.link.seq == 7
    assert verifier.verify() == []


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'opened'",
        "detail = '{\"rows\": 99}'",
        "subject_type = 'casework.pupil'",
        "at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_an_altered_event_is_named(chain, change):
    raw(f"UPDATE casework_auditevent SET {change} WHERE id = %s", chain[2].pk)

    assert f"event {chain[2].pk} (link 3) was altered or forged" in verifier.verify()


def test_a_deleted_link_is_named(chain):
    raw("DELETE FROM casework_auditlink WHERE seq = 3")

    findings = verifier.verify()

    assert "links 3 to 3 are missing" in findings
    assert "link 4 does not follow from the one before it" in findings


def test_deleting_and_renumbering_is_seen(chain):
    raw("DELETE FROM casework_auditlink WHERE seq = 3")
    for seq in (4, 5, 6):
        raw("UPDATE casework_auditlink SET seq = %s WHERE seq = %s", seq - 1, seq)

    assert "link 3 does not follow from the one before it" in verifier.verify()


def test_a_forged_event_without_the_key_is_seen_at_once(chain):
    AuditEvent.objects.create(actor=None, verb="opened", subject_type="x", mac="0" * 64)

    assert any("altered or forged" in finding for finding in verifier.verify())


def test_an_event_kept_out_of_the_chain_is_seen_after_five_minutes(chain, settings):
    event = audit.record("opened", School, by=None)
    PendingSeal.objects.filter(event=event).delete()
    AuditEvent.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(minutes=6))

    assert f"event {event.pk} was never linked" in verifier.verify()


def test_a_cut_tail_is_seen_by_the_anchor_alone(chain):
    anchored = anchor.head()
    raw("DELETE FROM casework_auditlink WHERE seq > 4")
    raw("DELETE FROM casework_auditevent WHERE id IN (%s, %s)", chain[4].pk, chain[5].pk)

    assert verifier.verify() == []
    assert verifier.verify(anchored) == ["link 6 was anchored and is gone: the end of the chain was cut off"]


def test_a_chain_written_anew_is_not_the_anchored_one(chain):
    anchored = anchor.head()
    raw("DELETE FROM casework_auditlink")
    raw("DELETE FROM casework_auditevent WHERE id = %s", chain[0].pk)
    write(1)
    for event in AuditEvent.objects.filter(link__isnull=True, pending__isnull=True):
        PendingSeal.objects.create(event=event)
    sealer.seal_all()

    assert verifier.verify() == []
    assert verifier.verify(anchored) == ["link 6 is not the one that was anchored"]


def test_verify_audit_command_fails_loudly_and_names_the_row(chain, settings, tmp_path, capsys):
    settings.AUDIT_ANCHOR_DIR = tmp_path
    anchor.write()
    call_command("verify_audit")
    raw("UPDATE casework_auditevent SET verb = 'opened' WHERE id = %s", chain[1].pk)

    with pytest.raises(CommandError, match="does not hold: 1 findings"):
        call_command("verify_audit")
    assert f"event {chain[1].pk} (link 2) was altered" in capsys.readouterr().err


@pytest.fixture
def protected(transactional_db):
    write(2)
    sealer.seal_all()
    insert_only.install()
    yield
    with connection.cursor() as cursor:
        for statement in _undo():
            cursor.execute(statement)


def _undo() -> list[str]:
    if connection.vendor == "postgresql":
        return [
            f"DROP TRIGGER {table}_{name} ON {table}"
            for table in insert_only.TABLES
            for name in ("insert_only", "no_truncate")
        ]
    return [f"DROP TRIGGER {table}_no_{act}" for table in insert_only.TABLES for act in ("UPDATE", "DELETE")]


@pytest.mark.parametrize("model", [AuditEvent, AuditLink])
def test_triggers_refuse_update_and_delete(protected, model):
    for attempt in (lambda: model.objects.update(mac="x"), lambda: raw(f"DELETE FROM {model._meta.db_table}")):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            attempt()

    insert_only.install()  # twice is harmless
    write(1)
    assert sealer.seal_all() == 1


def test_separated_role_on_postgresql_only_inserts_and_selects(transactional_db, request):
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's: set DATABASE_URL to run this")
    role = f"allyance_app_{uuid4().hex[:8]}"
    raw(f"CREATE ROLE {role}")
    try:
        insert_only.separate(role)
        with transaction.atomic():
            raw(f"SET LOCAL ROLE {role}")
            write(1)
            assert AuditEvent.objects.count() == 1
        for statement in (
            "UPDATE casework_auditevent SET verb = 'x'",
            "DELETE FROM casework_auditlink",
            "TRUNCATE casework_auditevent CASCADE",
            "ALTER TABLE casework_auditevent DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                raw(f"SET LOCAL ROLE {role}")
                raw(statement)
    finally:
        raw(f"DROP OWNED BY {role}")
        raw(f"DROP ROLE {role}")


def test_events_written_and_given_up_at_once_are_linked_each_once(transactional_db):
    """Writers that commit late and out of order, some that give up, and two sealers at once."""
    committed = []

    def writer(number: int) -> None:
        try:
            for turn in range(8):
                try:
                    with transaction.atomic():
                        event = audit.record("opened", School, by=None, writer=number, turn=turn)
                        if (number + turn) % 4 == 0:
                            raise KeyError("given up")
                    committed.append(event.pk)
                except KeyError:
                    continue
        finally:
            connection.close()

    def sealing() -> None:
        try:
            for _ in range(6):
                sealer.seal(limit=7)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=[number]) for number in range(6)]
    threads += [threading.Thread(target=sealing) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealer.seal_all()

    assert sorted(AuditLink.objects.values_list("event_id", flat=True)) == sorted(committed)
    assert list(AuditLink.objects.values_list("seq", flat=True)) == list(range(1, len(committed) + 1))
    assert verifier.verify() == []


def test_nothing_starts_without_the_audit_key(settings, tmp_path):
    settings.AUDIT_KEY_FILE = tmp_path / "none"
    seals.key.cache_clear()
    try:
        with pytest.raises(Exception, match="put the file back"):
            seals.key()
    finally:
        settings.AUDIT_KEY_FILE = settings.KEYS_DIR / "audit_key"
        seals.key.cache_clear()


def test_an_event_names_its_actor(db):
    person = User.objects.create_user("a@allyance.example", first_name="A", last_name="B")

    event = audit.record("opened", School, by=person)

    assert AuditEvent.objects.get(pk=event.pk).actor == person
    assert seals.of_event(AuditEvent.objects.get(pk=event.pk)) == event.mac
