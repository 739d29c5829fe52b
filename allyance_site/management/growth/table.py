"""Writes rows as plain values, thousands at a time and without an instance each; every constraint holds as ever."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django.db.models import Max


class Table:
    """The rows of one model: `names` are the columns that each row gives, `same` is what all of them have."""

    def __init__(self, model: type[models.Model], names: str, **same: Any) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
        given = names.split()
        self.is_addressed = "uuid" in given
        if not self.is_addressed:
            given = ["uuid", *given]
        self.plain = [_plain(fields[name]) for name in given]
        rest = {
            name: field.get_db_prep_save(same.get(name, field.get_default()), connection)
            for name, field in fields.items()
            if name not in given
        }
        self.same = tuple(rest.values())
        self.columns = ["id", *(fields[name].column for name in (*given, *rest))]

    def write(self, rows: Iterable[tuple[Any, ...]]) -> list[int]:
        """Insert the rows, each with an address of its own; their ids, in the same order."""
        addressed = list(rows) if self.is_addressed else [(uuid4(), *row) for row in rows]
        ids = self._ids(len(addressed))
        self._insert(
            [(number, *map(_apply, self.plain, row), *self.same) for number, row in zip(ids, addressed, strict=True)]
        )
        return ids

    def _ids(self, count: int) -> list[int]:
        """Numbers that nobody else is given."""
        if connection.vendor == "sqlite":  # its transactions are immediate: nobody writes between this and the commit
            last = self.model._default_manager.aggregate(last=Max("pk"))["last"] or 0
            return list(range(last + 1, last + 1 + count))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [self.model._meta.db_table, count],
            )
            return [number for (number,) in cursor.fetchall()]

    def _insert(self, lines: list[tuple[Any, ...]]) -> None:
        table, columns = self.model._meta.db_table, ", ".join(f'"{name}"' for name in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                places = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', lines)  # noqa: S608 - own names
                return
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for line in lines:
                    copy.write_row(line)


def _apply(plain: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if plain is None or value is None else plain(value)


def _plain(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of this column is handed to the database; None where it goes as it is."""
    if connection.vendor != "sqlite":
        return None
    if isinstance(field, models.UUIDField):
        return lambda value: value.hex
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return str if isinstance(field, models.DateField | models.TimeField) else None
