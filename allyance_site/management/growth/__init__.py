"""Grows a service of any size for measuring: many schools, therapists and cases, with text sealed like real text.

The rows are consistent with one another and with the constraints; nothing of it is about anyone.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from allyance_site.management.demo.ground import HARBOURSIDE, LARKWELL
from casework.management import planner
from casework.models import Referral, Service

from .cases import add_cases
from .ground import NAME, Grown, ground

__all__ = ["NAME", "grow", "has_a_place_here"]

PIECE = 2000


def has_a_place_here() -> bool:
    """Whether bulk data may be put into this database: a demo's, in which no service is anybody's own."""
    return settings.DEMO and not Service.objects.exclude(name__in=[NAME, LARKWELL, HARBOURSIDE]).exists()


def grow(cases: int, told: Callable[[str], Any] = lambda words: None) -> Grown:
    """Grow the service to this many cases, a piece at a time; goes on where an earlier run stopped."""
    _use_memory()
    grown = ground()
    there = Referral.objects.filter(school__service=grown.service).count()
    while there < cases:
        size = min(PIECE, cases - there)
        with transaction.atomic():
            add_cases(grown, there, size)
        there += size
        if there % 10_000 == 0 or there == cases:
            told(f"{there:,} of {cases:,} cases")
    _look_at_the_rows()
    return grown


def _use_memory() -> None:
    """Let this connection keep the indexes in memory, for a random address lands on another page each time."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -500000")


def _look_at_the_rows() -> None:
    """What either database does by itself in time, done at once for so many rows at once."""
    planner.refresh()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A vacuum, which lets counts be read from indexes alone, cannot be a part of a transaction.
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
