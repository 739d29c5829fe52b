"""What it costs to put on record that somebody opened a case, beside one commit of nothing but a row."""

from typing import Any

from django.db import connection, transaction

from allyance_site.people.models import User
from casework.access import reading, rules

from .clock import side_by_side

ROUNDS = 1000  # each takes a millisecond, and what else the machine does only adds


def measure(person: User) -> dict[str, Any]:
    """The milliseconds of an opening's audit and of a bare commit, in turn."""
    case = rules.visible_referrals(person).order_by("pk")[0]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_commit (number integer)")
    opened, bare = side_by_side(lambda: reading.opened(person, case, part="overview"), _commit, rounds=ROUNDS)
    return {"opened": opened, "bare": bare}


@transaction.atomic
def _commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_commit VALUES (1)")
