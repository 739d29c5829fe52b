"""Whether the team is fit to work: what is required, what was seen of it, and who may wait for it."""

from django.db.models import Q, QuerySet

from ...models import Evidence, IfMissing, Practitioner, Requirement, Waiver
from ..roles import Role
from ..scope import of
from .standing import User


def visible_requirements(user: User) -> QuerySet[Requirement]:
    """What a service requires of its team: its coordinator, its clinical supervisor and the team itself."""
    scope = of(user)
    return Requirement.objects.filter(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR) | scope.teams)


def can_change_requirement(user: User, requirement: Requirement) -> bool:
    """The coordinator of its service."""
    return requirement.service_id in of(user).held(Role.COORDINATOR)


def visible_fitness(user: User) -> QuerySet[Practitioner]:
    """Whose record one reads, with numbers and dates. Coordinator and clinical supervisor: the service's team.
    Practitioner: one's own. No school: it has the letter."""
    scope = of(user)
    return Practitioner.objects.filter(
        Q(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR)) | Q(id__in=scope.practitioners)
    )


def visible_evidence(user: User) -> QuerySet[Evidence]:
    """What was seen of those whose record one reads."""
    return Evidence.objects.filter(practitioner__in=visible_fitness(user))


def visible_waivers(user: User) -> QuerySet[Waiver]:
    """Those of whose record one reads."""
    return Waiver.objects.filter(practitioner__in=visible_fitness(user))


def can_record_evidence(user: User, practitioner: Practitioner) -> bool:
    """Coordinator and clinical supervisor of the service; nobody of themselves."""
    held = of(user).held(Role.COORDINATOR, Role.SUPERVISOR)
    return practitioner.user_id != user.pk and practitioner.service_id in held


def can_waive(user: User, practitioner: Practitioner, requirement: Requirement) -> bool:
    """The clinical supervisor of the service, where the requirement allows it; nobody for themselves."""
    own = practitioner.user_id == user.pk
    allowed = requirement.if_missing == IfMissing.SUPERVISOR and requirement.service_id == practitioner.service_id
    return allowed and not own and practitioner.service_id in of(user).held(Role.SUPERVISOR)


def can_end_waiver(user: User, waiver: Waiver) -> bool:
    """The clinical supervisor of the service, whatever the requirement is by now; nobody their own."""
    practitioner = waiver.practitioner
    return practitioner.user_id != user.pk and practitioner.service_id in of(user).held(Role.SUPERVISOR)


def can_view_readiness(user: User) -> bool:
    """The whole team's, school by therapist: coordinator and clinical supervisor."""
    return bool(of(user).held(Role.COORDINATOR, Role.SUPERVISOR))


def can_view_team_numbers(user: User) -> bool:
    """How many are ready and how much is brought to supervision, in figures and nothing of one person or child: the
    steering group, the coordinator and the clinical supervisor."""
    return bool(of(user).held(Role.STEERING, Role.COORDINATOR, Role.SUPERVISOR))
