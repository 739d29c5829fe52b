"""The registers, one noun a file: those of every day, and those of the coordinator's set-up."""

from ..guarded import GuardedModelAdmin
from .absences import Absences
from .agreements import HoursRequests, Rates, ServiceAgreements
from .allocations import Allocations
from .calendar import Closed, SchoolYears, Terms
from .clusters import Clusters
from .concerns import Concerns
from .library_readers import LibraryReaders
from .lists import Lists
from .people import People
from .placements import Placements
from .practitioners import Practitioners
from .pupils import Pupils
from .questions import Questions
from .referrals import Referrals
from .requirements import Requirements
from .roles import ClusterRoles, SchoolRoles, ServiceRoles
from .schools import Schools
from .services import Services
from .sessions import Sessions
from .supervision_rules import SupervisionRules

DAILY: tuple[GuardedModelAdmin, ...] = (Referrals(), Pupils(), Allocations(), Sessions(), Concerns(), HoursRequests())
SETUP: tuple[GuardedModelAdmin, ...] = (
    Services(),
    Clusters(),
    Schools(),
    ServiceAgreements(),
    Rates(),
    Practitioners(),
    Placements(),
    Requirements(),
    SchoolYears(),
    Terms(),
    Closed(),
    Absences(),
    People(),
    ServiceRoles(),
    ClusterRoles(),
    SchoolRoles(),
    Lists(),
    Questions(),
    LibraryReaders(),
    SupervisionRules(),
)
REGISTERS: tuple[GuardedModelAdmin, ...] = DAILY + SETUP
"""Each is registered with `register_with_wagtail()` and gives its menu item with `get_menu_item(order)`."""
