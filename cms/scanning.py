"""Has files looked at for viruses, the library's and the public ones: a new one at once, one that waits every minute,
each one every night.

A scanner that is away leaves a file as it was, so a new one stays shut. Pictures of the website are drawn anew, and
nothing is left of them to look at.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from cms import scanner
from cms.models import LibraryDocument, PublicFile
from cms.scanned import Scanned, ScanState

logger = logging.getLogger(__name__)

LOOKED_AT_AGAIN = timedelta(days=1)  # what nobody knew yesterday may have a name today
AT_ONCE = 20  # few, so that the timer's other jobs are not kept waiting


KINDS: tuple[type[Scanned], ...] = (LibraryDocument, PublicFile)


def look_at(document: Scanned) -> bool:
    """Write down what the scanner says of a document's file, and whether it said anything."""
    name = document.file.name or ""
    try:
        with document.file.storage.open(name) as file:
            state = ScanState(scanner.ask(settings.SCANNER, file).value)
    except scanner.Away as away:
        logger.warning("%s What is new stays shut.", away)
        return False
    except OSError:
        logger.exception("The file of %s %s cannot be read.", document._meta.verbose_name, document.pk)
        state = ScanState.UNSCANNABLE
    if state == ScanState.INFECTED:
        logger.error("A virus was found in %s %s. Nobody can open it.", document._meta.verbose_name, document.pk)
    # Only while it is still that file's: a newer one waits for its own turn.
    type(document)._default_manager.filter(pk=document.pk, file=name).update(
        scan_state=state, scanned_at=timezone.now()
    )
    return True


def look_at_waiting() -> int:
    """Look at those that wait, and at those seen a day ago or more; how many got an answer."""
    return sum(_look_at_waiting(kind) for kind in KINDS) if settings.SCANNER else 0


def _look_at_waiting(kind: type[Scanned]) -> int:
    due = Q(scan_state=ScanState.PENDING) | Q(scanned_at__lte=timezone.now() - LOOKED_AT_AGAIN)
    answered = 0
    for document in kind._default_manager.filter(due).order_by(F("scanned_at").asc(nulls_first=True), "pk")[:AT_ONCE]:
        if not look_at(document):
            break
        answered += 1
    return answered
