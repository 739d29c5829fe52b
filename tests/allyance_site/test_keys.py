"""Keys are made once, never replaced, and without them nothing starts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from allyance_site import keys

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def directory(tmp_path):
    keys.make(tmp_path / "keys")
    return tmp_path / "keys"


def ring_of(directory):
    return json.loads((directory / "ring.json").read_text())


def run(*arguments, directory):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALLYANCE", "DATABASE"))}
    environment |= {
        "ALLYANCE_DATA_DIR": str(directory.parent / "data"),
        "ALLYANCE_KEYS_DIR": str(directory),
        "DJANGO_SETTINGS_MODULE": "allyance_site.settings.local",
        "PYTHONWARNINGS": "ignore",
        "SECRET_KEY": "of this test alone, which is long enough to be taken for one",
    }
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_make_replaces_no_key_and_writes_what_is_missing(directory):
    before = {path.name: path.read_text() for path in directory.iterdir()}
    assert keys.make(directory) is False

    (directory / "backup_identity").unlink()
    assert keys.make(directory) is True

    after = {path.name: path.read_text() for path in directory.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"backup_identity"}
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}


def test_rotate_from_the_command_line_keeps_every_key_and_adds_one(directory):
    before = ring_of(directory)

    assert run("-m", "allyance_site.keys", "--rotate", str(directory), directory=directory).returncode == 0

    after = ring_of(directory)
    assert before["keys"].items() < after["keys"].items()
    assert after["current"] not in before["keys"]
    assert [path.name for path in directory.glob("*.new")] == []


def test_rotate_again_on_the_same_day_gives_another_name(directory):
    """Also when one was taken off in between: a key that is overwritten is lost, and all that it wraps."""
    names = {keys.rotate(directory) for _ in range(3)}
    keys.forget(directory, min(names - {ring_of(directory)["current"]}))
    before = ring_of(directory)["keys"]

    assert keys.rotate(directory) not in names
    assert before.items() < ring_of(directory)["keys"].items()


def test_rotate_writes_the_ring_anew_over_what_a_killed_rotation_left(directory):
    (directory / "ring.json.new").write_text("half a ri")

    name = keys.rotate(directory)

    assert ring_of(directory)["current"] == name


def test_forget_never_takes_the_current_key_off_and_knows_no_other(directory):
    before = ring_of(directory)

    with pytest.raises(ValueError, match="rotate first"):
        keys.forget(directory, before["current"])
    with pytest.raises(KeyError):
        keys.forget(directory, "lost")
    assert ring_of(directory) == before


@pytest.mark.parametrize("lost", ["ring.json", "audit_key"])
@pytest.mark.parametrize(
    "start", [("manage.py", "check"), ("-c", "import allyance_site.wsgi")], ids=["command", "server"]
)
def test_nothing_starts_without_a_key(directory, lost, start):
    (directory / lost).unlink()

    started = run(*start, directory=directory)

    assert started.returncode != 0
    assert str(directory / lost) in started.stderr
    assert "put the file back" in started.stderr


def test_nothing_starts_with_half_a_ring(directory):
    path = directory / "ring.json"
    path.write_text(path.read_text()[:40])

    started = run("manage.py", "check", directory=directory)

    assert started.returncode != 0
    assert "The key ring" in started.stderr


def test_everything_starts_with_its_keys(directory):
    """Else the refusals above would prove nothing."""
    shutil.copytree(directory, directory.parent / "copy")

    assert run("manage.py", "check", directory=directory.parent / "copy").returncode == 0
