"""What Monday's digest counts, and for whom there is school on a day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from ..access import rules
from ..access.scope import of
from ..models import ClusterRole, Practitioner, SchoolRole, Service, ServiceRole, in_force
from ..models.readiness import Standing, states_of
from . import agreements
from .calendar import calendar_of

AROUND = timedelta(days=200)
"""Wide enough that a term is met, so that a day between two of them is known for one."""
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


PARTS: Mapping[str, Callable[[Any, date], int]] = {
    "evidence": _evidence,
    "agreements": _agreements,
    "notes": _notes,
}
"""Each sort that `outbox.WAITING_ONE_AND_MORE` has words for, and who counts it."""
