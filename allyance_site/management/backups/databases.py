"""Takes a snapshot of the database while others write, and puts one back: SQLite itself, PostgreSQL by its tools."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import environ
import psycopg
from django.db import connection, transaction

from .refusal import BackupRefused

Counts = dict[str, int]


def snapshot(into: Path) -> tuple[str, Counts]:
    """Write the database as it stands at one instant; the file's name, and the rows of each table in it."""
    return _snapshot_postgresql(into) if connection.vendor == "postgresql" else _snapshot_sqlite(into)


def _snapshot_sqlite(into: Path) -> tuple[str, Counts]:
    copy = into / "database.sqlite3"
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source:
        source.execute("VACUUM INTO ?", [str(copy)])
    return copy.name, count_sqlite(copy)


def count_sqlite(path: Path) -> Counts:
    """The rows of each table; BackupRefused when the file is damaged."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        try:
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
            names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
            counts = {
                name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own table names
                for (name,) in names.fetchall()
            }
        except sqlite3.DatabaseError as error:
            raise BackupRefused(f"The database in the backup is damaged: {error}.") from error
    if found != "ok":
        raise BackupRefused(f"The database in the backup is damaged: {found}.")
    return counts


def _snapshot_postgresql(into: Path) -> tuple[str, Counts]:
    copy = into / "database.pgdump"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={name}",
            f"--file={copy}",
            database=connection.settings_dict,
        )
        counts = _count_postgresql(cursor)
    return copy.name, counts


def _count_postgresql(cursor: Any) -> Counts:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    names = [name for (name,) in cursor.fetchall()]
    counts = {}
    for name in names:
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - the name comes from the catalogue
        counts[name] = cursor.fetchone()[0]
    return counts


@contextmanager
def scratch(copy: Path) -> Iterator[tuple[str, Counts]]:
    """A database that was restored for looking at: its DATABASE_URL and the rows of its tables; gone afterwards."""
    if copy.suffix == ".sqlite3":
        yield f"sqlite:///{copy}", count_sqlite(copy)
        return
    name = f"allyance_restored_{uuid4().hex[:12]}"
    server = connection.settings_dict
    if connection.vendor != "postgresql":
        raise BackupRefused(
            "This is a backup of PostgreSQL: set DATABASE_URL to a server on which a scratch database may be made."
        )
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        target = server | {"NAME": name}
        load_postgresql(copy, target)
        with psycopg.connect(**_parameters(target)) as restored, restored.cursor() as cursor:
            counts = _count_postgresql(cursor)
        yield url_of(target), counts
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def load(copy: Path, *, data_dir: Path, url: str = "") -> None:
    """Put a snapshot into a new installation: into its data directory, or into the empty database at a URL."""
    if copy.suffix == ".sqlite3":
        shutil.copy2(copy, data_dir / "allyance.sqlite3")
        return
    if not url:
        raise BackupRefused("This is a backup of PostgreSQL: name an empty database with --database-url.")
    load_postgresql(copy, environ.Env.db_url_config(url))


def load_postgresql(copy: Path, target: dict[str, Any]) -> None:
    """Restore into an empty database, all of it or nothing."""
    _run(
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        f"--dbname={target['NAME']}",
        str(copy),
        database=target,
    )


def url_of(database: dict[str, Any]) -> str:
    """The DATABASE_URL of a PostgreSQL database."""
    login = database.get("USER") or ""
    if database.get("PASSWORD"):
        login += f":{database['PASSWORD']}"
    port = f":{database['PORT']}" if database.get("PORT") else ""
    return f"postgres://{login}@{database.get('HOST') or 'localhost'}{port}/{database['NAME']}"


def _parameters(database: dict[str, Any]) -> dict[str, Any]:
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {ours: database[theirs] for ours, theirs in named.items() if database.get(theirs)}


def _run(tool: str, *arguments: str, database: dict[str, Any]) -> None:
    """Run one of PostgreSQL's tools against a database; the password goes by its environment, not by its arguments."""
    path = shutil.which(tool)
    if path is None:
        raise BackupRefused(
            f"{tool} is not on this machine: install PostgreSQL's client tools, "
            "for example `apt-get install postgresql-client`."
        )
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(database[key]) for name, key in given.items() if database.get(key)}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, with our own arguments and no shell
        [path, *arguments], env={"PATH": "/usr/bin:/bin"} | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(
            f"{tool} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
        )
