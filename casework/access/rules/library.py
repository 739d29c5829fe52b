"""The safeguarding library."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.permissions import policy_registry

from ...models import DocumentAudience
from ..roles import Role
from ..scope import of
from .standing import User, own_schools


def visible_documents(user: User) -> QuerySet[Any]:
    """A team's documents: its practitioners, coordinator, clinical supervisor and safeguarding lead. A school's:
    whoever is placed there now, whoever holds a role in it, and the coordinator. A document without readers: nobody.
    Each comes with `school_name`, which is None for a team's."""
    scope = of(user)
    teams = scope.teams | scope.held(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)
    schools = scope.placed_schools | own_schools(scope) | scope.schools_served(Role.COORDINATOR)
    audiences = DocumentAudience.objects.filter(Q(school=None, service_id__in=teams) | Q(school_id__in=schools))
    documents = apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL).objects.filter(
        id__in=audiences.values("document_id")
    )
    school_name = DocumentAudience.objects.filter(document_id=OuterRef("pk")).values("school__name")[:1]
    named: QuerySet[Any] = documents.annotate(school_name=Subquery(school_name))
    return named


def can_open_document(user: User, document: Any) -> bool:
    """Whether it is in the list."""
    return visible_documents(user).filter(pk=document.pk).exists()


def can_open_library(user: User) -> bool:
    """Whoever belongs to a team or a school, and the coordinator: what they find there is visible_documents."""
    scope = of(user)
    teams = scope.teams | scope.held(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)
    return bool(teams or scope.placed_schools or own_schools(scope))


def unassigned_documents(user: User) -> QuerySet[Any]:
    """Library documents that are nobody's yet, to be given their readers: a coordinator, among the files that they look
    after, since those of another service lie in its own collection."""
    model = apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL)
    if not of(user).held(Role.COORDINATOR):
        return model.objects.none()  # type: ignore[no-any-return]
    kept: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["change"])
    return kept.exclude(id__in=DocumentAudience.objects.values("document_id"))
