"""Services, clusters and schools."""

from datetime import UTC, datetime

import factory

from casework.models import Cluster, Phase, School, Service, WhoDecides

from .base import RowFactory


class ServiceFactory(RowFactory):
    """A service whose schools decide with their therapist."""

    class Meta:
        model = Service

    class Params:
        coordinator_decides = factory.Trait(decides=WhoDecides.COORDINATOR)
        meeting_decides = factory.Trait(decides=WhoDecides.MEETING)

    name = factory.Sequence(lambda n: f"Counselling service {n}")


class ClusterFactory(RowFactory):
    """A cluster that decides as its service does."""

    class Meta:
        model = Cluster

    service = factory.SubFactory(ServiceFactory)
    name = factory.Sequence(lambda n: f"Cluster {n}")


class SchoolFactory(RowFactory):
    """A primary school that is a member of a cluster."""

    class Meta:
        model = School

    class Params:
        buys_in = factory.Trait(cluster=None)
        secondary = factory.Trait(phase=Phase.SECONDARY)

    service = factory.SubFactory(ServiceFactory)
    cluster = factory.SubFactory(ClusterFactory, service=factory.SelfAttribute("..service"))
    name = factory.Sequence(lambda n: f"School {n}")
    urn = factory.Sequence(lambda n: f"{900000 + n}")
    town = "Easterby"
    created_at = datetime(2020, 9, 1, tzinfo=UTC)  # no newcomer
