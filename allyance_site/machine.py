"""Looks for what no wheel can bring, and says in one sentence what will not work without it and what brings it.

`python -m allyance_site.machine` prints the sentences; `python -m allyance_site.machine postgresql` prints a
DATABASE_URL for the server on this machine, when one lets us in without a password.
"""

import ctypes.util
import getpass
import os
import shutil
import sys
from collections.abc import Iterator

import psycopg

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DATABASE = "allyance"


def chromium() -> str | None:
    """The browser that the browser tests drive."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def pango() -> str | None:
    """What PDF files are drawn with."""
    return ctypes.util.find_library("pangoft2-1.0")


def postgresql() -> str | None:
    """An address for tests, by the first user that the server on the loopback trusts."""
    for user in ("postgres", getpass.getuser()):
        address = f"postgres://{user}@127.0.0.1:5432/"
        try:
            psycopg.connect(address + "postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return address + DATABASE
    return None


def missing() -> Iterator[str]:
    """A sentence for each test that this machine cannot run."""
    if chromium() is None:
        yield "No Chromium here, so the browser tests are skipped: `apt-get install chromium` brings it."
    if pango() is None:
        yield "No Pango here, so no PDF is made: `apt-get install libpangoft2-1.0-0` brings it."
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    if address := postgresql():
        yield f"This runs on SQLite; PostgreSQL is here too: `make test DATABASE_URL={address}` runs it there."
    else:
        yield (
            "No PostgreSQL on 127.0.0.1 that lets us in without a password, so this runs on SQLite alone: "
            "`apt-get install postgresql` brings it, and DATABASE_URL names it."
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["postgresql"]:
        print(postgresql() or "")
    else:
        for sentence in missing():
            print(sentence)
