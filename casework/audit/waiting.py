"""An event waits for its link from its insertion on: the database itself writes the row that says so.

An event can so never be without it, and whoever opens a record waits for one statement instead of two.
"""

from django.db import connection

from ..models import AuditEvent, PendingSeal

EVENTS, PENDING = AuditEvent._meta.db_table, PendingSeal._meta.db_table
INSERTION = f"INSERT INTO {PENDING} (event_id) VALUES (NEW.id)"  # noqa: S608 - own names


def install() -> None:
    """Install the trigger; harmless when it is there."""
    with connection.cursor() as cursor:
        for statement in _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite():
            cursor.execute(statement)


def _on_sqlite() -> list[str]:
    return [f"CREATE TRIGGER IF NOT EXISTS {EVENTS}_waits AFTER INSERT ON {EVENTS} BEGIN {INSERTION}; END"]


def _on_postgresql() -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION audit_event_waits() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {INSERTION}; RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {EVENTS}_waits AFTER INSERT ON {EVENTS} "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_waits()",
    ]
