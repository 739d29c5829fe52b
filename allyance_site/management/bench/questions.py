"""Which referrals may this person see: page one and the count, as the rules ask it and as one would by hand.

Both begin with an account and nothing else, and leave out whom a conflict of interest keeps away. By hand each kind of
person has statements of their own; the rules find out what somebody is, for whoever asks.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from allyance_site.people.models import User
from casework.access import rules

from .clock import side_by_side

PAGE = 20
ROUNDS = 60
Statement = tuple[str, Any]


def _now(table: str) -> str:
    return f"{table}.starts_at <= %(now)s AND ({table}.ends_at IS NULL OR {table}.ends_at > %(now)s)"


BLOCKED = f"SELECT b.pupil_id FROM casework_conflictblock b WHERE b.user_id = %(person)s AND {_now('b')}"  # noqa: S608
ROLE = "JOIN auth_permission x ON x.id = h.permission_id WHERE h.user_id = %(person)s AND x.codename IN"
COORDINATED = (
    "SELECT s.id FROM casework_school s JOIN casework_servicerole h ON h.content_object_id = s.service_id "  # noqa: S608
    f"{ROLE} ('coordinator') AND {_now('h')}"
)
SENT = "(r.submitted_at IS NOT NULL OR r.referred_by_id = %(person)s AND r.source = 'other')"
MINE = {
    "therapist": "r.id IN (SELECT a.referral_id FROM casework_allocation a JOIN casework_practitioner p ON "  # noqa: S608
    f"p.id = a.practitioner_id WHERE p.user_id = %(person)s AND {_now('p')} AND {_now('a')})",
    "head": f"r.school_id IN (SELECT h.content_object_id FROM casework_schoolrole h {ROLE} "  # noqa: S608
    f"('headteacher', 'sendco') AND {_now('h')}) AND r.school_may_see",
    "coordinator": f"r.school_id IN ({COORDINATED}) AND {SENT}",
}
# What makes the database walk from the newest instead of sorting all of a service; each needs words of its own for it.
NEWEST_COORDINATED = {
    "sqlite": f"EXISTS ({COORDINATED} AND s.id = r.school_id) AND {SENT}",
    "postgresql": f"r.school_id = ANY(ARRAY({COORDINATED})) AND {SENT}",
}


def measure(people: dict[str, User]) -> Iterator[dict[str, Any]]:
    """For each of the people: what both found, and the milliseconds of three ways to it.

    - rules: the rules from the account to twenty records, with all that Django does in between
    - statements: the same statements as the rules sent, sent again
    - by_hand: the statements by hand
    """
    for name, person in people.items():
        connection.ensure_connection()
        by_hand = [_as_sent(sql, params) for sql, params in _by_hand(name, person)]
        sent = _sent_by_the_rules(person)
        _, [(count,)], page = _send(by_hand)
        if (count, [row[0] for row in page]) != ask_rules(person):
            raise RuntimeError(
                f"For {name} the rules and the statements by hand disagree: what is compared is not one."
            )
        took = side_by_side(partial(ask_rules, person), partial(_send, sent), partial(_send, by_hand), rounds=ROUNDS)
        yield {"person": name, "count": count} | dict(zip(("rules", "statements", "by_hand"), took, strict=True))


def ask_rules(person: User) -> tuple[int, list[int]]:
    """What the register of referrals asks, without what it says beside each row: how many, and which on page one."""
    seen = rules.visible_referrals(person)
    return seen.count(), [referral.pk for referral in seen[:PAGE]]


def _by_hand(name: str, person: User) -> Iterator[Statement]:
    """Whom a conflict keeps away (nobody, here), how many, and page one."""
    kind = name if name in MINE else "therapist"
    given = {"person": person.pk, "now": connection.ops.adapt_datetimefield_value(timezone.now())}
    counted = MINE[kind]
    listed = NEWEST_COORDINATED[connection.vendor] if kind == "coordinator" else counted
    yield BLOCKED, given
    yield f"SELECT count(*) FROM casework_referral r WHERE {counted}", given  # noqa: S608
    newest = f"ORDER BY r.created_at DESC, r.id DESC LIMIT {PAGE}"
    yield f"SELECT r.* FROM casework_referral r WHERE {listed} {newest}", given  # noqa: S608


def _sent_by_the_rules(person: User) -> list[Statement]:
    sent: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask_rules(person)
    return [_as_sent(sql, params) for sql, params in sent]


def _as_sent(sql: str, params: Any) -> Statement:
    """A statement as the driver takes it, so that what is timed is the database and not how Django writes places."""
    if connection.vendor == "sqlite":
        sql = sql % {name: f":{name}" for name in params} if isinstance(params, dict) else sql.replace("%s", "?")
    return sql, params


def _send(statements: list[Statement]) -> list[list[Any]]:
    driver = connection.connection.cursor()
    return [driver.execute(sql, params).fetchall() for sql, params in statements]
