"""The verifier: reads the whole chain and says what does not fit, down to the row.

A gap in the events' own numbers means nothing, for a transaction can be given up; a gap in the links' numbers means
that something was taken out. A tail that was cut off is seen by the anchor alone, which is kept elsewhere.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from ..models import AuditEvent, AuditLink
from . import seals
from .anchor import Head

LINKED_WITHIN = timedelta(minutes=5)


def verify(*anchors: Head) -> list[str]:
    """Every finding, in words; none when the story is whole. `anchors` are heads of the chain, kept elsewhere."""
    findings = list(_of_links(anchors))
    late = AuditEvent.objects.filter(link__isnull=True, at__lt=timezone.now() - LINKED_WITHIN)
    findings += [f"event {event.pk} was never linked" for event in late.iterator()]
    fresh = AuditEvent.objects.filter(link__isnull=True, at__gte=timezone.now() - LINKED_WITHIN)
    findings += [f"event {event.pk} was altered or forged" for event in fresh.iterator() if not _is_whole(event)]
    return findings


def _of_links(anchors: tuple[Head, ...]) -> Iterator[str]:
    expected, previous, previous_at = 1, seals.START, None
    unseen = {head.seq: head.mac for head in anchors}
    events = AuditEvent.objects.in_bulk
    for chunk in _chunks():
        found = events([link.event_id for link in chunk])
        for link in chunk:
            event = found.get(link.event_id)
            if link.seq != expected:
                yield f"links {expected} to {link.seq - 1} are missing"
            if event is None:
                yield f"the event of link {link.seq} was deleted"
            elif not _is_whole(event):
                yield f"event {event.pk} (link {link.seq}) was altered or forged"
            if event is not None and not seals.same(link.mac, seals.of_link(previous, link.seq, event)):
                yield f"link {link.seq} does not follow from the one before it"
            if event is not None and previous_at and event.at < previous_at - LINKED_WITHIN:
                yield f"event {event.pk} (link {link.seq}): the clock was set back"
            if link.seq in unseen and not seals.same(unseen.pop(link.seq), link.mac):
                yield f"link {link.seq} is not the one that was anchored"
            expected, previous, previous_at = link.seq + 1, link.mac, event.at if event else previous_at
    for seq in sorted(unseen):
        yield f"link {seq} was anchored and is gone: the end of the chain was cut off"


def _chunks(size: int = 500) -> Iterator[list[AuditLink]]:
    last = 0
    while chunk := list(AuditLink.objects.filter(seq__gt=last).order_by("seq")[:size]):
        yield chunk
        last = chunk[-1].seq


def _is_whole(event: AuditEvent) -> bool:
    return seals.same(event.mac, seals.of_event(event))
