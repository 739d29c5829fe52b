"""What a person holds now: roles, placements, cases, shares and blocks, as ids, resolved once a request.

It takes three queries, and periods are read at one instant: a role that has ended is gone at the next request.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, Q, QuerySet, Value
from django.utils import timezone

from ..audit import request
from ..models import (
    Allocation,
    CaseShare,
    ClusterRole,
    ConflictBlock,
    Placement,
    Practitioner,
    School,
    SchoolRole,
    SchoolShare,
    Service,
    ServiceRole,
    in_force,
)
from .roles import SCHOOL_STAFF, Role

Ids = frozenset[int]
NONE: Ids = frozenset()

NO_SERVICE = Value(0, output_field=BigIntegerField())
SOMEBODY, SOME_TIME = -1, datetime(1, 1, 2, tzinfo=UTC)
"""Stand for the person and the instant in the one statement that is made for all: neither is ever anybody's or now."""


@dataclass(frozen=True)
class Scope:
    """Ids of what one person holds at one instant. Everything is empty for a stranger."""

    at: datetime
    person: int | None = None
    roles: dict[Role, Ids] = field(default_factory=dict)
    practitioners: Ids = NONE
    teams: Ids = NONE
    placed_schools: Ids = NONE
    allocated: Ids = NONE
    covered: Ids = NONE
    opened_in_emergency: Ids = NONE
    received: Ids = NONE
    blocked_pupils: Ids = NONE
    schools_of_services: dict[int, Ids] = field(default_factory=dict)
    schools_of_clusters: dict[int, Ids] = field(default_factory=dict)

    def held(self, *roles: Role) -> Ids:
        """The ids of the services, clusters or schools on which any of these roles is held."""
        return frozenset().union(*(self.roles.get(role, NONE) for role in roles))

    def schools_served(self, *roles: Role) -> Ids:
        """The schools of the services on which any of these service roles is held."""
        return frozenset().union(*(self.schools_of_services.get(service, NONE) for service in self.held(*roles)))

    @property
    def cluster_schools(self) -> Ids:
        """The schools of the clusters that this person leads."""
        return frozenset().union(*(self.schools_of_clusters.get(cluster, NONE) for cluster in self.held(Role.TSL)))

    @property
    def worked(self) -> Ids:
        """The cases that this person works: allocated to them, or covered for a colleague."""
        return self.allocated | self.covered

    def only(self, roles: Collection[Role], *, work: bool = False) -> "Scope":
        """What is left of it with these roles, and where it says so with the person's own work; blocks stay."""
        left = {role: ids for role, ids in self.roles.items() if role in roles}
        services = frozenset().union(*(ids for role, ids in left.items() if role.table is ServiceRole))
        scope = replace(
            self,
            roles=left,
            opened_in_emergency=self.opened_in_emergency if Role.SUPERVISOR in left else NONE,
            received=self.received if left.keys() & set(SCHOOL_STAFF) else NONE,
            schools_of_services={service: self.schools_of_services[service] for service in services},
        )
        if work:
            return scope
        return replace(scope, practitioners=NONE, teams=NONE, placed_schools=NONE, allocated=NONE, covered=NONE)

    @property
    def is_empty(self) -> bool:
        """Whether this person has nothing to do with casework now."""
        return not (self.roles or self.practitioners or self.worked or self.opened_in_emergency)


@dataclass(frozen=True)
class StandIn:
    """Nobody, who holds one role: what the rules answer for it is what that role is shown. Nothing is done by it."""

    role: Role
    on: int
    pk: None = None

    def scope(self) -> Scope:
        return Scope(at=timezone.now(), roles={self.role: frozenset({self.on})})


@dataclass(frozen=True)
class Face:
    """A person on one side of the work: what the rules answer for it is what they are shown there."""

    pk: int
    held: Scope

    def scope(self) -> Scope:
        return self.held


def of(user: Any) -> Scope:
    """This person's scope; the same all through one request."""
    if isinstance(user, StandIn | Face):
        return user.scope()
    if not getattr(user, "is_active", False) or user.pk is None:
        return Scope(at=timezone.now())
    return request.once((Scope, user.pk), lambda: resolve(user, timezone.now()))


def services_of(user: Any, *roles: Role) -> QuerySet[Service]:
    """The services on which this person holds one of these roles, by name."""
    return Service.objects.filter(pk__in=of(user).held(*roles)).order_by("name")


def renew(user: Any) -> None:
    """Ask again from here on: an act of this request may have given or ended something."""
    if answering := request.current():
        answering.resolved.pop((Scope, user.pk), None)


def resolve(user: Any, at: datetime) -> Scope:
    """Ask the database what this person holds at an instant."""
    held: dict[str, set[int]] = defaultdict(set)
    shares = []
    for what, number, service in _held_by(user.pk, at):
        if service:
            shares.append((what, number, service))
        else:
            held[what].add(number)
    # A share does not outlast the post in the case's own service that it was given in, however long it was to hold.
    given_in = {"cover": held.get("team", NONE), "break_glass": held.get(Role.SUPERVISOR.codename, NONE)}
    for what, number, service in shares:
        if service in given_in.get(what, ()):
            held[what].add(number)
    roles = {role: frozenset(held[role.codename]) for role in Role if held.get(role.codename)}
    services = set().union(*(roles[role] for role in roles if role.table is ServiceRole)) if roles else set()
    of_services: dict[int, set[int]] = defaultdict(set)
    of_clusters: dict[int, set[int]] = defaultdict(set)
    clusters = roles.get(Role.TSL, NONE)
    if services or clusters:
        rows = School.objects.filter(service_id__in=services) | School.objects.filter(cluster_id__in=clusters)
        for school, service, cluster in rows.order_by().values_list("id", "service_id", "cluster_id"):
            of_services[service].add(school)
            of_clusters[cluster].add(school)
    own_schools = frozenset().union(*(roles.get(role, NONE) for role in SCHOOL_STAFF))
    received = (
        SchoolShare.objects.filter(in_force(at), school_id__in=own_schools).values_list("referral_id", flat=True)
        if own_schools
        else ()
    )
    return Scope(
        at=at,
        person=user.pk,
        roles=roles,
        practitioners=frozenset(held["practitioner"]),
        teams=frozenset(held["team"]),
        placed_schools=frozenset(held["placement"]),
        allocated=frozenset(held["allocation"]),
        covered=frozenset(held["cover"]),
        opened_in_emergency=frozenset(held["break_glass"]),
        received=frozenset(received),
        blocked_pupils=frozenset(held["block"]),
        schools_of_services={service: frozenset(of_services[service]) for service in services},
        schools_of_clusters={cluster: frozenset(of_clusters[cluster]) for cluster in clusters},
    )


def _held_by(person: int, at: datetime) -> Iterator[tuple[str, int, int]]:
    """All that this person holds, one row each: what it is called, the id that it is held on, and of a shared case
    its service; of anything else 0."""
    statement, values = _statement(connection.vendor)
    given = {SOMEBODY: person, SOME_TIME: connection.ops.adapt_datetimefield_value(at)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [given.get(value, value) for value in values])
        yield from cursor.fetchall()


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The question in SQL, which is the same for everybody: putting nine tables together takes Django longer than the
    database needs to answer. Its values are given as they come, but for the person and the instant."""
    statement, values = _holdings(SOMEBODY, SOME_TIME).query.sql_with_params()
    some_time = connection.ops.adapt_datetimefield_value(SOME_TIME)
    return statement, tuple(SOME_TIME if value == some_time else value for value in values)


def _holdings(person: int, at: datetime) -> QuerySet[Any, Any]:
    """What is asked, table by table."""
    in_post = Q(practitioner__user_id=person) & in_force(at, "practitioner__")
    roles = [
        table.objects.filter(in_force(at), user_id=person)
        .order_by()
        .values_list("permission__codename", "content_object_id", NO_SERVICE)
        for table in (ServiceRole, ClusterRole, SchoolRole)
    ]
    shares = CaseShare.objects.filter(in_force(at), user_id=person)
    return roles[0].union(
        *roles[1:],
        shares.order_by().values_list(
            "permission__codename", "content_object_id", "content_object__school__service_id"
        ),
        _named("practitioner", Practitioner.objects.filter(in_force(at), user_id=person), "id"),
        _named("team", Practitioner.objects.filter(in_force(at), user_id=person), "service_id"),
        _named("placement", Placement.objects.filter(in_force(at), in_post), "school_id"),
        _named("allocation", Allocation.objects.filter(in_force(at), in_post), "referral_id"),
        _named("block", ConflictBlock.objects.filter(in_force(at), user_id=person), "pupil_id"),
        all=True,
    )


def _named(name: str, rows: QuerySet[Any], column: str) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(name, output_field=CharField()), column, NO_SERVICE)
