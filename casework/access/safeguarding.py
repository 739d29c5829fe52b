"""Who must be told, in person, when somebody worries about a child's safety."""

from typing import Any

from ..models import School, SchoolRole, in_force
from .roles import Role


def leads_of(school: School) -> list[Any]:
    """The people who are designated safeguarding lead of a school now."""
    held = SchoolRole.objects.filter(in_force(), content_object=school, permission__codename=Role.DSL.codename)
    return [row.user for row in held.filter(user__is_active=True).select_related("user")]
