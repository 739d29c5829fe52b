"""`manage.py inspect_restored`: looks into a database that was restored for it; `restore` runs it on a scratch copy."""

import json
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.audit import anchor, verifier
from casework.sealed import SealBroken, SealedTextField

SAMPLE = 25


class Command(BaseCommand):
    help = "Migrations, audit chain and a sample of sealed text in the database at DATABASE_URL."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="null", help="the audit's last link when the backup was made, as JSON")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        call_command("migrate", check_unapplied=True, verbosity=0)
        known = json.loads(head)
        if findings := verifier.verify(*([anchor.Head(**known)] if known else [])):
            raise CommandError(f"the audit: {findings[0]} ({len(findings)} findings)")
        self.stdout.write(f"{self._open_sample()} sealed texts opened")

    def _open_sample(self) -> int:
        """Open the newest texts of every sealed column; how many."""
        total = 0
        for model in apps.get_app_config("casework").get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, SealedTextField):
                    newest = model._default_manager.exclude(**{field.name: ""}).order_by("-pk")[:SAMPLE]
                    total += sum(self._opens(row, field.name) for row in newest)
        return total

    def _opens(self, row: Any, name: str) -> bool:
        try:
            return bool(getattr(row, name)) or True
        except SealBroken as broken:
            raise CommandError(f"{row._meta.label} {row.pk} cannot be opened: {broken}") from broken
