"""Who of the team is ready for a new case, school by school and requirement by requirement, and what ends when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ..access import rules
from ..access.must_read import Owed
from ..access.roles import Role
from ..access.scope import of
from ..models import (
    COUNTED,
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
from . import packs, reading
from .packs import Standing

CANNOT = "cannot take a new case now"
"""All that is said to who does not read the record."""


@dataclass(frozen=True)
class Fitness:
    """How one practitioner stands to all that is asked of them, and what they still have to read."""

    practitioner: Practitioner
    states: list[State]
    to_read: list[Owed] | None = None
    """None where the service asks for no reading here."""

    @property
    def stops(self) -> list[State]:
        """What keeps a new case from them."""
        return [state for state in self.states if state.stops]

    @property
    def to_see_to(self) -> list[State]:
        """What is not in order and stops nothing yet."""
        return [state for state in self.states if not state.is_in_order and not state.stops]

    @property
    def unread(self) -> int | None:
        """How many documents there are still to read."""
        return None if self.to_read is None else len(self.to_read)

    @property
    def late_reading(self) -> int:
        """How many documents were to be read by now."""
        return sum(one.overdue for one in self.to_read or ())

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
class Pack:
    """How a school's pack of the year stands. It is a gap once its days of grace are over, and due until then."""

    standing: Standing
    grace: timedelta
    day: date

    @property
    def is_late(self) -> bool:
        return self.standing.is_owed and self.day > self.standing.since + self.grace

    @property
    def words(self) -> str:
        if not self.standing.is_owed:
            return "This year’s pack is here"
        since = f"due since {self.standing.since:%-d %B}"
        return f"This year’s pack has not come: {since}" if self.is_late else f"This year’s pack is {since}"


@dataclass(frozen=True)
class AtSchool:
    """A school, how its pack of the year stands where the service asks for one, and who is placed there now."""

    school: School
    people: list[Fitness]
    pack: Pack | None = None


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
    counted = {(one.service_id, one.kind): one for one in asked if one.kind in COUNTED}
    fit = _fitness_of(people, counted, day)
    placed: Any = Placement.objects.filter(in_force(), practitioner__in=fit).select_related("school")
    at: dict[School, list[Fitness]] = {}
    for row in placed.order_by("school__name", "practitioner__name"):
        at.setdefault(row.school, []).append(fit[row.practitioner_id])
    have = _packs_of(list(at), counted, day)
    return [
        Team(
            service=service.name,
            requirements=[one for one in asked if one.service_id == key and one.kind not in COUNTED],
            people=[one for one in fit.values() if one.practitioner.service_id == key],
            schools=[
                AtSchool(school, here, have.get(school.pk)) for school, here in at.items() if school.service_id == key
            ],
            asks_reading=(key, RequirementKind.READING) in counted,
        )
        for key, service in sorted(services.items(), key=lambda item: item[1].name)
    ]


Counted = dict[tuple[int, str], Requirement]


def _fitness_of(people: list[Practitioner], counted: Counted, day: date) -> dict[int, Fitness]:
    readers = [one for one in people if (one.service_id, RequirementKind.READING) in counted]
    unread = reading.owed(readers, day) if readers else {}
    states = states_of(people, day)
    return {one.pk: Fitness(one, states[one.pk], unread.get(one.pk)) for one in people}


def _packs_of(schools: list[School], counted: Counted, day: date) -> dict[int, Pack]:
    """How the pack of each school stands whose service asks for one."""
    asked = {school.pk: counted.get((school.service_id, RequirementKind.PACK)) for school in schools}
    return {
        one.school.pk: Pack(one, timedelta(days=requirement.grace_days), day)
        for one in packs.standings([school for school in schools if asked[school.pk]], day)
        if (requirement := asked[one.school.pk])
    }


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
