"""Makes events and links insert-only in the database itself: triggers on both databases, and rights on PostgreSQL.

On SQLite the triggers stop the application and a careless hand, not somebody with the file: the chain shows what they
did. On PostgreSQL the application connects with a role that may only insert and select there.
"""

from django.db import connection

from ..models import AuditEvent, AuditLink

TABLES = (AuditEvent._meta.db_table, AuditLink._meta.db_table)
REFUSAL = "the audit is insert-only"


def install() -> None:
    """Install the triggers; harmless when they are there."""
    with connection.cursor() as cursor:
        for statement in _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite():
            cursor.execute(statement)


def separate(role: str) -> None:
    """On PostgreSQL: give the application's role what it needs on every table, on the audit only insert and select."""
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        for table in TABLES:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON {table} FROM {name}")


def _on_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
        for act in ("UPDATE", "DELETE")
    ]


def _on_postgresql() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION audit_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    triggers = [
        f"CREATE OR REPLACE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_insert_only()"
        for table in TABLES
    ]
    truncates = []
    for table in TABLES:
        truncates += [
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_insert_only()",
        ]
    return [function, *triggers, *truncates]
