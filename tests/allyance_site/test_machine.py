"""What a machine lacks is said in one sentence that names what brings it."""

from allyance_site import machine


def test_missing_nothing_but_the_other_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(machine, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(machine, "pango", lambda: "libpangoft2-1.0.so.0")
    monkeypatch.setattr(machine, "postgresql", lambda: "postgres://root@127.0.0.1:5432/allyance")
    (sentence,) = machine.missing()
    assert "`make test DATABASE_URL=postgres://root@127.0.0.1:5432/allyance`" in sentence


def test_missing_everything(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for what in ("chromium", "pango", "postgresql"):
        monkeypatch.setattr(machine, what, lambda: None)
    browser, pango, database = machine.missing()
    assert "`apt-get install chromium`" in browser
    assert "`apt-get install libpangoft2-1.0-0`" in pango
    assert "`apt-get install postgresql`" in database


def test_missing_nothing_on_postgresql(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://root@127.0.0.1:5432/allyance")
    monkeypatch.setattr(machine, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(machine, "pango", lambda: "libpangoft2-1.0.so.0")
    assert not list(machine.missing())


def test_chromium_is_the_first_that_is_there(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: name if "google" in name else None)
    assert machine.chromium() == "google-chrome-stable"


def test_postgresql_not_there(monkeypatch):
    def refused(*args, **kwargs):
        raise machine.psycopg.OperationalError

    monkeypatch.setattr(machine.psycopg, "connect", refused)
    assert machine.postgresql() is None
