"""Databases to measure in: SQLite in a directory that goes away, PostgreSQL under a name that is dropped."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from allyance_site import keys, machine

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def databases() -> Iterator[list[dict[str, str]]]:
    """The environment of each database of this machine, with keys and directories of its own, migrated and empty."""
    with tempfile.TemporaryDirectory(prefix="allyance-bench-") as place:
        keys.make(Path(place) / "keys")
        sqlite = _environment(Path(place), f"sqlite:///{place}/bench.sqlite3")
        _manage(sqlite, "collectstatic", "--no-input", "--verbosity=0")
        with _postgresql() as address:
            made = [sqlite, *([_environment(Path(place), address)] if address else [])]
            for environment in made:
                _manage(environment, "migrate", "--verbosity=0")
            yield made


def measure(environment: dict[str, str], cases: int) -> str:
    """What `manage.py measure` prints of this database, grown to so many cases."""
    return _manage(environment, "measure", f"--cases={cases}")


def public_pages(environment: dict[str, str]) -> str:
    """What `bench/public.py` prints of a website in this database."""
    return _python(environment, "-m", "allyance_site.management.bench.public")


def _environment(place: Path, database: str) -> dict[str, str]:
    """Settings as on one machine, in which nothing is sent and nothing is looked at again."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("ALLYANCE", "DJANGO", "EMAIL"))}
    directories = {f"ALLYANCE_{name.upper()}_DIR": str(place / name) for name in ("data", "keys", "anchor", "backup")}
    return ours | directories | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "allyance_site.settings.local",
        "EMAIL_URL": "dummymail://",
        "PYTHONWARNINGS": "ignore",
    }  # fmt: skip


def _manage(environment: dict[str, str], *arguments: str) -> str:
    return _python(environment, "manage.py", *arguments)


def _python(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return done.stdout


@contextmanager
def _postgresql() -> Iterator[str | None]:
    """The address of a database of our own on the server of this machine; None where there is no server."""
    server = machine.postgresql()
    if server is None:
        yield None
        return
    beside = server.rpartition("/")[0]
    name = f"allyance_bench_{uuid4().hex[:12]}"
    with psycopg.connect(f"{beside}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{beside}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
