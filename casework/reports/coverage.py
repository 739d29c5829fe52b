"""Which therapist is at which school on which weekday."""

from dataclasses import dataclass
from typing import Any

from ..access import rules
from ..models import School, in_force

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True)
class Week:
    """A school, and for each weekday who is there."""

    school: str
    days: list[list[str]]

    @property
    def is_covered(self) -> bool:
        return any(self.days)


def coverage(user: Any) -> list[Week]:
    """The schools that this person sees placements of, in the order of their names; a school that nobody is placed at
    stands there too, for whoever sees the whole service."""
    placed = rules.visible_placements(user).filter(in_force(), in_force(prefix="practitioner__"))
    rows = list(placed.select_related("practitioner", "school"))
    schools: dict[int, School] = {row.school_id: row.school for row in rows}
    schools |= {school.pk: school for school in rules.schools_of_coverage(user)}
    weeks = {pk: Week(school.name, [[] for _ in DAYS]) for pk, school in schools.items()}
    for row in rows:
        for weekday in row.weekdays:
            weeks[row.school_id].days[weekday].append(row.practitioner.name)
    return sorted(weeks.values(), key=lambda week: week.school)
