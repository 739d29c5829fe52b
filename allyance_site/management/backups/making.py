"""Makes a backup: snapshot, files, manifest, one encrypted archive that appears under its name only when whole."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings

from casework import sealed
from casework.audit import anchor, sealer
from casework.models import BackupRun

from . import databases
from .refusal import BackupRefused

MANIFEST = "manifest.json"
FORMAT = 1
SUFFIX = ".tar.age"
MADE_AT = "allyance-%Y%m%dT%H%M%S%fZ"
SCRATCH = ".making-"
FOLDERS = ("library", "media", "public")
"""Of files, by the name that each has in a backup and in the data directory."""


def make(directory: Path) -> BackupRun:
    """A new backup in a directory, on record; it is not trusted until it was read back."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealer.seal_all()
    made_at = datetime.now(UTC)
    name = f"{made_at.strftime(MADE_AT)}{SUFFIX}"
    with tempfile.TemporaryDirectory(dir=directory, prefix=SCRATCH) as scratch:
        path = _write(Path(scratch), made_at)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.replace(directory / name)
    return BackupRun.objects.create(name=name, made_at=made_at, size=(directory / name).stat().st_size)


def recipient() -> pyrage.x25519.Recipient:
    """Who can read backups: the holder of the identity in the keys directory."""
    return identity().to_public()


def identity() -> pyrage.x25519.Identity:
    """The key that opens backups; BackupRefused without it."""
    try:
        return pyrage.x25519.Identity.from_str(settings.BACKUP_IDENTITY_FILE.read_text().strip())
    except (OSError, pyrage.IdentityError) as error:
        raise BackupRefused(
            f"The backups' key {settings.BACKUP_IDENTITY_FILE} cannot be read: put it back from the custodian's copy."
        ) from error


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(scratch: Path, made_at: datetime) -> Path:
    reader = recipient()
    head = anchor.head()
    database, counts = databases.snapshot(scratch)
    parts = {f"database/{database}": scratch / database} | dict(_files())
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "database": f"database/{database}",
        "counts": counts,
        "audit_head": asdict(head) if head else None,
        "ring_keys": sorted(sealed.ring().names),
        "files": {},
    }
    archive = scratch / "archive.tar"
    with tarfile.open(archive, "w") as tar:
        for name, path in parts.items():
            manifest["files"][name] = _add(tar, name, path)
        _add_manifest(tar, scratch / MANIFEST, manifest)
    encrypted = scratch / "archive.tar.age"
    pyrage.encrypt_file(str(archive), str(encrypted), [reader])
    return encrypted


def _files() -> Iterator[tuple[str, Path]]:
    """The library's documents, the website's files and its pictures."""
    for folder, root in zip(FOLDERS, (settings.LIBRARY_ROOT, settings.MEDIA_ROOT, settings.PUBLIC_ROOT), strict=True):
        for path in sorted(Path(root).rglob("*")):
            if path.is_file():
                yield f"{folder}/{path.relative_to(root)}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    tar.add(path, arcname=name)
    return hash_of(path)


def _add_manifest(tar: tarfile.TarFile, path: Path, manifest: dict[str, Any]) -> None:
    path.write_text(json.dumps(manifest, indent=1))
    tar.add(path, arcname=MANIFEST)
