"""The safeguarding library."""

from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.permissions import policy_registry

from ...models import DocumentAudience, MustRead, Reading, Service
from ..roles import Role
from ..scope import Scope, of
from .standing import User, own_schools


def visible_documents(user: User) -> QuerySet[Any]:
    """A team's documents: its practitioners, coordinator, clinical supervisor and safeguarding lead. A school's:
    whoever is placed there now, whoever holds a role in it, and the coordinator. A document without readers: nobody.

    A document opens while it holds: from its first day to the day before it is withdrawn, or before a newer version
    with readers begins. What is still to come, the coordinator alone finds and opens; what is over, nobody does, and it
    does not come back when its newer version is withdrawn. Each comes with `school_name`, which is None for a team's,
    and `audience`, the address under which its reading is confirmed."""
    scope = of(user)
    day = timezone.localdate(scope.at)
    audiences = DocumentAudience.objects.filter(_opens_to(scope))
    coordinated = DocumentAudience.objects.filter(service_id__in=scope.held(Role.COORDINATOR))
    theirs = _documents().filter(id__in=audiences.values("document_id"))
    open_now = theirs.filter(_begun(day) | Q(id__in=coordinated.values("document_id"))).filter(_not_withdrawn(day))
    readers = DocumentAudience.objects.filter(document_id=OuterRef("pk"))
    named: QuerySet[Any] = open_now.exclude(superseded(day)).annotate(
        school_name=Subquery(readers.values("school__name")[:1]), audience=Subquery(readers.values("uuid")[:1])
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
    return Service.objects.filter(editors__in=editors, pk__in=of(user).held(Role.COORDINATOR)).exists()


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
    return asked.filter(document__in=holding(day))


def can_acknowledge_document(user: User, audience: DocumentAudience) -> bool:
    """Whoever must read it, while it opens to them."""
    return documents_to_read(user).filter(pk=audience.pk).exists()


def visible_readings(user: User) -> QuerySet[Reading]:
    """Who opened and who read which version: coordinator and clinical supervisor of the service whose document it is,
    also of one that is over; everybody their own."""
    scope = of(user)
    office = DocumentAudience.objects.filter(service_id__in=scope.held(Role.COORDINATOR, Role.SUPERVISOR))
    return Reading.objects.filter(Q(document_id__in=office.values("document_id")) | Q(person_id=scope.person))


def can_view_readers(user: User, audience: DocumentAudience) -> bool:
    """Who has read a document and who has not: coordinator and clinical supervisor of its service."""
    return audience.service_id in of(user).held(Role.COORDINATOR, Role.SUPERVISOR)


def unassigned_documents(user: User) -> QuerySet[Any]:
    """Library documents that are nobody's yet, to be given their readers: a coordinator, among the files that they look
    after, since those of another service lie in its own collection."""
    model = _documents()
    if not of(user).held(Role.COORDINATOR):
        return model.none()
    kept: QuerySet[Any] = policy_registry.get_by_type(model.model).instances_user_has_any_permission_for(
        user, ["change"]
    )
    return kept.exclude(id__in=DocumentAudience.objects.values("document_id"))


def kept_documents(user: User) -> QuerySet[Any]:
    """The documents of the services that this person coordinates, those that are over too."""
    coordinated = DocumentAudience.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))
    return _documents().filter(id__in=coordinated.values("document_id"))


def holding(day: date) -> QuerySet[Any]:
    """Documents that hold on a day."""
    return _documents().filter(_begun(day), _not_withdrawn(day)).exclude(superseded(day))


def superseded(day: date) -> Exists:
    """Whether a newer version of a document, one that has readers, has begun by a day, or had begun before it was
    withdrawn."""
    held = Q(withdrawn_on=None) | Q(valid_from=None) | Q(withdrawn_on__gt=F("valid_from"))
    newer = _documents().filter(_begun(day), held, replaces=OuterRef("pk"))
    return Exists(newer.filter(id__in=DocumentAudience.objects.values("document_id")))


def _documents() -> QuerySet[Any]:
    return apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL).objects.all()  # type: ignore[no-any-return]


def _begun(day: date) -> Q:
    return Q(valid_from=None) | Q(valid_from__lte=day)


def _not_withdrawn(day: date) -> Q:
    return Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)


def _teams(scope: Scope) -> frozenset[int]:
    return scope.teams | scope.held(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)


def _of_team(services: frozenset[int]) -> Q:
    return Q(school=None, service_id__in=services)


def _opens_to(scope: Scope) -> Q:
    schools = scope.placed_schools | own_schools(scope) | scope.schools_served(Role.COORDINATOR)
    return _of_team(_teams(scope)) | Q(school_id__in=schools)
