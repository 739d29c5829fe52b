"""Who must be told when somebody worries about safety: who hears of a concern and who reads it, by what they hold."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet

from ..models import About, Placement, School, SchoolRole, ServiceRole, in_force
from .roles import Role

Account = get_user_model()

HEARS: dict[About, Role] = {
    About.CHILD: Role.DSL,
    About.SCHOOL_ADULT: Role.HEAD,
    About.HEAD: Role.CHAIR,
    About.OURS: Role.SAFEGUARDING_LEAD,
}
"""Who hears of a concern. The designated safeguarding lead is told by the system of a child's safety alone."""

READS_TOO: dict[About, tuple[Role, ...]] = {About.CHILD: (Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)} | dict.fromkeys(
    (About.SCHOOL_ADULT, About.HEAD, About.OURS), (Role.SAFEGUARDING_LEAD,)
)
"""Who of the service reads it, beside its author and who hears of it."""


def holders(role: Role, school: School) -> list[Any]:
    """Who holds a role at a school, or in its service, now."""
    on: Model = school if role.value.on is School else school.service
    rows = role.table.objects.filter(in_force(), content_object=on, permission__codename=role.codename)  # type: ignore[misc]
    return [row.user for row in rows.filter(user__is_active=True).select_related("user")]


def leads_of(school: School) -> list[Any]:
    """The people who are designated safeguarding lead of a school now."""
    return holders(Role.DSL, school)


def to_tell(about: About, school: School) -> list[Any]:
    """Whom the system tells. Where nobody holds that role here, the service's safeguarding lead."""
    return holders(HEARS[about], school) or holders(Role.SAFEGUARDING_LEAD, school)


def could_be_about(about: About, school: School, *, by: Any) -> QuerySet[Any]:
    """The accounts among which its author finds whom it is about: the head, the school's people, or the service's."""
    if about is About.CHILD:
        return Account.objects.none()
    if about is About.HEAD:
        held = Q(pk__in=_with_roles(SchoolRole, school, Role.HEAD))
    elif about is About.SCHOOL_ADULT:
        held = Q(pk__in=_with_roles(SchoolRole, school, Role.SENDCO, Role.DSL, Role.CHAIR))
    else:
        placed = Placement.objects.filter(in_force(), in_force(prefix="practitioner__"), school=school)
        office = _with_roles(ServiceRole, school.service, Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)
        held = Q(pk__in=placed.values("practitioner__user_id")) | Q(pk__in=office)
    people = Account.objects.filter(held, is_active=True).exclude(pk=by.pk)
    return people.order_by("first_name", "last_name", "pk")


def _with_roles(table: Any, on: Model, *roles: Role) -> Any:
    codenames = [role.codename for role in roles]
    return table.objects.filter(in_force(), content_object=on, permission__codename__in=codenames).values("user_id")
