"""Which backups are kept: one a day for two weeks, one a week for two months; what was disposed of leaves with them."""

import shutil
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from casework.models import BackupRun

from .making import MADE_AT, SCRATCH, SUFFIX

LEFT_BEHIND = timedelta(days=1)


def prune(directory: Path) -> list[str]:
    """Let go what need not be kept, and what a run that was killed left behind; the names of the backups that went.

    Of those in which something was found wrong the newest is kept, for whoever looks into it.
    """
    files = {path.name: path for path in directory.glob(f"allyance-*{SUFFIX}")}
    runs = BackupRun.objects.filter(name__in=files)
    failed = set(runs.exclude(finding="").values_list("name", flat=True))
    verified = set(runs.filter(verified_at__isnull=False).values_list("name", flat=True))
    gone = sorted(files.keys() - kept(files.keys() - failed, verified) - set(sorted(failed)[-1:]))
    for name in gone:
        files[name].unlink()
    for folder in directory.glob(f"{SCRATCH}*"):
        if time.time() - folder.stat().st_mtime > LEFT_BEHIND.total_seconds():
            shutil.rmtree(folder)
    return gone


def kept(names: Iterable[str], verified: set[str]) -> set[str]:
    """Of each of the last days and weeks that have any, one: the newest that was read back, or else the newest."""
    best_last = sorted(names, key=lambda name: (name in verified, name))
    newest_of_days = {made_at(name).date(): name for name in best_last}
    newest_of_weeks = {made_at(name).isocalendar()[:2]: name for name in best_last}
    return _last(newest_of_days, settings.BACKUP_DAYS_KEPT) | _last(newest_of_weeks, settings.BACKUP_WEEKS_KEPT)


def made_at(name: str) -> datetime:
    """When a backup was made, by its name."""
    return datetime.strptime(name.removesuffix(SUFFIX), MADE_AT).replace(tzinfo=UTC)


def _last(newest: dict, number: int) -> set[str]:
    return {newest[when] for when in sorted(newest, reverse=True)[:number]}
