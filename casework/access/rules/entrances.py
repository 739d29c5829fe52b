"""Which parts of the admin a person may enter, and who is told how the installation fares."""

from django.db.models import QuerySet

from ...audit import request
from ...models import BackupRun
from ..roles import Role
from ..scope import of
from .library import can_open_library
from .standing import User

WEBSITE_EDITORS = "Website editor"
TECHNICAL_ADMINISTRATORS = "Technical administrator"


def surfaces(user: User) -> frozenset[str]:
    """Which parts of the admin a person may enter; the union of what their roles open.

    - casework: whoever holds a role, works in a team or has a case now
    - coordination: the coordinator's registers and set-up
    - cms: the coordinator, and the website editors of any site
    - library: whoever may open the library
    - system: technical administrators
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    scope = of(user)
    groups = groups_of(user)
    coordinates = bool(scope.held(Role.COORDINATOR))
    opened = {
        "casework": not scope.is_empty,
        "coordination": coordinates,
        "cms": coordinates or any(name.startswith(WEBSITE_EDITORS) for name in groups),
        "library": can_open_library(user),
        "system": TECHNICAL_ADMINISTRATORS in groups,
    }
    return frozenset(name for name, is_open in opened.items() if is_open)


def groups_of(user: User) -> frozenset[str]:
    """The names of the groups that a person is in."""
    return request.once(("groups", user.pk), lambda: frozenset(user.groups.values_list("name", flat=True)))


def visible_backups(user: User) -> QuerySet[BackupRun]:
    """When backups were made and whether they hold: coordinators and technical administrators, each of the whole
    installation, for that is what a backup is of. It says nothing of a case."""
    return BackupRun.objects.all() if surfaces(user) & {"coordination", "system"} else BackupRun.objects.none()
