"""A migrated SQLite file that every test process starts from: the hundreds of migrations run once, not once a process.

The file is kept beside pytest's cache and made anew whenever a migration of ours or of a package changes.
"""

import hashlib
import shutil
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

KEPT = Path(settings.BASE_DIR) / ".pytest_cache" / "migrated"


def path() -> Path:
    """Where the file for these very migrations is kept."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for migration in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(config.label.encode() + migration.name.encode() + migration.read_bytes())
    return KEPT / f"{digest.hexdigest()[:24]}.sqlite3"


def begin_from_it() -> bool:
    """Put a copy where the test database is to be; False when there is none yet."""
    if not path().exists():
        return False
    shutil.copyfile(path(), connection.settings_dict["TEST"]["NAME"])
    return True


def keep() -> None:
    """Keep the test database as it is now, before any test wrote to it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = KEPT / f"{connection.settings_dict['TEST']['NAME'].replace('/', '_')}.new"
    fresh.unlink(missing_ok=True)
    with closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM INTO %s", [str(fresh)])
    for old in set(KEPT.glob("*.sqlite3")) - {path()}:  # another process may be copying this one
        old.unlink(missing_ok=True)
    fresh.replace(path())
