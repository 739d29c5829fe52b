"""Reads a backup back: opens it, compares every hash and count, verifies the audit, opens a sample of sealed text."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyrage

from . import databases
from .making import FOLDERS, FORMAT, MANIFEST, hash_of, identity
from .refusal import BackupRefused


@contextmanager
def opened(backup: Path, scratch: Path | None = None) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The unpacked backup and its manifest, every hash compared; BackupRefused when a byte is wrong. Gone after use."""
    key = identity()
    if not backup.is_file():
        raise BackupRefused(f"There is no backup {backup}.")
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".reading-") as folder:
        place = Path(folder)
        try:
            pyrage.decrypt_file(str(backup), str(place / "archive.tar"), [key])
        except pyrage.DecryptError as error:
            raise BackupRefused(f"{backup.name} is damaged, or was made for another key: {error}.") from error
        except OSError as error:
            raise BackupRefused(f"{backup.name} is damaged: {error}.") from error
        with tarfile.open(place / "archive.tar") as tar:
            tar.extractall(place / "content", filter="data")
        (place / "archive.tar").unlink()
        yield place / "content", _manifest(place / "content")


def verify(backup: Path) -> dict[str, Any]:
    """Restore into a scratch database and look at it. The manifest when all holds, else BackupRefused and why."""
    with opened(backup) as (content, manifest):
        _look_at(content, manifest)
    return manifest


def restore(backup: Path, *, data_dir: Path, url: str = "") -> dict[str, Any]:
    """Verify, then put database and files into an empty data directory (and, for PostgreSQL, an empty database)."""
    if data_dir.exists() and any(data_dir.iterdir()):
        raise BackupRefused(
            f"{data_dir} is not empty: a backup is restored into a new directory, never over a running service."
        )
    with opened(backup) as (content, manifest):
        _look_at(content, manifest)
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        databases.load(content / manifest["database"], data_dir=data_dir, url=url)
        for folder in FOLDERS:
            if (content / folder).is_dir():
                shutil.move(content / folder, data_dir / folder)
    return manifest


def _manifest(content: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((content / MANIFEST).read_text())
    if manifest["format"] != FORMAT:
        raise BackupRefused(f"This backup has format {manifest['format']}, and this version reads {FORMAT}.")
    for name, digest in manifest["files"].items():
        if not (content / name).is_file():
            raise BackupRefused(f"{name} is missing in the backup.")
        if hash_of(content / name) != digest:
            raise BackupRefused(f"{name} in the backup is not what was put there.")
    return manifest


def _look_at(content: Path, manifest: dict[str, Any]) -> None:
    with databases.scratch(content / manifest["database"]) as (url, counts):
        wrong = {
            name
            for name in manifest["counts"].keys() | counts.keys()
            if manifest["counts"].get(name) != counts.get(name)
        }
        if wrong:
            raise BackupRefused(f"The number of rows differs in {', '.join(sorted(wrong))}.")
        _inspect(url, manifest)


def _inspect(url: str, manifest: dict[str, Any]) -> None:
    """Look into the restored database with this version's own models, in a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", "manage.py", "inspect_restored", "--head", json.dumps(manifest["audit_head"])],
        env=os.environ | {"DATABASE_URL": url, "REDIS_URL": "", "ALLYANCE_INSPECTS": "1"},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
        raise BackupRefused(f"The restored database does not hold: {reason}")
