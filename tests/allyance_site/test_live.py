"""The settings of a live service, over the wire: a real server with them, asked as an attacker asks."""

import json
import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from allyance_site import keys
from tests import collected, migrated
from tests.allyance_site.live import HOST, ROOT, Server, environment, manage

NUMBERS = ("tel:999", "tel:111", "tel:08001111", "tel:116123")
PERSON = "newcomer@allyance.example"
PASSWORD = "three green kettles on a shelf"
TOKEN = "0123456789abcdef" * 4
BROUGHT = f"Bearer {TOKEN}"
MAKE_PERSON = (
    "from django.contrib.auth import get_user_model; "
    f"get_user_model().objects.create_user('{PERSON}', '{PASSWORD}', first_name='New', last_name='Comer')"
)


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup):
    """Directories with keys, a migrated database and the static files."""
    place = tmp_path_factory.mktemp("live")
    (place / "data").mkdir()
    keys.make(place / "keys")
    collected.into(place / "data")
    if migrated.path().exists():
        shutil.copyfile(migrated.path(), place / "data" / "allyance.sqlite3")
    for command in (["migrate", "-v0"], ["shell", "-v0", "-c", MAKE_PERSON]):
        done = manage(environment(place), *command)
        assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="module")
def server(place) -> Iterator[Server]:
    server = Server(environment(place, ALLYANCE_READY_TOKEN=TOKEN), free_port(), place / "log")
    yield server
    server.end()


@pytest.fixture(scope="module")
def without_database(place) -> Iterator[Server]:
    """The same, where no database can be opened at all."""
    gone = f"sqlite:///{place / 'no-such-directory' / 'database'}"
    env = environment(place, DATABASE_URL=gone, ALLYANCE_READY_TOKEN=TOKEN)
    server = Server(env, free_port(), place / "gone.log")
    yield server
    server.end()


def cookies_of(answer) -> dict[str, str]:
    return dict(line.split(";")[0].split("=", 1) for line in answer.all("Set-Cookie"))


# --- TLS and cookies


def test_without_tls_there_is_nothing_but_the_way_to_it(server):
    answer = server.ask("/sign-in/", tls=False)
    assert (answer.status, answer.header("Location")) == (301, f"https://{HOST}/sign-in/")
    assert not answer.all("Set-Cookie")


def test_browser_is_told_to_come_by_tls_alone(server):
    assert server.ask("/sign-in/").header("Strict-Transport-Security") == "max-age=63072000; includeSubDomains; preload"


def test_every_cookie_is_bound_to_host_and_tls_and_no_script_reads_it(server):
    page = server.ask("/sign-in/")
    form = {
        field["name"]: field.get("value", "")
        for field in BeautifulSoup(page.text, "html.parser").select("form input[name]")
    }
    (login,) = {"login", "username"} & set(form)
    sent = server.ask(
        "/sign-in/",
        method="POST",
        body=urlencode(form | {login: PERSON, "password": PASSWORD}),
        Cookie="; ".join(f"{name}={value}" for name, value in cookies_of(page).items()),
        Origin=f"https://{HOST}",
    )
    assert sent.status == 302, sent.text
    lines = page.all("Set-Cookie") + sent.all("Set-Cookie")
    assert {"__Host-session", "__Host-csrf"} <= set(cookies_of(page) | cookies_of(sent))
    for line in lines:
        attributes = {part.strip().lower() for part in line.split(";")[1:]}
        assert line.startswith("__Host-"), line
        assert {"secure", "httponly", "path=/"} <= attributes and attributes & {"samesite=lax", "samesite=strict"}, line
        assert not [part for part in attributes if part.startswith("domain")], line


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/robots.txt", "/.well-known/security.txt", "/no-such-page/", "/admin/"]
)
def test_visitor_gets_no_cookie(server, path):
    assert not server.ask(path).all("Set-Cookie")


# --- Where a request says that it comes from and goes to


@pytest.mark.parametrize(
    "hosts", [("evil.example",), (HOST, "evil.example"), ("evil.example", HOST), (), (f"{HOST}@evil.example",)]
)
def test_another_host_is_refused(server, hosts):
    answer = server.ask("/sign-in/", hosts=hosts)
    assert answer.status == 400
    assert "evil" not in answer.text


def test_an_address_with_another_host_in_it_leads_nowhere_else(server):
    answer = server.ask("http://evil.example/sign-in/")
    assert answer.status in (200, 400)
    assert "evil" not in answer.text + str(answer.headers)


def test_forwarded_host_is_not_believed(server):
    answer = server.ask("/admin/", X_Forwarded_Host="evil.example")
    assert answer.status == 302
    assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"http://{HOST}", f"https://{HOST}.evil.example"])
def test_a_form_from_elsewhere_is_refused(server, origin):
    page = server.ask("/sign-in/")
    token = BeautifulSoup(page.text, "html.parser").find("input", {"name": "csrfmiddlewaretoken"})["value"]
    cookie = "; ".join(f"{name}={value}" for name, value in cookies_of(page).items())
    form = urlencode({"csrfmiddlewaretoken": token})
    assert server.ask("/sign-in/", method="POST", body=form, Cookie=cookie, Origin=origin).status == 403
    assert server.ask("/sign-in/", method="POST", body=form, Cookie=cookie, Origin=f"https://{HOST}").status == 200


def test_a_form_without_its_token_is_refused(server):
    answer = server.ask("/sign-in/", method="POST", body="login=words", Origin=f"https://{HOST}")
    assert answer.status == 403
    assert all(number in answer.text for number in NUMBERS)


# --- What is not there


@pytest.mark.parametrize(
    "path",
    [
        "/static/", "/media/", "/media/images/", "/documents/../data/", "/.git/", "/.git/config", "/.env",
        "/db.sqlite3", "/allyance.sqlite3", "/data/allyance.sqlite3", "/static/../data/allyance.sqlite3",
        "/static/%2e%2e/%2e%2e/keys/ring.json", "/static//etc/passwd", "/keys/ring.json", "/media/%2e%2e/allyance.sqlite3",
        "/pyproject.toml", "/manage.py", "/server-status/", "/api/v3/", "/django-admin/",
    ],
)  # fmt: skip
def test_nothing_of_the_machine_is_served(server, path):
    answer = server.ask(path)
    assert answer.status in (404, 302)
    assert answer.status == 404 or answer.header("Location").startswith("/sign-in/")
    assert "Index of" not in answer.text and "[core]" not in answer.text


def test_no_answer_names_a_version_or_a_file(server):
    for path in ("/no-such-page/", "/sign-in/", "/healthz", "/admin/login/nothing/"):
        answer = server.ask(path)
        assert not answer.all("X-Powered-By")
        assert not any(character.isdigit() for character in " ".join(answer.all("Server")))
        assert str(ROOT) not in answer.text and "Traceback" not in answer.text and "wagtail" not in answer.text.lower()


def test_contact_for_a_weakness(server):
    answer = server.ask("/.well-known/security.txt")
    assert answer.header("Content-Type") == "text/plain; charset=utf-8"
    assert f"Contact: mailto:security@{HOST}" in answer.text.splitlines()
    assert f"Canonical: https://{HOST}/.well-known/security.txt" in answer.text.splitlines()


# --- Whether it is ready


def test_who_watches_is_told_what_is_not_at_work_and_nobody_else_is(server):
    """Only the web server runs here."""
    answer = server.ask("/readyz", Authorization=BROUGHT)
    assert answer.status == 503
    assert json.loads(answer.text) == {
        **dict.fromkeys(["database", "migrations", "keys", "audit", "disk", "cache"], "fine"),
        **dict.fromkeys(["worker", "timer", "backup"], "late"),
        "viruses": "off",
    }
    assert not answer.all("Set-Cookie")
    assert "no-store" in answer.header("Cache-Control")
    assert server.ask("/readyz", method="HEAD", Authorization=BROUGHT).text == ""
    for wrong in ({}, {"Authorization": BROUGHT[:-1]}):
        refused = server.ask("/readyz", **wrong)
        assert (refused.status, refused.text) == (404, server.ask("/no-such-page/").text)


# --- Without a database


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/sign-in/", {"hosts": ("evil.example",)}, 400),
        ("/sign-in/", {"method": "POST", "body": "login=words"}, 403),
        ("/for-parents/", {}, 503),
        ("/admin/", {"Cookie": "__Host-session=" + "s" * 32}, 503),
    ],
)
def test_error_pages_need_no_database(without_database, path, sent, status):
    answer = without_database.ask(path, **sent)
    assert answer.status == status
    assert all(number in answer.text for number in NUMBERS)
    assert answer.header("Cache-Control") == "private, no-store"
    assert "unsafe" not in answer.header("Content-Security-Policy")
    assert "style=" not in answer.text and "<style" not in answer.text and "<script" not in answer.text
    assert str(ROOT) not in answer.text and "Traceback" not in answer.text and path not in answer.text
    style = BeautifulSoup(answer.text, "html.parser").find("link", rel="stylesheet")["href"]
    assert without_database.ask(style).status == 200


def test_whether_the_process_answers_needs_no_database(without_database):
    assert without_database.ask("/healthz").text == "ok\n"


def test_who_watches_is_told_that_there_is_no_database(without_database):
    answer = without_database.ask("/readyz", Authorization=BROUGHT)
    found = json.loads(answer.text)
    assert (answer.status, found["database"], found["keys"]) == (503, "broken", "unknown")
    assert "Not ready: database." in without_database.log.read_text()


def test_log_says_what_the_database_said_in_a_code(without_database):
    without_database.ask("/")
    assert "OperationalError (SQLITE_CANTOPEN)" in without_database.log.read_text()
