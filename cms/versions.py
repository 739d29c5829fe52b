"""What must hold between a document's dates, and between it and the version that it takes the place of."""

from collections.abc import Iterator
from typing import Any

MOST = 100
"""Versions that are followed back: more than any document has, so that a circle ends."""


def objections(document: Any) -> Iterator[tuple[str, str]]:
    """The fields that cannot stay as they are, and why."""
    begins, older = document.valid_from, document.replaces
    if begins and document.review_by and document.review_by <= begins:
        yield "review_by", "Review it after the day from which it is valid."
    if begins and document.withdrawn_on and document.withdrawn_on < begins:
        yield "withdrawn_on", "It cannot be withdrawn before it is valid."
    if older is None:
        return
    if document.pk is not None and document.pk in _line(older):
        yield "replaces", "A document is no new version of itself."
    elif older.collection_id != document.collection_id:
        yield "replaces", "The older version is in another collection: both belong in the same one."
    elif begins and older.valid_from and begins < older.valid_from:
        yield "valid_from", f"The older version is valid from {older.valid_from:%-d %B %Y}: this one begins no sooner."


def _line(document: Any) -> set[int]:
    """A document, and those that it came after."""
    found: set[int] = set()
    while document is not None and document.pk not in found and len(found) < MOST:
        found.add(document.pk)
        document = document.replaces
    return found
