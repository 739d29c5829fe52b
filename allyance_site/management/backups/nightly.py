"""A backup from beginning to end: made, read back, put on record, old ones let go; once a night, or when asked for."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from casework.models import BackupRun

from . import keeping, making, reading
from .refusal import BackupRefused

TRIED_AGAIN = timedelta(hours=1)
LONGEST_FINDING = 300


def run_if_due() -> BackupRun | None:
    """Tonight's backup, where backups are switched on and it was not made yet; after a failure again in an hour."""
    now = timezone.localtime()
    if not settings.BACKUP_AT or not is_due(now):
        return None
    return run(settings.BACKUP_DIR)[0]


def is_due(now: datetime) -> bool:
    """Whether no backup since the last time of the night was read back, and none was tried within the hour."""
    newest = BackupRun.objects.first()
    if newest and now - newest.made_at < TRIED_AGAIN:
        return False
    return not BackupRun.objects.filter(verified_at__isnull=False, made_at__gte=_last_night(now)).exists()


def run(directory: Path) -> tuple[BackupRun, dict[str, Any]]:
    """A new backup, and what it was found to hold. What goes wrong is put on record before it is raised."""
    try:
        made = making.make(directory)
    except Exception as error:
        BackupRun.objects.create(size=0, finding=_words(error))
        raise
    try:
        manifest = reading.verify(directory / made.name)
    except Exception as error:
        made.finding = _words(error)
        raise
    else:
        made.verified_at = timezone.now()
    finally:
        made.save()
        keeping.prune(directory)
    return made, manifest


def _last_night(now: datetime) -> datetime:
    hour, minute = map(int, settings.BACKUP_AT.split(":"))
    tonight = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return tonight if tonight <= now else tonight - timedelta(days=1)


def _words(error: Exception) -> str:
    """Our own refusals say what to do; of any other error its kind, for its words may hold what it stumbled over."""
    return (str(error) if isinstance(error, BackupRefused) else type(error).__name__)[:LONGEST_FINDING]
