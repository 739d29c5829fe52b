"""Services, clusters, schools, the team, and what the coordinator sets up for them."""

from django.db.models import Model, Q, QuerySet

from ...models import Cluster, DocumentAudience, ListItem, Placement, Practitioner, Question, School, Service, in_force
from ..roles import SCHOOL_STAFF, Role
from ..scope import Scope, of
from .standing import User, own_schools


def visible_services(user: User) -> QuerySet[Service]:
    """The services in which this person holds a service role."""
    scope = of(user)
    return Service.objects.filter(id__in=scope.schools_of_services)


def visible_clusters(user: User) -> QuerySet[Cluster]:
    """Coordinator and clinical supervisor: the service's clusters. TSL: the clusters that they lead."""
    scope = of(user)
    return Cluster.objects.filter(
        Q(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR)) | Q(id__in=scope.held(Role.TSL))
    )


def visible_schools(user: User) -> QuerySet[School]:
    """Coordinator and clinical supervisor: the service's schools. TSL: the cluster's. Therapist: where placed now.
    Whoever holds a role in a school: that school."""
    return School.objects.filter(id__in=_schools(of(user)))


def visible_practitioners(user: User) -> QuerySet[Practitioner]:
    """Coordinator and clinical supervisor: the service's team. Head and SENDCO: those placed at their school now.
    Practitioner: oneself."""
    scope = of(user)
    placed = Placement.objects.filter(in_force(scope.at), school_id__in=scope.held(*SCHOOL_STAFF))
    return Practitioner.objects.filter(
        Q(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR))
        | Q(id__in=scope.practitioners)
        | Q(id__in=placed.values("practitioner_id"))
    )


def visible_placements(user: User) -> QuerySet[Placement]:
    """Coordinator and clinical supervisor: the service's. Head and SENDCO: their school's. Practitioner: one's own."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR) | scope.held(*SCHOOL_STAFF)
    return Placement.objects.filter(Q(school_id__in=schools) | Q(practitioner_id__in=scope.practitioners))


def visible_list_items(user: User) -> QuerySet[ListItem]:
    """The lists of a service: its coordinator."""
    return ListItem.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def visible_questions(user: User) -> QuerySet[Question]:
    """A service's own questions on the referral form, to set them up: its coordinator. Who writes a referral is asked
    those of its service."""
    return Question.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def visible_audiences(user: User) -> QuerySet[DocumentAudience]:
    """Whom library documents are for: the service's coordinator."""
    return DocumentAudience.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def can_change_service(user: User, service: Service) -> bool:
    """Its coordinator."""
    return service.pk in of(user).held(Role.COORDINATOR)


def can_change_cluster(user: User, cluster: Cluster) -> bool:
    """The coordinator of its service."""
    return cluster.service_id in of(user).held(Role.COORDINATOR)


def can_change_school(user: User, school: School) -> bool:
    """The coordinator of its service, within the service's own clusters."""
    own_cluster = school.cluster is None or school.cluster.service_id == school.service_id
    return own_cluster and school.service_id in of(user).held(Role.COORDINATOR)


def can_change_practitioner(user: User, practitioner: Practitioner) -> bool:
    """The coordinator of the service, except for their own entry."""
    return practitioner.user_id != user.pk and practitioner.service_id in of(user).held(Role.COORDINATOR)


def can_change_placement(user: User, placement: Placement) -> bool:
    """The coordinator, where practitioner and school belong to the coordinated service; nobody places themselves."""
    coordinated = of(user).held(Role.COORDINATOR)
    own = placement.practitioner.user_id == user.pk
    return (
        not own
        and placement.school.service_id in coordinated
        and placement.practitioner.service_id == placement.school.service_id
    )


def can_change_list_item(user: User, item: ListItem) -> bool:
    """The coordinator of its service."""
    return item.service_id in of(user).held(Role.COORDINATOR)


def can_change_question(user: User, question: Question) -> bool:
    """The coordinator of its service."""
    return question.service_id in of(user).held(Role.COORDINATOR)


def can_change_audience(user: User, audience: DocumentAudience) -> bool:
    """The coordinator of the service; a school must be one of the service's own."""
    own_school = audience.school is None or audience.school.service_id == audience.service_id
    return own_school and audience.service_id in of(user).held(Role.COORDINATOR)


def _schools(scope: Scope) -> frozenset[int]:
    return (
        scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
        | scope.cluster_schools
        | scope.placed_schools
        | own_schools(scope)
    )


def service_of(thing: Model) -> int | None:
    """The service that a service, a cluster, a school or another entry belongs to."""
    return thing.pk if isinstance(thing, Service) else getattr(thing, "service_id", None)
