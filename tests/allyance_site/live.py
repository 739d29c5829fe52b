"""A live service as the settings for one have it, on directories of its own: real processes, and a browser's wire."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from allyance_site.supervise import ROOT

HOST = "counselling.example"
SHORTEST = 0.1
UP_WITHIN = 60


def environment(place: Path, **names: str | None) -> dict[str, str]:
    """What an operator sets, with these names changed; None takes one out."""
    ours = ("ALLYANCE", "DJANGO", "DATABASE", "SECRET", "EMAIL", "REDIS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    given = {
        "DJANGO_SETTINGS_MODULE": "allyance_site.settings.production",
        "ALLYANCE_HOSTS": HOST,
        "ALLYANCE_BASE_URL": f"https://{HOST}",
        "ALLYANCE_DATA_DIR": str(place / "data"),
        "ALLYANCE_KEYS_DIR": str(place / "keys"),
        "ALLYANCE_ANCHOR_DIR": str(place / "anchor"),
        "ALLYANCE_FROM_EMAIL": f"no-reply@{HOST}",
        "ALLYANCE_SECURITY_CONTACT": f"mailto:security@{HOST}",
        "EMAIL_URL": "smtp+tls://name:password@127.0.0.1:1",
        "PYTHONWARNINGS": "ignore",
    }
    return kept | {name: value for name, value in (given | names).items() if value is not None}


def manage(env: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` as an operator types it."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False)


@dataclass
class Answer:
    """What came over the wire."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    def all(self, name: str) -> list[str]:
        return [value for header, value in self.headers if header.lower() == name.lower()]

    def header(self, name: str) -> str:
        (value,) = self.all(name)
        return value


class Server:
    """gunicorn, as behind the proxy that ends TLS."""

    def __init__(self, env: Mapping[str, str], port: int, log: Path) -> None:
        self.port, self.log = port, log
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "allyance_site.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--threads",
            "2",
        ]
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [*command, "--no-control-socket"], cwd=ROOT, env=dict(env), stdout=file, stderr=file
            )
        self._wait()

    def _wait(self) -> None:
        began = time.monotonic()
        while time.monotonic() - began < UP_WITHIN:
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            try:
                self.ask("/healthz")
                return
            except OSError:
                time.sleep(SHORTEST)
        raise AssertionError(f"not up: {self.log.read_text()[-3000:]}")

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: str = "",
        hosts: tuple[str, ...] = (HOST,),
        tls: bool = True,
        **headers: str,
    ) -> Answer:
        """One request, with these Host lines; underscores in a header's name stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host=True)
        lines = [("Host", host) for host in hosts] + [
            (name.replace("_", "-"), value) for name, value in headers.items()
        ]
        if tls:
            lines.append(("X-Forwarded-Proto", "https"))
        if body:
            lines += [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
        for name, value in lines:
            connection.putheader(name, value)
        connection.endheaders(body.encode() or None)
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read().decode(errors="replace"))
        connection.close()
        return answer

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
