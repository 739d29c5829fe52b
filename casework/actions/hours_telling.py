"""Who hears that hours were agreed, asked for or lent: the school's heads, and the coordinators; never who acts."""

from typing import Any

from .. import outbox
from ..access.roles import Role
from ..access.safeguarding import holders
from ..models import School


def tell_heads(kind: str, school: School, *, by: Any) -> None:
    """Leave a message for each head of a school."""
    _tell(kind, Role.HEAD, school, by=by)


def tell_coordinators(kind: str, school: School, *, by: Any) -> None:
    """Leave a message for each coordinator of a school's service."""
    _tell(kind, Role.COORDINATOR, school, by=by)


def _tell(kind: str, role: Role, school: School, *, by: Any) -> None:
    for person in holders(role, school):
        if person.pk != by.pk:
            outbox.put(kind, to=person, service=school.service_id)
