"""The number that stands for all that the website shows: whatever changes it makes the number one higher.

The database counts, by triggers on the tables of what is shown. So the number is changed in the transaction of the
change itself, and no way of changing goes past it: not a bulk update, not a move in the tree, not another process.
A page that was made under a lower number is asked for no more (`allyance_site/kept_pages.py`).
"""

import time
from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import Model

T = TypeVar("T")
COUNTED = "UPDATE cms_generation SET number = number + 1"
NAME = "_next_generation"

OF_WAGTAIL = (
    *("wagtailcore.Page", "wagtailcore.PageViewRestriction", "wagtailcore.Site", "wagtailredirects.Redirect"),
    "wagtailcore.GroupSitePermission",  # whose site it is, and so whose team is shown
)
OF_CASEWORK = {
    "casework.Service": ("editors_id",),
    "casework.Practitioner": ("service_id", "name", "discipline_id", "body_id", "on_website", "starts_at", "ends_at"),
    "casework.ListItem": ("label", "position", "public_register"),
}
"""What of the team is public (`casework.access.website`), and the words for it."""
NOT_SHOWN = frozenset({"generation", "siterendition", "librarydocument", "contactmessage", "takingdown"})
"""Tables of the website of which no visitor sees anything, or that are filled while a page is made."""
OF_DRAFTS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at"}
    | {"locked", "locked_at", "locked_by_id", "go_live_at", "expire_at"}
)
"""Columns of a page that change while an editor writes what no visitor sees yet."""

MOST_REMEMBERED = 1000


class Memory(dict[Hashable, Any]):
    """What stands on many pages, made once for each generation, of nothing but what is counted."""

    def of(self, name: Hashable, make: Callable[[], T]) -> T:
        """What goes by this name; made where it is not there yet."""
        if name not in self:
            if len(self) >= MOST_REMEMBERED:  # some names visitors make up, as that of a host
                self.clear()
            self[name] = make()
        return self[name]  # type: ignore[no-any-return]


_known: tuple[int, Memory] = (0, Memory())


def current() -> int | None:
    """The number now; None where there is none, and then nothing may be kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM cms_generation")
        row = cursor.fetchone()
    return row[0] if row else None


def memory() -> Memory:
    """What this process remembers of the generation that is current now; an empty one where nothing may be kept."""
    global _known
    number = None if _may_be_taken_back() else current()
    if number is None:
        return Memory()
    if _known[0] != number:
        _known = number, Memory()
    return _known[1]


def _may_be_taken_back() -> bool:
    """Whether what is read now may never have been, once this transaction is over."""
    return connection.in_atomic_block


def shown() -> Iterator[tuple[str, list[str]]]:
    """The tables of what is shown, each with the columns that visitors see."""
    ours = [model for model in apps.get_app_config("cms").get_models() if model._meta.model_name not in NOT_SHOWN]
    for model in (*map(apps.get_model, OF_WAGTAIL), *ours):
        yield model._meta.db_table, _columns(model)
    for name, columns in OF_CASEWORK.items():
        yield apps.get_model(name)._meta.db_table, list(columns)


def _columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if field.column not in OF_DRAFTS]


def count_from_now_on(**_: Any) -> None:
    """After every migration: the row, and the triggers on every table that is there. Harmless when they are.

    It begins with the seconds of the clock, so that no number comes twice, whatever was brought back from a backup.
    """
    tables = set(connection.introspection.table_names())
    if "cms_generation" not in tables:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cms_generation (id, number) VALUES (1, %s) ON CONFLICT DO NOTHING", [int(time.time())]
        )
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION cms_next_generation() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {COUNTED}; RETURN NULL; END $$"
            )
        for table, columns in shown():
            if table in tables:
                for act in ("INSERT", "DELETE", f"UPDATE OF {', '.join(map(_quoted, columns))}"):
                    cursor.execute(_trigger(table, act))


def stop_counting(**_: Any) -> None:
    """Before every migration: a trigger would hold on to its columns. Until it has run, nothing is kept."""
    with connection.cursor() as cursor:
        if "cms_generation" in connection.introspection.table_names():
            cursor.execute("DELETE FROM cms_generation")
        for table, name in _triggers():
            on_table = f" ON {_quoted(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {_quoted(name)}{on_table}")


def _trigger(table: str, act: str) -> str:
    name = _quoted(f"{table}_{act.split()[0].lower()}{NAME}")
    if connection.vendor == "postgresql":
        return (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {act} ON {_quoted(table)} "
            "FOR EACH STATEMENT EXECUTE FUNCTION cms_next_generation()"
        )
    return f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {act} ON {_quoted(table)} BEGIN {COUNTED}; END"


def _triggers() -> list[tuple[str, str]]:
    """The table and the name of each trigger that is there."""
    where = (
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        if connection.vendor == "postgresql"
        else "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(where)
        return [(table, name) for table, name in cursor.fetchall() if name.endswith(NAME)]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
