"""The sealer: puts committed events into the chain, each once, whatever the order in which they were committed.

It takes those that still have a pending row, never "those after the last": a lower number can be committed later.
One sealer works at a time, by an advisory lock on PostgreSQL and by SQLite's immediate transactions.
"""

from django.db import connection, transaction

from ..models import AuditEvent, AuditLink, PendingSeal
from . import seals

ONE_SEALER = 7_301_992
"""The number of our advisory lock on PostgreSQL."""


def seal(limit: int = 500) -> int:
    """Link up to `limit` committed events; how many. Events written since are taken the next time."""
    with transaction.atomic():
        _one_at_a_time()
        last = AuditLink.objects.order_by("-seq").first()
        seq, previous = (last.seq, last.mac) if last else (0, seals.START)
        links = []
        for event in AuditEvent.objects.filter(pending__isnull=False).order_by("pk")[:limit]:
            seq += 1
            previous = seals.of_link(previous, seq, event)
            links.append(AuditLink(seq=seq, event=event, mac=previous))
        AuditLink.objects.bulk_create(links)
        PendingSeal.objects.filter(event__in=[link.event_id for link in links]).delete()
    return len(links)


def seal_all() -> int:
    """Link everything that is committed now; how many."""
    total = 0
    while done := seal():
        total += done
    return total


def seal_before_answering() -> None:
    """Link what this transaction writes once it is committed: for roles, break-glass, exports, restores, disposal."""
    transaction.on_commit(seal_all)


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SEALER])
