"""Whom to ring now: the people and the numbers of one school, for somebody who worries about safety there."""

from dataclasses import dataclass
from typing import Any

from ..access.roles import Role
from ..access.safeguarding import HEARS, holders
from ..models import About, School
from .danger import lead_of_pack
from .telephones import dialled


@dataclass(frozen=True)
class Contact:
    """Somebody to ring: who, what they are, and a number where there is one."""

    name: str
    what: str = ""
    telephone: str = ""

    @property
    def dialled(self) -> str:
        return dialled(self.telephone) or self.telephone.replace(" ", "")


def contacts(about: About, school: School, *, reader: Any, apart_from: tuple[Any, ...] = ()) -> list[Contact]:
    """In the order in which to try: about a child first whom the school's pack names, where the reader may open it;
    who hears of it; then the local authority. Never whom it is about."""
    role, service = HEARS[about], school.service
    office = school.telephone if role.value.on is School else ""
    found = _by_pack(reader, school) if about is About.CHILD else []
    found += [Contact(person.get_full_name(), role.title, office) for person in _others(role, school, apart_from)]
    if not found and office:
        found.append(Contact(f"{role.title} of {school.name}", "ask at the school office", office))
    if not found and role is not Role.SAFEGUARDING_LEAD:
        found = [
            Contact(person.get_full_name(), Role.SAFEGUARDING_LEAD.title)
            for person in _others(Role.SAFEGUARDING_LEAD, school, apart_from)
        ]
    if about is not About.CHILD:
        found.append(Contact("LADO", "the local authority’s designated officer", service.lado_telephone))
    if service.children_services_telephone:
        found.append(Contact("Children’s services", "in office hours", service.children_services_telephone))
    if service.out_of_hours_telephone:
        found.append(Contact("Children’s services", "at night and at weekends", service.out_of_hours_telephone))
    return found


def _by_pack(reader: Any, school: School) -> list[Contact]:
    lead = lead_of_pack(reader, school)
    if lead is None:
        return []
    pack = "last year’s pack" if lead.from_last_year else "the school’s pack"
    return [Contact(lead.name, f"{Role.DSL.title.lower()} by {pack}", lead.telephone)]


def _others(role: Role, school: School, left_out: tuple[Any, ...]) -> list[Any]:
    return [person for person in holders(role, school) if person not in left_out]
