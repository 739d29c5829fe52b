"""Whether the service can do all of its work: what it needs is used in earnest, and one word says how that went.

What went wrong stands in the log, by its kind. Where the database does not take a word, nothing else is asked of it.
"""

import logging
import secrets
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from casework import sealed
from casework.audit import seals
from casework.models import AuditEvent, BackupRun, Beat, DataKey, PendingSeal
from casework.reports import backups
from cms import scanner

logger = logging.getLogger(__name__)

FINE, OFF, LATE, BEHIND = "fine", "off", "late", "behind"
FULL, LOST, BROKEN, UNKNOWN = "full", "lost", "broken", "unknown"
WELL = frozenset({FINE, OFF})

KEY_FILES = ("KEY_RING_FILE", "AUDIT_KEY_FILE", "PEOPLE_KEYS_FILE", "BACKUP_IDENTITY_FILE")
WORKER_LATE = timedelta(minutes=10)
TIMER_LATE = timedelta(hours=1)  # while it makes a large backup, it does nothing else
MEGABYTE = 1024 * 1024


def look() -> dict[str, str]:
    """A word for each, in their order."""
    found: dict[str, str] = {}
    for check in CHECKS:
        asks_in_vain = check in OF_THE_DATABASE and found["database"] != FINE
        found[check.__name__] = UNKNOWN if asks_in_vain else _word(check)
    return found


def _word(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        logger.exception("Not ready: %s.", check.__name__)
        return BROKEN


def database() -> str:
    """It takes a row and keeps it, for what is taken back is never asked of the disk. It is always the same row."""
    Beat.now(Beat.Process.WATCH)
    return FINE


def migrations() -> str:
    """The tables are what this program expects; a newer program's are well, too."""
    return FINE if _last_migrations() <= set(MigrationRecorder(connection).applied_migrations()) else BEHIND


@lru_cache(maxsize=1)
def _last_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def keys() -> str:
    """Each is in its place and this database's: they open its oldest and its newest data key, and fit its audit."""
    if not all(getattr(settings, name).is_file() for name in KEY_FILES):
        return LOST
    sealed.ring()
    there = DataKey.objects.filter(destroyed_at__isnull=True)
    for data_key in (there.order_by("pk").first(), there.order_by("-pk").first()):
        if data_key:
            data_key.secret()
    event = AuditEvent.objects.order_by("-pk").first()
    return FINE if event is None or seals.same(event.mac, seals.of_event(event)) else BROKEN


def audit() -> str:
    """What happened is linked into the chain; so it is the timer's, and as late as that may be."""
    oldest = PendingSeal.objects.select_related("event").order_by("pk").first()
    return LATE if oldest and _is_older(oldest.event.at, TIMER_LATE) else FINE


def worker() -> str:
    """It was at work lately."""
    return _beat(Beat.Process.WORKER, WORKER_LATE)


def timer() -> str:
    """It was at work lately."""
    return _beat(Beat.Process.TIMER, TIMER_LATE)


def _beat(process: Beat.Process, late: timedelta) -> str:
    beat = Beat.objects.filter(process=process).first()
    return FINE if beat and not _is_older(beat.at, late) else LATE


def _is_older(at: datetime, than: timedelta) -> bool:
    return timezone.now() - at > than


def backup() -> str:
    """The last one that was read back is young enough."""
    last = BackupRun.objects.filter(verified_at__isnull=False).first()
    return LATE if backups.is_late(last.made_at if last else None) else FINE


def disk() -> str:
    """There is room where database, files and caches lie."""
    return FINE if shutil.disk_usage(settings.DATA_DIR).free >= settings.READY_FREE_MB * MEGABYTE else FULL


def cache() -> str:
    """Each gives back what it was given: without them pages are slow, and nobody signs in."""
    for name in settings.CACHES:
        key, word = f"readyz-{secrets.token_hex(8)}", secrets.token_hex(8)
        caches[name].set(key, word, timeout=60)
        if caches[name].get(key) != word:
            return BROKEN
        caches[name].delete(key)
    return FINE


def viruses() -> str:
    """The scanner answers, where there is one."""
    if not settings.SCANNER:
        return OFF
    return FINE if scanner.ask(settings.SCANNER, BytesIO(b"ready?")) is scanner.Answer.CLEAN else BROKEN


CHECKS = (database, migrations, keys, audit, worker, timer, backup, disk, cache, viruses)
OF_THE_DATABASE = frozenset({migrations, keys, audit, worker, timer, backup})
