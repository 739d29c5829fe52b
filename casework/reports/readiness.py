"""Who of the team is ready for a new case, school by school and requirement by requirement, and what ends when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import (
    Evidence,
    Placement,
    Practitioner,
    Requirement,
    RequirementKind,
    School,
    State,
    in_force,
    states_at_a_glance,
    states_of,
)
from . import owed

CANNOT = "cannot take a new case now"
"""All that is said to who does not read the record."""


@dataclass(frozen=True)
class Fitness:
    """How one practitioner stands to all that is asked of them, and what they still have to read."""

    practitioner: Practitioner
    states: list[State]
    to_read: int | None = None

    @property
    def stops(self) -> list[State]:
        """What keeps a new case from them."""
        return [state for state in self.states if state.stops]

    @property
    def to_see_to(self) -> list[State]:
        """What is not in order and stops nothing yet."""
        return [state for state in self.states if not state.is_in_order and not state.stops]

    @property
    def words(self) -> str:
        """In a few words: “Not ready: Insurance”, or “Ready, 2 to see to”."""
        if self.stops:
            return f"Not ready: {', '.join(state.requirement.name for state in self.stops)}"
        waiting = len(self.to_see_to) + bool(self.to_read)
        return f"Ready, {waiting} to see to" if waiting else "Ready"

    @property
    def mark(self) -> str:
        """Which of three looks it has; the words say it too."""
        return "stops" if self.stops else "waits" if self.to_see_to or self.to_read else "holds"


@dataclass(frozen=True)
class AtSchool:
    """A school, whether its pack of the year has come, and who is placed there now."""

    school: School
    people: list[Fitness]
    owes_pack: bool | None = None


@dataclass(frozen=True)
class Team:
    """The team of one service on a day."""

    service: str
    requirements: list[Requirement]
    people: list[Fitness]
    schools: list[AtSchool] = field(default_factory=list)
    asks_reading: bool = False

    @property
    def not_ready(self) -> list[Fitness]:
        return [one for one in self.people if one.stops]


def why_not(user: Any, practitioners: Iterable[Practitioner]) -> dict[int, str]:
    """Why somebody is not given a new case, by the key of the practitioner, in the words that this person may read:
    what is missing for who reads the record, that they cannot for anybody else. Who is ready is not among them."""
    people = list(practitioners)
    stopped = {
        key: ", ".join(state.words for state in states if state.stops)
        for key, states in states_of(people, timezone.localdate()).items()
    }
    stopped = {key: words for key, words in stopped.items() if words}
    if not stopped:
        return {}
    read = set(rules.visible_fitness(user).filter(pk__in=stopped).values_list("pk", flat=True))
    return {key: f"not ready ({words})" if key in read else CANNOT for key, words in stopped.items()}


def fitness(practitioner: Practitioner, day: date) -> Fitness:
    """How one practitioner stands, without what they read."""
    return Fitness(practitioner, states_of([practitioner], day)[practitioner.pk])


def looked_after(user: Any) -> QuerySet[Practitioner]:
    """The team of today of the services that this person coordinates or supervises."""
    services = of(user).held(Role.COORDINATOR, Role.SUPERVISOR)
    return rules.visible_fitness(user).filter(in_force(), service_id__in=services)


def own(user: Any) -> QuerySet[Practitioner]:
    """One's own entries, one in each service that one works for."""
    return rules.visible_fitness(user).filter(in_force(), pk__in=of(user).practitioners)


def teams(user: Any, day: date) -> list[Team]:
    """The whole of it, a team for each service: as many questions for thirty practitioners as for three."""
    people = list(looked_after(user).select_related("service", "discipline").order_by("name", "pk"))
    services = {one.service_id: one.service for one in people}
    asked = list(Requirement.objects.filter(service_id__in=services, active=True))
    reading = {one.service_id for one in asked if one.kind == RequirementKind.READING}
    packs = {one.service_id for one in asked if one.kind == RequirementKind.PACK}
    unread = owed.reading([one for one in people if one.service_id in reading], day)
    states = states_of(people, day)
    fit = {
        one.pk: Fitness(one, states[one.pk], unread.get(one.pk, 0) if one.service_id in reading else None)
        for one in people
    }
    placed = list(
        Placement.objects.filter(in_force(), practitioner__in=fit).select_related("school").order_by("school__name")
    )
    schools = {row.school_id: row.school for row in placed}
    missing = owed.packs([school for school in schools.values() if school.service_id in packs], day)
    at: dict[int, list[Fitness]] = {}
    for row in placed:
        at.setdefault(row.school_id, []).append(fit[row.practitioner_id])
    found = []
    for key, service in sorted(services.items(), key=lambda item: item[1].name):
        found.append(
            Team(
                service=service.name,
                requirements=[one for one in asked if one.service_id == key and one.kind not in owed.KINDS],
                people=[one for one in fit.values() if one.practitioner.service_id == key],
                schools=[
                    AtSchool(
                        school,
                        sorted(at[pk], key=lambda one: one.practitioner.name),
                        pk in missing if key in packs else None,
                    )
                    for pk, school in schools.items()
                    if school.service_id == key
                ],
                asks_reading=key in reading,
            )
        )
    return found


@dataclass(frozen=True)
class Kept:
    """A requirement on a practitioner's own page: how it stands, and all that was ever written down of it."""

    state: State
    standing: Evidence | None
    before: list[Evidence]


def record_of(practitioner: Practitioner, day: date) -> tuple[list[Kept], list[Evidence]]:
    """All that stands in a record, by what is asked; and what is asked no longer."""
    rows = list(practitioner.evidence.select_related("requirement", "seen_by", "data_key").order_by("-seen_on", "-pk"))
    kept = [
        Kept(
            state,
            next((row for row in rows if row.requirement_id == state.requirement.pk and not row.replaced_at), None),
            [row for row in rows if row.requirement_id == state.requirement.pk and row.replaced_at],
        )
        for state in states_of([practitioner], day)[practitioner.pk]
    ]
    asked = {one.state.requirement.pk for one in kept}
    return kept, [row for row in rows if row.requirement_id not in asked]


def glance(practitioners: QuerySet[Practitioner], day: date) -> list[tuple[Practitioner, State]]:
    """How these stand to each requirement, in one question: what stops a new case first, and then what ends soonest."""
    found = states_at_a_glance(practitioners, day)
    return sorted(found, key=lambda row: (not row[1].stops, row[1].until or date.min, row[0].name))
