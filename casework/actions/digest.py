"""The one word of the week: what waits for a person, by number and sort, on the first school day of a week in term.

What it counts is read elsewhere and handed in, for an act knows no figures. A person has it once a week, however often
and by however many this is asked.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from .. import outbox
from ..models import Digest

logger = logging.getLogger(__name__)

NOT_BEFORE = time(7)
Counts = Mapping[str, int]


def send_due(people_on: Callable[[date], frozenset[int]], counts_of: Callable[[Any, date], Counts]) -> int:
    """Write to everybody who has school today and has not had their word of this week; how many were written to."""
    now = timezone.localtime()
    if now.time() < NOT_BEFORE:
        return 0
    day = now.date()
    monday = day - timedelta(days=day.weekday())
    people = get_user_model()._default_manager.filter(pk__in=people_on(day), is_active=True)
    told = 0
    for person in people.exclude(digests__monday=monday).order_by("pk"):
        try:
            told += _send(person, monday, counts_of(person, day))
        except Exception:
            logger.exception("the digest of person %s was not written, and is tried at the next round", person.pk)
    return told


@transaction.atomic
def _send(person: Any, monday: date, counts: Counts) -> bool:
    """The row, and with it the message; where nothing waits, the row alone."""
    digest, made = Digest.objects.get_or_create(to=person, monday=monday)
    waiting = {sort: number for sort, number in counts.items() if number}
    if not made or not waiting:
        return False
    digest.counts, digest.message = waiting, outbox.put("digest", to=person)
    digest.save()
    return True
