"""The plain facts of a service and of a cluster: schools and therapists, nothing about a child."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import School, in_force


@dataclass(frozen=True)
class ServiceFacts:
    """How large a service is, and whom to write to."""

    name: str
    contact: str
    clusters: int
    members: int
    buy_in: int
    therapists: int


@dataclass(frozen=True)
class ClusterFacts:
    """A cluster's schools, and who decides there."""

    name: str
    service: str
    contact: str
    schools: list[School] = field(default_factory=list)


OVERSEE = (Role.STEERING, Role.TRUSTEE, Role.DATA_PROTECTION, Role.SAFEGUARDING_LEAD)


def services(user: Any) -> list[ServiceFacts]:
    """The services that this person oversees."""
    overseen = rules.visible_services(user).filter(pk__in=of(user).held(*OVERSEE))
    counted = overseen.annotate(
        clusters_=Count("clusters", distinct=True),
        members=Count("schools", filter=Q(schools__cluster__isnull=False), distinct=True),
        buy_in=Count("schools", filter=Q(schools__cluster__isnull=True), distinct=True),
        therapists=Count(
            "practitioners",
            filter=in_force(prefix="practitioners__") & Q(practitioners__weekly_hours__gt=0),
            distinct=True,
        ),
    )
    return [
        ServiceFacts(one.name, one.contact_email, one.clusters_, one.members, one.buy_in, one.therapists)
        for one in counted
    ]


def clusters(user: Any) -> list[ClusterFacts]:
    """The clusters that this person leads, with their schools."""
    led = of(user).held(Role.TSL)
    facts: dict[int | None, ClusterFacts] = {
        cluster.pk: ClusterFacts(cluster.name, cluster.service.name, cluster.service.contact_email)
        for cluster in rules.visible_clusters(user).filter(pk__in=led).select_related("service")
    }
    for school in rules.visible_schools(user).filter(cluster_id__in=led):
        facts[school.cluster_id].schools.append(school)
    return list(facts.values())
