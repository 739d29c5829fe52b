"""Takes away files of the library that no document names: a row that was not saved leaves its file behind."""

import logging
import re
from datetime import timedelta

from django.core.files.storage import Storage
from django.utils import timezone

from cms.library import LibraryDocument, library_storage

logger = logging.getLogger(__name__)

LEFT_BEHIND = timedelta(days=7)
"""A file may be there before its document is saved, and a backup that is brought back may be some days old."""
OURS = re.compile(r"[0-9a-f]{32}(\.[a-z]+)?")


def sweep() -> int:
    """Delete what lies there for a week without a document; how many files that were."""
    storage = library_storage()
    named = set(LibraryDocument.objects.values_list("file", flat=True))
    before = timezone.now() - LEFT_BEHIND
    gone = 0
    for name in _files(storage):
        if name not in named and OURS.fullmatch(name) and storage.get_modified_time(name) < before:
            storage.delete(name)
            gone += 1
    if gone:
        logger.warning("%s files of the library belonged to no document, and were deleted.", gone)
    return gone


def _files(storage: Storage) -> list[str]:
    """What lies there; nothing where no file has come yet, for a folder is made with its first."""
    try:
        files: list[str] = storage.listdir("")[1]
    except FileNotFoundError:
        return []
    return files
