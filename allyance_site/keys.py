"""Makes an installation's keys, once: the secret key, the audit's, the backups', the people's, and the ring's first.

`python -m allyance_site.keys DIRECTORY`. Losing the directory loses every sealed sentence: keep a copy
away from the data and from its backups. With `--rotate` a new key becomes the ring's current one; then
`manage.py reseal` wraps every data key by it, and `manage.py reseal --forget` takes the old ones off the ring.
"""

import argparse
import base64
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from pyrage import x25519


def make(directory: Path) -> bool:
    """Write what is missing, readable by this user alone. True when anything was written; never replaces a key."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = datetime.now(UTC).strftime("%Y-%m-%d")
    ring = {"current": name, "keys": {name: _fresh()}}
    identity = x25519.Identity.generate()
    made = [
        _write(directory / "ring.json", json.dumps(ring, indent=2)),
        _write(directory / "secret_key", secrets.token_urlsafe(50)),
        _write(directory / "audit_key", secrets.token_hex(32)),
        _write(directory / "backup_identity", str(identity)),
        _write(directory / "people_keys", Fernet.generate_key().decode()),
    ]
    return any(made)


def rotate(directory: Path) -> str:
    """Add a fresh key to the ring and make it the current one; its name."""
    ring = _read(directory)
    # Never a name that was used before: an old backup may hold data keys that the key of that name wraps.
    name = f"{datetime.now(UTC):%Y-%m-%d}-{secrets.token_hex(4)}"
    ring["keys"][name] = _fresh()
    _replace(directory, ring | {"current": name})
    return name


def forget(directory: Path, name: str) -> None:
    """Take a key off the ring, once no data key is wrapped by it; ValueError for the current one, KeyError for none."""
    ring = _read(directory)
    if name == ring["current"]:
        raise ValueError("The ring's current key cannot be taken off: rotate first.")
    del ring["keys"][name]
    _replace(directory, ring)


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _read(directory: Path) -> dict[str, Any]:
    return json.loads((directory / "ring.json").read_text())


def _replace(directory: Path, ring: dict[str, Any]) -> None:
    """Put a new ring in the old one's place at once, so that no reader finds half a file."""
    fresh = directory / "ring.json.new"
    fresh.unlink(missing_ok=True)
    _write(fresh, json.dumps(ring, indent=2))
    fresh.replace(directory / "ring.json")


def _write(path: Path, text: str) -> bool:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
    return True


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rotate", action="store_true", help="make a new key the ring's current one")
    arguments = parser.parse_args()
    if arguments.rotate:
        rotate(arguments.directory)
    else:
        make(arguments.directory)
