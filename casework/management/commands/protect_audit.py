"""`manage.py protect_audit`: makes the audit insert-only in the database, run by the database's owner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from casework.audit import insert_only


class Command(BaseCommand):
    help = (
        "Installs the audit's triggers and, on PostgreSQL, leaves the application's role only insert and select there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--role", help="The PostgreSQL role that the application connects with; run this as the tables' owner."
        )

    def handle(self, *args: Any, role: str | None = None, **options: Any) -> None:
        insert_only.install()
        if role:
            if connection.vendor != "postgresql":
                raise CommandError("Roles are PostgreSQL's: SQLite has none. Leave --role out.")
            insert_only.separate(role)
        self.stdout.write("The audit is insert-only.")
