"""Roles, who holds them, and how people come in and leave."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet

from ...models import Cluster, ClusterRole, Practitioner, Proposal, RoleRow, School, SchoolRole, Service, ServiceRole
from ..roles import Role
from ..scope import Ids, Scope, of
from .entrances import TECHNICAL_ADMINISTRATORS, WEBSITE_EDITORS, groups_of, surfaces
from .ground import service_of
from .standing import User

Account = get_user_model()
SECOND_PEOPLE = (Role.COORDINATOR, Role.SUPERVISOR, Role.TRUSTEE)


def visible_service_roles(user: User) -> QuerySet[ServiceRole]:
    """The coordinator: the service's. Everyone: their own."""
    scope = of(user)
    return ServiceRole.objects.filter(Q(content_object_id__in=scope.held(Role.COORDINATOR)) | Q(user_id=user.pk))


def visible_cluster_roles(user: User) -> QuerySet[ClusterRole]:
    """The coordinator: the service's clusters'. Everyone: their own."""
    scope = of(user)
    return ClusterRole.objects.filter(
        Q(content_object__service_id__in=scope.held(Role.COORDINATOR)) | Q(user_id=user.pk)
    )


def visible_school_roles(user: User) -> QuerySet[SchoolRole]:
    """The coordinator: the service's schools'. Everyone: their own."""
    scope = of(user)
    return SchoolRole.objects.filter(
        Q(content_object_id__in=scope.schools_served(Role.COORDINATOR)) | Q(user_id=user.pk)
    )


def can_give_role(user: User, person: User, on: Model) -> bool:
    """The coordinator of the service that it is held in; nobody to themselves."""
    return person.pk != user.pk and service_of(on) in of(user).held(Role.COORDINATOR)


def can_end_role(user: User, row: RoleRow) -> bool:
    """As it is given; nobody ends their own."""
    return can_give_role(user, row.user, row.content_object)


def visible_proposals(user: User) -> QuerySet[Proposal]:
    """What waits for a second yes, where a service wants two people for a role, and what became of it: the service's
    coordinators, its clinical supervisor and its trustees."""
    return Proposal.objects.filter(service_id__in=of(user).held(*SECOND_PEOPLE))


def can_agree_to_proposal(user: User, proposal: Proposal) -> bool:
    """Whoever sees it: never who asked for it, and never whom the role is for."""
    return user.pk not in (proposal.proposed_by_id, proposal.user_id) and _sees_proposal(user, proposal)


def can_refuse_proposal(user: User, proposal: Proposal) -> bool:
    """Whoever may agree to it; and who asked for it, to take it back."""
    return proposal.user_id != user.pk and _sees_proposal(user, proposal)


def _sees_proposal(user: User, proposal: Proposal) -> bool:
    return visible_proposals(user).filter(pk=proposal.pk).exists()


def can_invite_people(user: User) -> bool:
    """Whoever coordinates a service now. What the invited person sees is said by the roles that they are given."""
    return bool(of(user).held(Role.COORDINATOR))


def can_invite_again(user: User, person: User) -> bool:
    """Who has lost password or second step: the coordinator of a service where they hold a role, or belong to the
    team; nobody themselves."""
    return person.pk != user.pk and bool(of(user).held(Role.COORDINATOR) & _belongs_to(of(person)))


def visible_people(user: User) -> QuerySet[Any]:
    """The coordinator: whoever holds or held a role in the service, its clusters or its schools, or belongs or belonged
    to its team; and for whom a role there waits for a second yes, or was not agreed to."""
    scope = of(user)
    served = scope.held(Role.COORDINATOR)
    on_service = ServiceRole.objects.filter(content_object_id__in=served)
    on_cluster = ClusterRole.objects.filter(content_object__service_id__in=served)
    on_school = SchoolRole.objects.filter(content_object_id__in=scope.schools_served(Role.COORDINATOR))
    team = Practitioner.objects.filter(service_id__in=served)
    proposed = Proposal.objects.filter(service_id__in=served, user__isnull=False)
    if not served:
        return Account.objects.none()
    return Account.objects.filter(
        Q(id__in=on_service.values("user_id"))
        | Q(id__in=on_cluster.values("user_id"))
        | Q(id__in=on_school.values("user_id"))
        | Q(id__in=team.filter(user__isnull=False).values("user_id"))
        | Q(id__in=proposed.values("user_id"))
    )


def can_look_after_person(user: User, person: User) -> bool:
    """Take an invitation back, see somebody off who leaves, open a closed account again: the coordinator who has them
    among their people; nobody for themselves."""
    return person.pk != user.pk and visible_people(user).filter(pk=person.pk).exists()


def visible_accounts(user: User) -> QuerySet[Any]:
    """Who has an account, open or ended: technical administrators, of the whole installation. It says nothing of what
    somebody does here."""
    return Account.objects.all() if "system" in surfaces(user) else Account.objects.none()


def can_help_with_account(user: User, person: User) -> bool:
    """Sign somebody out everywhere, end a pause after wrong tries, take a lost second step off: technical
    administrators, for an account that is open; nobody for themselves."""
    return person.pk != user.pk and person.is_active and visible_accounts(user).filter(pk=person.pk).exists()


def can_set_up_sign_in(user: User) -> bool:
    """Technical administrators: which schools and trusts people sign in with."""
    return "system" in surfaces(user)


def can_allow_second_step(user: User, service: Service) -> bool:
    """That the second step which people have taken at their school counts for those of a service: its coordinator."""
    return service.pk in of(user).held(Role.COORDINATOR)


def can_rely_on_second_step(user: User, services: QuerySet[Service]) -> bool:
    """On the second step taken at a school: whoever belongs to services that allow it and to no other. Never who looks
    after the system or the website, for theirs is no one service's."""
    groups = groups_of(user)
    if TECHNICAL_ADMINISTRATORS in groups or any(name.startswith(WEBSITE_EDITORS) for name in groups):
        return False
    belongs = _belongs_to(of(user))
    return bool(belongs) and belongs <= set(services.values_list("pk", flat=True))


def _belongs_to(scope: Scope) -> Ids:
    """The services where somebody is of the team, or holds a role now on the service, a cluster or a school of it."""
    grounds = (Service, Cluster, School)
    held = {ground: scope.held(*(role for role in Role if role.value.on is ground)) for ground in grounds}
    of_clusters = Cluster.objects.filter(pk__in=held[Cluster]).values_list("service_id", flat=True)
    of_schools = School.objects.filter(pk__in=held[School]).values_list("service_id", flat=True)
    return held[Service] | scope.teams | frozenset(of_clusters) | frozenset(of_schools)
