"""`manage.py scan_documents`: has what waits in the library looked at for viruses. The timer does it every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from cms import scanning


class Command(BaseCommand):
    help = "Asks the scanner that ALLYANCE_SCANNER names about new documents, and about those seen a day ago or more."

    def handle(self, *args: Any, **options: Any) -> None:
        scanning.look_at_waiting()
