"""`manage.py backup`: makes a backup, and reads it back unless told not to."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyance_site.management.backups import making, nightly
from allyance_site.management.backups.refusal import BackupRefused


class Command(BaseCommand):
    help = "Makes an encrypted backup of database and files while the service runs, and verifies it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR)
        parser.add_argument("--unverified", action="store_true", help="do not read it back, and let no other go")

    def handle(self, *args: Any, to: Path, unverified: bool, **options: Any) -> None:
        try:
            run, manifest = (making.make(to), None) if unverified else nightly.run(to)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{to / run.name}: {run.size:,} bytes")
        if manifest:
            self.stdout.write(
                f"Read back: {sum(manifest['counts'].values()):,} rows, {len(manifest['files'])} files, "
                "the audit and the sealed text hold."
            )
