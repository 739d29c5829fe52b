"""How practitioners stand to what is required of them on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from .practitioners import Practitioner
from .readiness import COUNTED, Evidence, IfMissing, Requirement, Waiver


class Standing(StrEnum):
    """How a practitioner stands to one requirement, in words that need no colour."""

    HOLDS = "in order"
    ENDS_SOON = "ends soon"
    GRACE = "due"
    WAIVED = "allowed for now"
    MISSING = "missing"
    ENDED = "run out"


OPEN = frozenset({Standing.HOLDS, Standing.ENDS_SOON, Standing.GRACE, Standing.WAIVED})
"""What stops nothing."""

SOON = timedelta(days=60)


@dataclass(frozen=True)
class State:
    """One requirement of one practitioner on a day."""

    requirement: Requirement
    standing: Standing
    until: date | None = None
    evidence: Evidence | None = None
    waiver: Waiver | None = None

    @property
    def stops(self) -> bool:
        """Whether it stops a new allocation."""
        return self.standing not in OPEN and self.requirement.if_missing != IfMissing.WARNS

    @property
    def is_shown(self) -> bool:
        """Whether there is evidence of it that holds."""
        return self.standing in (Standing.HOLDS, Standing.ENDS_SOON)

    @property
    def is_in_order(self) -> bool:
        """Whether nobody need see to it."""
        return self.standing is Standing.HOLDS

    @property
    def mark(self) -> str:
        """Which of three looks it has; the words say it too."""
        return "stops" if self.stops else "holds" if self.is_in_order else "waits"

    @property
    def words(self) -> str:
        """How it stands, for example: “Insurance: run out on 3 May 2026”."""
        name = self.requirement.name
        if self.standing is Standing.ENDED and self.until:
            return f"{name}: run out on {self.until:%-d %B %Y}"
        if self.standing is Standing.ENDS_SOON and self.until:
            return f"{name}: ends on {self.until:%-d %B %Y}"
        if self.standing is Standing.WAIVED and self.until:
            return f"{name}: allowed until {self.until:%-d %B %Y}"
        return f"{name}: {self.standing}"


def states_of(practitioners: Iterable[Practitioner], day: date) -> dict[int, list[State]]:
    """How each practitioner stands to what is written down of them on a day, in the order of their service's
    requirements: three questions, however many they are, and one where nothing is required. Reading and packs are not
    among it."""
    people = list(practitioners)
    required: dict[int, list[Requirement]] = defaultdict(list)
    services = {person.service_id for person in people}
    for requirement in Requirement.objects.filter(service_id__in=services, active=True).exclude(kind__in=COUNTED):
        required[requirement.service_id].append(requirement)
    if not required:
        return {person.pk: [] for person in people}
    shown = {
        (one.practitioner_id, one.requirement_id): one
        for one in Evidence.objects.standing().filter(practitioner__in=people).defer("number")
    }
    waived = {
        (one.practitioner_id, one.requirement_id): one
        for one in Waiver.objects.filter(practitioner__in=people, withdrawn_at__isnull=True, until__gte=day).defer(
            "reason"
        )
    }
    return {
        person.pk: [
            _state(person, requirement, shown.get((person.pk, requirement.pk)), waived, day)
            for requirement in required[person.service_id]
        ]
        for person in people
    }


def states_at_a_glance(practitioners: QuerySet[Practitioner], day: date) -> list[tuple[Practitioner, State]]:
    """The same in one question, row by row, of the practitioners that a query names: of each with name and address
    alone, and of the evidence no more than its days."""
    person, requirement = OuterRef("service__practitioners"), OuterRef("pk")
    standing = Evidence.objects.standing().filter(practitioner=person, requirement=requirement)
    waiver = Waiver.objects.filter(practitioner=person, requirement=requirement, withdrawn_at__isnull=True)
    days = ("dated", "expires_on", "checked_on")
    rows: Any = (
        Requirement.objects.filter(active=True, service__practitioners__in=practitioners)
        .exclude(kind__in=COUNTED)
        .annotate(
            **{f"of_{name}": F(f"service__practitioners__{name}") for name in ("id", "uuid", "name", "starts_at")},
            **{f"evidence_{name}": Subquery(standing.values(name)[:1]) for name in days},
            waived_until=Subquery(waiver.filter(until__gte=day).order_by("-until").values("until")[:1]),
        )
    )
    found = []
    for row in rows:
        whose = Practitioner(pk=row.of_id, uuid=row.of_uuid, name=row.of_name, starts_at=row.of_starts_at)
        dates = {name: getattr(row, f"evidence_{name}") for name in days}
        evidence = Evidence(requirement=row, **dates) if row.evidence_dated else None
        waived = {(whose.pk, row.pk): Waiver(until=row.waived_until)} if row.waived_until else {}
        found.append((whose, _state(whose, row, evidence, waived, day)))
    return found


def _state(
    person: Practitioner,
    requirement: Requirement,
    evidence: Evidence | None,
    waived: dict[tuple[int, int], Waiver],
    day: date,
) -> State:
    if evidence is not None:
        evidence.requirement = requirement
    until = evidence.until if evidence else None
    if evidence and (until is None or until >= day):
        soon = until is not None and until - day <= SOON
        return State(requirement, Standing.ENDS_SOON if soon else Standing.HOLDS, until, evidence)
    waiver = waived.get((person.pk, requirement.pk))
    if waiver and requirement.if_missing == IfMissing.SUPERVISOR:
        # One that was given before the service chose that nothing overrides this, or that it only warns, is void.
        return State(requirement, Standing.WAIVED, waiver.until, evidence, waiver)
    due = until or max(timezone.localdate(person.starts_at), timezone.localdate(requirement.created_at))
    if requirement.grace_days and day - due <= timedelta(days=requirement.grace_days):
        return State(requirement, Standing.GRACE, until, evidence)
    return State(requirement, Standing.ENDED if evidence else Standing.MISSING, until, evidence)
