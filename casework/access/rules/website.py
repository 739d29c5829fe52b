"""What of casework the public website shows, and who reads what comes in through it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ...models import Practitioner, Service, in_force
from ..roles import Role
from ..scope import of
from .standing import User


def public_team(editors: Iterable[int]) -> QuerySet[Practitioner]:
    """For everybody: those of the service whose website these groups edit who are in its team now, and who agreed to be
    shown. The page takes no more of them than `website.member_of` does."""
    team = Practitioner.objects.filter(in_force(), service__editors__in=editors, on_website=True)
    return team.select_related("discipline", "body").order_by("discipline__position", "name")


def can_read_website_messages(user: User, editors: Iterable[int]) -> bool:
    """The coordinator of the service whose website these groups edit."""
    coordinated = of(user).held(Role.COORDINATOR)
    return Service.objects.filter(editors__in=editors, pk__in=coordinated).exists()
