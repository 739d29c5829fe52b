"""Makes an event and inserts it with the row that says it waits for its link, with as little ado as it takes.

Whoever opens a record waits for this, and for little else: saving the two by their models takes three times as long
as the commit itself.
"""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from ..models import AuditEvent, PendingSeal

FIELDS = AuditEvent._meta.concrete_fields
COLUMNS = [field for field in FIELDS if not field.primary_key]
CONVERTED = {field.attname for field in COLUMNS if not isinstance(field, models.CharField | models.ForeignKey)}
"""What the databases take in other words than ours: times and UUIDs, and the detail."""


def make(**said: Any) -> AuditEvent:
    """An event that says this, by the columns' names. A model is made by position in a third of the time."""
    values: list[Any] = [said.get(field.attname) for field in FIELDS]
    return AuditEvent(*values)  # type: ignore[misc]


def insert(event: AuditEvent) -> None:
    """Write a new event, in the transaction that is open or else in one of its own; it has its number then."""
    database = connections[DEFAULT_DB_ALIAS]
    values = [
        field.get_db_prep_save(value, database) if field.attname in CONVERTED else value
        for field in COLUMNS
        for value in [getattr(event, field.attname)]
    ]
    event.pk = _in_one(database, values) if database.vendor == "postgresql" else _in_two(database, values)
    event._state.adding, event._state.db = False, DEFAULT_DB_ALIAS


def _in_one(database: Any, values: list[Any]) -> int:
    """A single statement is a transaction of its own: the server is asked once instead of four times."""
    with database.cursor() as cursor:
        both = f"WITH event AS ({_event()} RETURNING id) {_pending('SELECT id FROM event')}"  # noqa: S608 - own names
        cursor.execute(f"{both} RETURNING event_id", values)
        return int(cursor.fetchone()[0])


def _in_two(database: Any, values: list[Any]) -> int:
    with transaction.atomic(savepoint=False), database.cursor() as cursor:
        cursor.execute(_event(), values)
        number = int(cursor.lastrowid)
        cursor.execute(_pending("VALUES (%s)"), [number])
        return number


@cache
def _event() -> str:
    columns, places = ", ".join(f'"{field.column}"' for field in COLUMNS), ", ".join(["%s"] * len(COLUMNS))
    return f"INSERT INTO {AuditEvent._meta.db_table} ({columns}) VALUES ({places})"  # noqa: S608 - own names


@cache
def _pending(event: str) -> str:
    return f"INSERT INTO {PendingSeal._meta.db_table} (event_id) {event}"
