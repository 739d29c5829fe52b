"""What `make run` prepares: keys only where they can do no harm, and slow steps only when something has changed."""

import sqlite3
from contextlib import closing

import pytest

from allyance_site import start


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An environment that names nothing but a directory of its own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("ALLYANCE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ALLYANCE_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "allyance_site.settings.local")
    (tmp_path / "data").mkdir()
    return start.own_directory("ALLYANCE_DATA_DIR"), start.own_directory("ALLYANCE_KEYS_DIR")


@pytest.mark.parametrize("value", [None, ""])
def test_own_directory_where_nothing_is_set(value, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLYANCE_DATA_DIR", "")
    if value is None:
        monkeypatch.delenv("ALLYANCE_DATA_DIR")
    assert start.own_directory("ALLYANCE_DATA_DIR") == tmp_path / ".data"
    assert start.os.environ["ALLYANCE_DATA_DIR"] == str(tmp_path / ".data")


def test_make_keys_for_a_new_installation(fresh):
    data, keys = fresh
    start.make_keys(keys, str(data))
    assert {file.name for file in keys.iterdir()} >= {*start.OF_THE_DATABASE, "secret_key"}


def test_make_keys_leaves_what_is_there(fresh):
    data, keys = fresh
    start.make_keys(keys, str(data))
    before = (keys / "ring.json").read_text()
    start.make_keys(keys, str(data))
    assert (keys / "ring.json").read_text() == before


@pytest.mark.parametrize("lost", start.OF_THE_DATABASE)
def test_make_keys_refuses_a_database_without_its_keys(fresh, lost):
    data, keys = fresh
    start.make_keys(keys, str(data))
    (keys / lost).unlink()
    with closing(sqlite3.connect(data / "allyance.sqlite3")) as database:
        database.execute("create table pupil (id integer)")

    with pytest.raises(SystemExit, match=rf"^There is a database \(.*\) but .* lacks its {lost}: "):
        start.make_keys(keys, str(data))
    assert not (keys / lost).exists()


def test_make_keys_refuses_a_database_that_does_not_answer(fresh, monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/allyance.sqlite3")
    _, keys = fresh
    with pytest.raises(SystemExit, match=r"^The database does not answer"):
        start.make_keys(keys, "DATABASE_URL")
    assert "unable to open database file" in capfd.readouterr().err
    assert not keys.exists()


def test_collect_static_only_when_a_file_has_changed(tmp_path, settings, monkeypatch):
    collected = []
    monkeypatch.setattr(start, "call_command", lambda name, **options: collected.append(name))
    settings.STATICFILES_DIRS = [tmp_path / "own"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "site.css").write_text("a{}")

    start.collect_static(tmp_path / "stamp")
    start.collect_static(tmp_path / "stamp")
    assert collected == ["collectstatic"]

    (tmp_path / "own" / "site.css").write_text("a{color:red}")
    start.collect_static(tmp_path / "stamp")
    assert collected == ["collectstatic"] * 2
