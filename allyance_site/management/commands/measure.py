"""`manage.py measure --cases N`: grows a scratch database to N cases and prints what it costs there, as JSON.

`make bench` runs it, on databases that it makes and drops.
"""

import json
import platform
import sqlite3
from time import monotonic
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from allyance_site.management import growth
from allyance_site.management.bench import memory, openings, pages, questions


class Command(BaseCommand):
    help = "Grows a scratch database to N cases and prints what rules, pages, audit and worker cost there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True)

    def handle(self, *args: Any, cases: int, **options: Any) -> str:
        if not growth.has_a_place_here():
            raise CommandError("Bulk data has no place beside real people: this measures scratch databases alone.")
        started = monotonic()
        people = growth.grow(cases, told=self.stderr.write).people
        grown = monotonic() - started
        return json.dumps(
            {
                "database": database(),
                "python": platform.python_version(),
                "seconds": grown,
                "rows": _rows(),
                "questions": list(questions.measure(people)),
                "pages": list(pages.measure(people)),
                "opening": openings.measure(people["coordinator"]),
                "worker": memory.measure(people["coordinator"]),
            }
        )


def database() -> str:
    """The database and its version, in words."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _rows() -> dict[str, int]:
    """How many rows each table of casework holds, as the database counts them."""
    models = sorted(apps.get_app_config("casework").get_models(), key=lambda model: model._meta.db_table)
    counts = {str(model._meta.verbose_name_plural): model._default_manager.count() for model in models}
    return {name: count for name, count in counts.items() if count}
