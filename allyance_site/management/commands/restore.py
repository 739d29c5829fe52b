"""`manage.py restore FILE`: reads a backup back, to verify it or into a new installation's empty data directory."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyance_site.management.backups import reading
from allyance_site.management.backups.refusal import BackupRefused


class Command(BaseCommand):
    help = "Verifies a backup (--verify), or restores it into an empty data directory (--into)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--verify", action="store_true")
        place.add_argument("--into", type=Path, help="an empty directory: the new ALLYANCE_DATA_DIR")
        parser.add_argument("--database-url", default="", help="for PostgreSQL: an empty database")

    def handle(self, *args: Any, backup: Path, into: Path | None, database_url: str, **options: Any) -> None:
        try:
            manifest = reading.restore(backup, data_dir=into, url=database_url) if into else reading.verify(backup)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{backup.name} of {manifest['made_at']}: {sum(manifest['counts'].values()):,} rows, "
            f"{len(manifest['files'])} files. All of it holds."
        )
