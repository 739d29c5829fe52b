"""A migrated database that every test process starts from: the hundreds of migrations run once, not once a process.

SQLite's is a file, kept beside pytest's cache; PostgreSQL's a database beside the one that is tested. Either is made
anew whenever a migration of ours or of a package changes.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

KEPT = Path(settings.BASE_DIR) / ".pytest_cache" / "migrated"
DATABASE = f"{settings.DATABASES['default']['NAME']}_migrated_"


@contextmanager
def in_turn() -> Iterator[None]:
    """One process after the other: the first migrates, and the others find what it kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def path() -> Path:
    """Where SQLite's file for these very migrations is kept."""
    return KEPT / f"{_digest()}.sqlite3"


def begin_from_it() -> bool:
    """Put a copy where the test database is to be, or let it be made from one; False when there is none yet."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname = %s", [DATABASE + _digest()])
            for (name,) in cursor.fetchall():
                connection.settings_dict["TEST"]["TEMPLATE"] = name
        return "TEMPLATE" in connection.settings_dict["TEST"]
    if path().exists():
        shutil.copyfile(path(), connection.settings_dict["TEST"]["NAME"])
    return path().exists()


def keep() -> None:
    """Keep the test database as it is now, before any test wrote to it."""
    if connection.vendor == "postgresql":
        _keep_database()
    else:
        _keep_file()


def _keep_database() -> None:
    quoted = connection.ops.quote_name
    tested = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()  # what is copied must not be in use
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [DATABASE])
        for (old,) in cursor.fetchall():
            cursor.execute(f"DROP DATABASE {quoted(old)}")
        cursor.execute(f"CREATE DATABASE {quoted(DATABASE + _digest())} TEMPLATE {quoted(tested)}")


def _keep_file() -> None:
    fresh = KEPT / f"{connection.settings_dict['TEST']['NAME'].replace('/', '_')}.new"
    fresh.unlink(missing_ok=True)
    with closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM INTO %s", [str(fresh)])
    for old in set(KEPT.glob("*.sqlite3")) - {path()}:
        old.unlink(missing_ok=True)
    fresh.replace(path())


AFTER_THEM = ("casework/audit/waiting.py", "casework/audit/insert_only.py", "cms/generation.py")
"""What puts triggers into a database once it is migrated."""


def _digest() -> str:
    """Of these very migrations, and of what follows them."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for migration in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(config.label.encode() + migration.name.encode() + migration.read_bytes())
    for file in AFTER_THEM:
        digest.update((Path(settings.BASE_DIR) / file).read_bytes())
    return digest.hexdigest()[:24]
