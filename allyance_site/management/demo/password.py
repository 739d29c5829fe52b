"""The password of the demo's accounts: given in DEMO_PASSWORD, or made once and kept where only this user reads it."""

import os
import secrets
from pathlib import Path

from django.conf import settings

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like another."""

GROUPS, LENGTH = 4, 4


def kept_in() -> Path:
    """The file that holds it."""
    return settings.DATA_DIR / "demo_password"


def current() -> str:
    """The password that the accounts have; empty when that is not known."""
    try:
        return kept_in().read_text().strip()
    except FileNotFoundError:
        return ""


def wanted() -> str:
    """The password that the accounts should have."""
    return os.environ.get("DEMO_PASSWORD", "").strip() or current() or _fresh()


def keep(password: str) -> None:
    """Remember it for the next start."""
    kept_in().parent.mkdir(parents=True, exist_ok=True)
    kept_in().unlink(missing_ok=True)
    handle = os.open(kept_in(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(password + "\n")


def _fresh() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
