"""`manage.py reseal`: wraps every data key by the ring's current key, in small pieces, counted, and can be stopped."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from allyance_site import keys
from casework import audit, sealed
from casework.models import DataKey

PIECE = 200
SETTLES_WITHIN = timedelta(minutes=10)
"""Whoever was saving as the ring was changed may still be about to write a data key that an old key wraps."""


class Command(BaseCommand):
    help = "Wraps every data key by the ring's current key; stopped half-way, it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--forget", action="store_true", help="then take the ring keys that wrap nothing any more off the ring"
        )

    def handle(self, *args: Any, forget: bool = False, **options: Any) -> None:
        self.broken: list[int] = []
        total = self._to_do().count()
        done = 0
        while piece := self._reseal_piece():
            done += piece
            self.stdout.write(f"{done - len(self.broken)} of {total} data keys resealed")
        if self.broken:
            raise CommandError(
                f"{len(self.broken)} data keys cannot be opened ({', '.join(map(str, self.broken[:10]))}), so every "
                "key of the ring is kept: put the ring's older copy back if it lacks one, then run this again."
            )
        if left := self._to_do().count():
            raise CommandError(f"{left} data keys are being written by somebody else: run this again.")
        self.stdout.write(f"Every data key is wrapped by {sealed.ring().current}.")
        if forget:
            self._forget()

    def _to_do(self) -> Any:
        return DataKey.objects.filter(destroyed_at__isnull=True).exclude(ring_key=sealed.ring().current)

    @transaction.atomic
    def _reseal_piece(self) -> int:
        """Wrap some anew; how many were tried. One that cannot be opened is named in the end, and stops no other."""
        waiting = self._to_do().exclude(pk__in=self.broken)
        piece = list(waiting.select_for_update(skip_locked=True).order_by("pk")[:PIECE])
        before = len(self.broken)
        for key in piece:
            try:
                key.rewrap()
            except sealed.SealBroken:
                self.broken.append(key.pk)
        if resealed := len(piece) - (len(self.broken) - before):
            audit.record("resealed", DataKey, by=None, rows=resealed)
        return len(piece)

    def _forget(self) -> None:
        age = time.time() - Path(settings.KEY_RING_FILE).stat().st_mtime
        used = set(DataKey.objects.filter(destroyed_at__isnull=True).values_list("ring_key", flat=True))
        unused = sealed.ring().names - used - {sealed.ring().current}
        if unused and age < SETTLES_WITHIN.total_seconds():
            raise CommandError(
                "The ring was changed just now, and somebody may still be saving under an old key: "
                f"run this again {SETTLES_WITHIN.seconds // 60} minutes after the change."
            )
        for name in sorted(unused):
            keys.forget(settings.KEYS_DIR, name)
            self.stdout.write(f"{name} is off the ring.")
