"""`manage.py grow --cases N`: bulk data for measuring, in a service of its own."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyance_site.management.growth import grow, has_a_place_here


class Command(BaseCommand):
    help = "Grows a service of its own to N cases, for measuring. Not for a database with real people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True)

    def handle(self, *args: Any, cases: int, **options: Any) -> None:
        if not has_a_place_here():
            raise CommandError(
                "This is no demo, or it holds a service of your own: bulk data has no place beside real people. On a "
                "machine of your own, use DJANGO_SETTINGS_MODULE=allyance_site.settings.local and another database."
            )
        started = monotonic()
        grow(cases, told=self.stdout.write)
        self.stdout.write(f"Grown to {cases:,} cases in {monotonic() - started:.0f} s.")
