"""Seals what would let somebody sign in as another: secrets of authenticator apps, recovery seeds, and sessions.

The keys lie outside the database, one a line in `people_keys`: the first seals, every one of them opens. They are apart
from the ring, for what they seal can be made anew: without them people are invited again, and no record is lost.
"""

from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Broken(Exception):
    """It was altered, or sealed by a key that is gone. It counts as not there."""


def seal(text: str) -> str:
    """The token of a text."""
    return keys().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """The text of a token; Broken when it is none of ours."""
    try:
        return keys().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Broken from error


def keys() -> MultiFernet:
    """This installation's keys; ImproperlyConfigured when there are none."""
    return _keys(Path(settings.PEOPLE_KEYS_FILE))


@lru_cache(maxsize=1)
def _keys(path: Path) -> MultiFernet:
    try:
        return MultiFernet([Fernet(line) for line in path.read_text().split()])
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(
            f"The keys of people's sign-in, {path}, cannot be read ({type(error).__name__}): put the file back, or "
            f"make a new one with `python -m allyance_site.keys {path.parent}`, and everybody sets up signing in anew."
        ) from error
