"""Public pages as a server gives them out: kept, made anew, and the same bytes as a static file, by one server.

`python -m allyance_site.management.bench.public`, in a scratch database, prints what was found as JSON.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import django

from . import load

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 3
PATIENCE = 60.0
WORKERS = ("--worker-class", "gthread", "--workers", "2", "--threads", "4")
"""As in the Procfile."""
MADE_ANEW = "?made=anew"
"""With a query string a page is made anew."""


def measure() -> dict[str, Any]:
    """Of each page: its bytes as sent, what it asks the database, and the answers a second in each of three ways."""
    from django.conf import settings
    from django.db import connections

    from allyance_site.management.commands.measure import database

    pages, kept = list(_pages()), {}
    for number, page in enumerate(pages):
        name = f"bench-{number}.html"
        (Path(settings.STATIC_ROOT) / name).write_bytes(_sent(page["path"], "identity"))
        (Path(settings.STATIC_ROOT) / f"{name}.br").write_bytes(short := _sent(page["path"], "br"))
        page["bytes"] = len(short)
        kept[page["path"]] = settings.STATIC_URL + name
    found = {"database": database(), "pages": pages}
    connections.close_all()
    with _server() as port:
        for page in pages:
            path = page["path"]
            ways = {"static": kept[path], "kept": path, "anew": path + MADE_ANEW}
            rates = [{way: load.rate(port, asked) for way, asked in ways.items()} for _ in range(ROUNDS)]
            page |= {way: max(one[way] for one in rates) for way in ways}
    return found


def _pages() -> Iterator[dict[str, Any]]:
    """A page of each of three kinds, of a website as in the demo."""
    from cms.demo_content import make_site
    from cms.models import HelpNowPage, HomePage, StandardPage

    site = make_site(
        service_name="Larkwell School Counselling", hostname=load.HOST, slug="larkwell", is_default=True,
        checked_on=date.today(),
    )  # fmt: skip
    for kind in (HomePage, StandardPage, HelpNowPage):
        page = kind.objects.descendant_of(site.root_page, inclusive=True).first()
        path = page.relative_url(site)
        yield {"page": str(kind._meta.verbose_name), "path": path, "queries": _queries(path + MADE_ANEW)}


def _sent(path: str, encoding: str) -> bytes:
    from django.test import Client

    answer = Client(HTTP_HOST=load.HOST).get(path, headers={"accept-encoding": encoding})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}.")
    return answer.content


def _queries(path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _sent(path, "br")
    with CaptureQueriesContext(connection) as captured:
        _sent(path, "br")
    return len(captured)


@contextmanager
def _server() -> Iterator[int]:
    """The port of the web server as `make run` starts it."""
    with closing(socket.socket()) as free:
        free.bind((load.HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "allyance_site.wsgi", "--bind", f"{load.HOST}:{port}", *WORKERS]
    server = subprocess.Popen([*command, "--no-control-socket", "--log-level", "warning"], cwd=ROOT, env=os.environ)  # noqa: S603
    try:
        began = monotonic()
        while not _answers(port):
            if server.poll() is not None or monotonic() - began > PATIENCE:
                raise RuntimeError("The web server did not start.")
            sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{load.HOST}:{port}/healthz", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure()))
