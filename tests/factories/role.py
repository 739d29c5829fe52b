"""Roles, as rows: `SchoolRoleFactory(role=Role.HEAD, user=..., content_object=school)`."""

from datetime import timedelta

import factory
from django.contrib.auth.models import Permission
from django.utils import timezone

from casework.access.roles import Role
from casework.models import ClusterRole, Proposal, RoleRow, SchoolRole, ServiceRole

from .base import RowFactory
from .service import ClusterFactory, SchoolFactory, ServiceFactory
from .user import UserFactory


class RoleRowFactory(RowFactory):
    """A role that is held since yesterday."""

    class Meta:
        model = RoleRow
        abstract = True

    class Params:
        role = None
        ended = factory.Trait(ends_at=factory.LazyFunction(timezone.now))

    user = factory.SubFactory(UserFactory)
    permission = factory.LazyAttribute(
        lambda row: Permission.objects.get(codename=row.role.codename, content_type__app_label="casework")
    )
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))


class ServiceRoleFactory(RoleRowFactory):
    """A coordinator."""

    class Meta:
        model = ServiceRole

    class Params:
        role = Role.COORDINATOR

    content_object = factory.SubFactory(ServiceFactory)


class ClusterRoleFactory(RoleRowFactory):
    """A Targeted Services Leader."""

    class Meta:
        model = ClusterRole

    class Params:
        role = Role.TSL

    content_object = factory.SubFactory(ClusterFactory)


class SchoolRoleFactory(RoleRowFactory):
    """A headteacher."""

    class Meta:
        model = SchoolRole

    class Params:
        role = Role.HEAD

    content_object = factory.SubFactory(SchoolFactory)


class ProposalFactory(RowFactory):
    """A SENDCO's role at a school, which waits for a second yes."""

    class Meta:
        model = Proposal

    service = factory.SelfAttribute("school.service")
    school = factory.SubFactory(SchoolFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.SENDCO.codename
    proposed_by = factory.SubFactory(UserFactory)
