"""The real thing for browser tests: `make run`'s own start on a free port, with a fresh demo, and Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from allyance_site import keys, machine
from tests import collected, migrated

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a password for the browser tests"  # of a demo that lives as long as these tests
UP_WITHIN = 240
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SignIn = Callable[..., Page]
TRUSTED: dict[str, Any] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            if machine.chromium() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: `apt-get install chromium` brings it"))


def environment(place: Path) -> dict[str, str]:
    """What the processes of a demo have in theirs."""
    ours = ("ALLYANCE", "DJANGO", "DATABASE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    directories = {f"ALLYANCE_{name.upper()}_DIR": str(place / name) for name in ("data", "keys", "anchor", "backup")}
    return kept | directories | {"DEMO_PASSWORD": PASSWORD, "PYTHONWARNINGS": "ignore", "ALLYANCE_BACKUP_AT": ""}


@contextmanager
def demo(place: Path, **settings: str) -> Iterator[str]:
    """Where a demo answers, with web server, worker and timer, on directories of its own."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (place / "data").mkdir()
    collected.into(place / "data")
    if migrated.path().exists():
        shutil.copyfile(migrated.path(), place / "data" / "allyance.sqlite3")
        keys.make(place / "keys")
    log = (place / "log").open("w")
    command = [sys.executable, "-m", "allyance_site.start", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment(place) | settings, stdout=log, stderr=log)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}", server, place / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    """Where the demo lies that the browser tests share; by then there are migrated tables to begin with."""
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="session")
def address(installation: Path) -> Iterator[str]:
    """Where it answers."""
    with demo(installation) as answers:
        yield answers


def _wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < UP_WITHIN:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310 - the demo that we started
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"The demo did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ended with its module: while Playwright runs, Django refuses its thread a database, and so every other test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=QUIET)
        yield browser
        browser.close()


def _sign_in(page: Page, who: str) -> None:
    """By password and code, on a device that is then trusted: an account's codes are few, and its windows many here."""
    if who in TRUSTED:
        page.context.add_cookies([TRUSTED[who]])
    page.get_by_label("E-mail address").fill(f"{who}@allyance.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    if page.url.endswith("/sign-in/second-step/"):
        page.get_by_role("checkbox", name="This is my own device").check()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/admin/**")
    for cookie in page.context.cookies():
        if cookie["name"] == "trusted_device":
            TRUSTED[who] = cookie


@pytest.fixture
def sign_in(address: str, chromium: Browser) -> Iterator[SignIn]:
    """Opens a window of its own as one of the demo's accounts, wide or as a phone; None opens it as a visitor."""
    contexts = []

    def open_window(who: str | None, *, width: int = 1280, height: int = 900, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            base_url=address,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.set_default_navigation_timeout(60_000)
        page.goto("/sign-in/" if who else "/")
        if who:
            _sign_in(page, who)
        return page

    yield open_window
    for context in contexts:
        context.close()
