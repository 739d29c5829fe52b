"""Calendar: school years, terms, closed days, absences, and a practitioner's own feed."""

from django.db.models import Q, QuerySet

from ...models import Absence, CalendarFeed, ClosedDays, Practitioner, SchoolYear, Term
from ..roles import Role
from ..scope import of
from .standing import User


def visible_school_years(user: User) -> QuerySet[SchoolYear]:
    """A service's school years, to set them up: its coordinator. Everybody's diary keeps to them."""
    return SchoolYear.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def visible_terms(user: User) -> QuerySet[Term]:
    """A service's terms: its coordinator."""
    return Term.objects.filter(school_year__service_id__in=of(user).held(Role.COORDINATOR))


def visible_closed_days(user: User) -> QuerySet[ClosedDays]:
    """The days on which a service's schools, or one of them, are closed: its coordinator."""
    return ClosedDays.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def visible_absences(user: User) -> QuerySet[Absence]:
    """Coordinator and clinical supervisor: the service's team. Practitioner: one's own."""
    scope = of(user)
    served = scope.held(Role.COORDINATOR, Role.SUPERVISOR)
    return Absence.objects.filter(Q(practitioner__service_id__in=served) | Q(practitioner_id__in=scope.practitioners))


def can_change_school_year(user: User, year: SchoolYear) -> bool:
    """The coordinator of its service."""
    return year.service_id in of(user).held(Role.COORDINATOR)


def can_change_term(user: User, term: Term) -> bool:
    """The coordinator of its service."""
    return can_change_school_year(user, term.school_year)


def can_change_closed_days(user: User, days: ClosedDays) -> bool:
    """The coordinator of the service; a school must be one of the service's own."""
    own_school = days.school is None or days.school.service_id == days.service_id
    return own_school and days.service_id in of(user).held(Role.COORDINATOR)


def can_change_absence(user: User, absence: Absence) -> bool:
    """The coordinator of the service; a practitioner their own."""
    scope = of(user)
    own = absence.practitioner_id in scope.practitioners
    return own or absence.practitioner.service_id in scope.held(Role.COORDINATOR)


def can_keep_feed(user: User, practitioner: Practitioner) -> bool:
    """The practitioner alone: whoever knows the address reads the timetable."""
    return practitioner.pk in of(user).practitioners


def visible_feeds(user: User) -> QuerySet[CalendarFeed]:
    """One's own."""
    return CalendarFeed.objects.filter(practitioner_id__in=of(user).practitioners)
