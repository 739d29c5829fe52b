"""The safeguarding library."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.permissions import policy_registry

from ...models import DocumentAudience, MustRead, Reading, Service
from .. import versions
from ..roles import Role
from ..scope import Scope, of
from .standing import User, own_schools


def visible_documents(user: User) -> QuerySet[Any]:
    """A team's documents: its practitioners, coordinator, clinical supervisor and safeguarding lead. A school's:
    whoever is placed there now, whoever holds a role in it, and the coordinator. A document without readers: nobody.

    A document opens while it holds: from its first day to the day before it is withdrawn, or before a newer version
    with readers begins. What is still to come, the coordinator alone finds and opens; what is over, nobody does, and it
    does not come back when its newer version is withdrawn. Each comes with `service_name` and `school_name`, which is
    None for a team's."""
    scope = of(user)
    day = timezone.localdate(scope.at)
    audiences = DocumentAudience.objects.filter(_opens_to(scope))
    coordinated = DocumentAudience.objects.filter(service_id__in=scope.held(Role.COORDINATOR))
    theirs = versions.documents().filter(id__in=audiences.values("document_id"))
    open_now = theirs.filter(versions.begun(day) | Q(id__in=coordinated.values("document_id"))).filter(
        versions.not_withdrawn(day)
    )
    readers = DocumentAudience.objects.filter(document_id=OuterRef("pk"))
    named: QuerySet[Any] = open_now.exclude(versions.superseded(day)).annotate(
        service_name=Subquery(readers.values("service__name")[:1]),
        school_name=Subquery(readers.values("school__name")[:1]),
    )
    return named


def can_open_document(user: User, document: Any) -> bool:
    """Whether it is in the list."""
    return visible_documents(user).filter(pk=document.pk).exists()


def can_open_library(user: User) -> bool:
    """Whoever belongs to a team or a school, and the coordinator: what they find there is visible_documents."""
    scope = of(user)
    return bool(_teams(scope) or scope.placed_schools or own_schools(scope))


def can_read_library_pages(user: User, editors: list[int]) -> bool:
    """A service's own pages in the library: the team of the service whose website these groups edit, its coordinator,
    clinical supervisor and safeguarding lead. No school: what is for schools is a document or a public page."""
    return Service.objects.filter(editors__in=editors, pk__in=_teams(of(user))).exists()


def can_write_library_pages(user: User, editors: list[int]) -> bool:
    """The coordinator of the service whose website these groups edit; no other editor of that website reads them."""
    return groups_coordinated(user).filter(editors__in=editors).exists()


def documents_to_read(user: User) -> QuerySet[DocumentAudience]:
    """What this person must read and say so, of what holds now and opens to them. Where practitioners must: those of
    the team, or placed at the school, and the clinical supervisor. Where the team must: they, the coordinator and the
    safeguarding lead."""
    scope = of(user)
    day = timezone.localdate(scope.at)
    reads = _of_team(scope.teams | scope.held(Role.SUPERVISOR)) | Q(school_id__in=scope.placed_schools)
    office = _of_team(scope.held(Role.COORDINATOR, Role.SAFEGUARDING_LEAD))
    office |= Q(school_id__in=scope.schools_served(Role.COORDINATOR))
    asked = DocumentAudience.objects.filter(
        (reads & ~Q(must_read=MustRead.NOBODY)) | (office & Q(must_read=MustRead.TEAM))
    )
    return asked.filter(document__in=versions.holding(day))


def can_acknowledge_document(user: User, audience: DocumentAudience) -> bool:
    """Whoever must read it, while it opens to them."""
    return documents_to_read(user).filter(pk=audience.pk).exists()


def can_view_reading_lists(user: User) -> bool:
    """Who has read what in the library: coordinator and clinical supervisor."""
    return bool(of(user).held(Role.COORDINATOR, Role.SUPERVISOR))


def visible_readings(user: User) -> QuerySet[Reading]:
    """Who opened and who read which version: coordinator and clinical supervisor of the service whose document it is,
    also of one that is over; everybody their own."""
    lists = visible_reading_lists(user)
    return Reading.objects.filter(Q(document_id__in=lists.values("document_id")) | Q(person_id=of(user).person))


def visible_reading_lists(user: User) -> QuerySet[DocumentAudience]:
    """Of which document one sees who has read it and who has not, also of one that is over: coordinator and clinical
    supervisor of its service."""
    return DocumentAudience.objects.filter(service_id__in=of(user).held(Role.COORDINATOR, Role.SUPERVISOR))


def unassigned_documents(user: User) -> QuerySet[Any]:
    """Library documents that are nobody's yet, to be given their readers: a coordinator, among the files that they look
    after, since those of another service lie in its own collection."""
    every = versions.documents()
    if not of(user).held(Role.COORDINATOR):
        return every.none()
    policy = policy_registry.get_by_type(every.model)
    kept: QuerySet[Any] = policy.instances_user_has_any_permission_for(user, ["change"])
    return kept.exclude(id__in=DocumentAudience.objects.values("document_id"))


def groups_coordinated(user: User) -> QuerySet[Any, Any]:
    """The groups that edit the websites of the services that this person coordinates."""
    coordinated = Service.objects.filter(pk__in=of(user).held(Role.COORDINATOR))
    return coordinated.order_by().values_list("editors_id", flat=True)


def _teams(scope: Scope) -> frozenset[int]:
    return scope.teams | scope.held(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)


def _of_team(services: frozenset[int]) -> Q:
    return Q(school=None, service_id__in=services)


def _opens_to(scope: Scope) -> Q:
    schools = scope.placed_schools | own_schools(scope) | scope.schools_served(Role.COORDINATOR)
    return _of_team(_teams(scope)) | Q(school_id__in=schools)
