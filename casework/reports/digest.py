"""What Monday's digest counts, and for whom there is school on a day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from ..access import must_read, rules
from ..access.roles import SCHOOL_STAFF, Role
from ..access.scope import of
from ..models import (
    ClusterRole,
    Practitioner,
    School,
    SchoolRole,
    Service,
    ServiceRole,
    Standing,
    in_force,
    states_of,
)  # fmt: skip
from . import agreements, packs, readiness, with_the_team
from .calendar import calendar_of

AROUND = timedelta(days=200)
"""Wide enough that a term is met, so that a day between two of them is known for one."""
WEEK = timedelta(days=7)
FINE = frozenset({Standing.HOLDS, Standing.WAIVED})


def people_on(day: date) -> frozenset[int]:
    """Those who hold a role or work in a team of a service that has school on this day."""
    services = services_on(day)
    if not services:
        return frozenset()
    practitioners = Practitioner.objects.filter(in_force(), service__in=services, user__isnull=False)
    roles = (
        ServiceRole.objects.filter(in_force(), content_object__in=services),
        ClusterRole.objects.filter(in_force(), content_object__service__in=services),
        SchoolRole.objects.filter(in_force(), content_object__service__in=services),
    )
    return frozenset().union(*(rows.values_list("user", flat=True) for rows in (practitioners, *roles)))


def services_on(day: date) -> list[int]:
    """The services that have school on this day; a school that alone is closed closes no service."""
    services = list(Service.objects.values_list("pk", flat=True))
    calendar = calendar_of(services, [], day - AROUND, day + AROUND)
    return [service for service in services if calendar.is_school_day(day, service=service, school=0)]


def counts(person: Any, day: date) -> dict[str, int]:
    """How many things of which sort wait for this person."""
    return {sort: count(person, day) for sort, count in PARTS.items()}


def _agreements(person: Any, day: date) -> int:
    return sum(asking.count() for asking in agreements.asking(person))


def _notes(person: Any, day: date) -> int:
    scope = of(person)
    mine = rules.visible_sessions(person).filter(referral_id__in=scope.worked)
    return int(mine.filter(Q(note_later=True, practitioner_id__in=scope.practitioners)).count())


def _evidence(person: Any, day: date) -> int:
    mine = Practitioner.objects.filter(pk__in=of(person).practitioners)
    return sum(state.standing not in FINE for states in states_of(mine, day).values() for state in states)


def _team(person: Any, day: date) -> int:
    """Colleagues whom this person looks after, of whom something is missing or ends soon."""
    others = readiness.looked_after(person).exclude(user=person.pk)
    return sum(any(state.standing not in FINE for state in states) for states in states_of(others, day).values())


def _reading(person: Any, day: date) -> int:
    return len(must_read.mine(person, day))


def _packs(person: Any, day: date) -> int:
    """Schools that owe theirs: to be sent by this person, or to be asked for."""
    scope = of(person)
    schools = School.objects.filter(pk__in=scope.held(*SCHOOL_STAFF) | scope.schools_served(Role.COORDINATOR))
    return len(packs.owed(schools, day))


def _supervision(person: Any, day: date) -> int:
    """In the week to come."""
    return int(with_the_team.coming(person).filter(starts_at__date__lt=day + WEEK).count())


PARTS: Mapping[str, Callable[[Any, date], int]] = {
    "reading": _reading,
    "packs": _packs,
    "evidence": _evidence,
    "team": _team,
    "agreements": _agreements,
    "notes": _notes,
    "supervision": _supervision,
}
"""Each sort that `outbox.WAITING_ONE_AND_MORE` has words for, and who counts it."""
