"""What files are called: on the disk, and on a reader's own computer."""

import unicodedata
from pathlib import PurePath

LONGEST_NAME = 200  # bytes: what every file system takes, with room for a copy's " (1)"
LONGEST_ENDING = 10
FORBIDDEN = frozenset('"*/:<>?\\|')


def extension(filename: str, *, dot: bool = False) -> str:
    """The ending of a file's name in lower case."""
    suffix = PurePath(filename).suffix.lower()
    return suffix if dot else suffix.removeprefix(".")


def safe_name(filename: str) -> str:
    """The name that a file came with, fit for any reader's disk: no folder, no sign that is not seen, not too long."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if sign in FORBIDDEN else sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, ending = " ".join(seen.split()).rstrip(". ").rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = f"{stem}{dot}{ending}", ""
    ending = f".{ending}" if ending else ""
    stem = stem.encode()[: LONGEST_NAME - len(ending.encode())].decode(errors="ignore")
    return f"{stem.strip('. ') or 'document'}{ending}"
