"""A PostgreSQL server of a drill's own, made from nothing in one directory, with a copy of the test's database."""

import os
import pwd
import shutil
import subprocess
from glob import glob
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.drills.processes import database_url, free_port

PLACES = os.pathsep.join([os.environ["PATH"], *sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)])
NEEDED = ("initdb", "postgres", "pg_ctl", "pg_dump", "psql")
SMALL = ("shared_buffers=16MB", "min_wal_size=2MB", "max_wal_size=4MB", "unix_socket_directories=")


class OwnServer:
    """A server that lets in whoever comes by its port; up until it is stopped."""

    def __init__(self, place: Path) -> None:
        missing = [name for name in NEEDED if not shutil.which(name, path=PLACES)]
        if missing:
            pytest.skip(f"no server of PostgreSQL can be started here: {', '.join(missing)} is missing")
        self.data, self.port = place / "data", free_port()
        self.address = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--wal-segsize=1")
        self.start()

    def start(self) -> None:
        """Up when this returns, whether or not it was before."""
        if self._run("pg_ctl", "status", may_fail=True) != 0:
            options = " ".join([f"-p {self.port}", *(f"-c {setting}" for setting in SMALL)])
            self._run("pg_ctl", "start", f"--log={self.data / 'log'}", f"--options={options}")

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate", may_fail=True)

    def take_over(self) -> None:
        """All that the test's own database holds."""
        dump, load = (shutil.which(name, path=PLACES) or name for name in ("pg_dump", "psql"))
        with subprocess.Popen([dump, "--no-owner", "--no-acl", database_url()], stdout=subprocess.PIPE) as dumped:
            strictly = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
            subprocess.run([load, *strictly, self.address], stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dumped.returncode == 0

    def numbers(self, *questions: str) -> tuple[int, ...]:
        """What the server answers to each of these questions."""
        with psycopg.connect(self.address) as asking:
            return tuple(asking.execute(question).fetchone()[0] for question in questions)

    def _run(self, name: str, *arguments: str, may_fail: bool = False) -> int:
        command = [shutil.which(name, path=PLACES) or name, f"--pgdata={self.data}", *arguments]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.run(command, cwd="/", check=not may_fail, **silent, **_its_account()).returncode


def _its_account() -> dict[str, Any]:
    """As whom it runs, for PostgreSQL refuses to be run by root."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
