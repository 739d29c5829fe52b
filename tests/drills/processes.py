"""Starts what the Procfile names, each process in a group of its own that can be killed, on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection
from honcho.environ import parse_procfile

from allyance_site.supervise import PROCFILE, ROOT

UP_WITHIN = 60


class Running:
    """One line of the Procfile, running until it is killed."""

    def __init__(self, name: str, log: Path, **environment: str) -> None:
        self.log = log
        command = parse_procfile(PROCFILE.read_text()).processes[name]
        own = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
            "DATABASE_URL": database_url(),
            "ALLYANCE_DEMO": "0",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",
        }
        with log.open("a") as file:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", command],
                cwd=ROOT,
                env=own | environment,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    def kill(self) -> None:
        """What no process can prepare for, for it and all its children at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def said(self) -> str:
        """All that it has logged."""
        return self.log.read_text()


class Web(Running):
    """The web server, up when this returns."""

    def __init__(self, log: Path, **environment: str) -> None:
        self.port = free_port()
        super().__init__("web", log, PORT=str(self.port), **environment)
        until(self._answers, f"the web server did not start: {log}")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.said()[-3000:]
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()  # noqa: S310 - our own
        except (urllib.error.URLError, OSError):
            return False
        return True


def database_url(port: int | None = None, **options: Any) -> str:
    """The test's own database, as a process of its own opens it: by another port, with these options on top."""
    config = connection.settings_dict
    query = "&".join(f"{name}={quote(str(value))}" for name, value in options.items())
    if connection.vendor == "sqlite":
        address = f"sqlite:///{config['NAME']}"
    else:
        password = f":{quote(config['PASSWORD'])}" if config["PASSWORD"] else ""
        host = f"{config['HOST']}:{port or config['PORT'] or 5432}"
        address = f"postgres://{config['USER']}{password}@{host}/{config['NAME']}"
    return f"{address}?{query}" if query else address


def free_port() -> int:
    """A port that nobody holds now."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def until(happened: Any, otherwise: str, within: float = UP_WITHIN) -> None:
    """Wait until it has happened; AssertionError with these words when it does not."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < within, otherwise
        time.sleep(0.05)
