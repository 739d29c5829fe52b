"""Inserts an event with the row that says it waits for its link: two plain statements, made once.

Whoever opens a record waits for this, and for little else: saving the two by their models takes three times as long
as the commit itself.
"""

from functools import cache

from django.db import connection, models

from ..models import AuditEvent, PendingSeal

COLUMNS = [field for field in AuditEvent._meta.concrete_fields if not field.primary_key]


def insert(event: AuditEvent) -> None:
    """Write a new event; it has its number then."""
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(AuditEvent, tuple(COLUMNS), " RETURNING id"),
            [field.get_db_prep_save(getattr(event, field.attname), connection) for field in COLUMNS],
        )
        event.pk = cursor.fetchone()[0]
        cursor.execute(_statement(PendingSeal, (PendingSeal._meta.pk,), ""), [event.pk])
    event._state.adding, event._state.db = False, connection.alias


@cache
def _statement(model: type[models.Model], fields: tuple[models.Field, ...], returning: str) -> str:
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}){returning}'  # noqa: S608 - own names
