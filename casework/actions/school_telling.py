"""Who hears of what concerns a school: its heads, the coordinators, or the therapists placed there; never who acts.

Where nobody acts but the clock, `by` is None."""

from collections.abc import Iterable
from typing import Any

from .. import outbox
from ..access.roles import Role
from ..access.safeguarding import holders
from ..models import School
from .telling import placed_at


def tell_heads(kind: str, school: School, *, by: Any) -> None:
    """Leave a message for each head of a school."""
    _tell(kind, holders(Role.HEAD, school), school, by=by)


def tell_coordinators(kind: str, school: School, *, by: Any) -> None:
    """Leave a message for each coordinator of a school's service."""
    _tell(kind, holders(Role.COORDINATOR, school), school, by=by)


def tell_therapists(kind: str, school: School, *, by: Any) -> None:
    """Leave a message for each therapist who is placed at a school now."""
    accounts = (row.practitioner.user for row in placed_at(school.pk))
    _tell(kind, [account for account in accounts if account and account.is_active], school, by=by)


def _tell(kind: str, people: Iterable[Any], school: School, *, by: Any) -> None:
    for person in people:
        if by is None or person.pk != by.pk:
            outbox.put(kind, to=person, service=school.service_id)
