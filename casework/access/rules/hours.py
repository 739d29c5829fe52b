"""Hours: what a school and the service agree, what was used, and how a school comes by more."""

from django.db.models import Q, QuerySet

from ...models import HoursEntry, HoursLoan, HoursRequest, Rate, School, ServiceAgreement
from ..roles import SCHOOL_STAFF, Role
from ..scope import of
from .standing import User


def visible_hours_schools(user: User) -> QuerySet[School]:
    """The schools whose hours one sees in figures. Coordinator and clinical supervisor: the service's. Head and SENDCO:
    their own. Therapist: where placed now."""
    scope = of(user)
    office = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR)
    return School.objects.filter(pk__in=office | scope.held(*SCHOOL_STAFF) | scope.placed_schools)


def can_view_hours(user: User, school: School) -> bool:
    """Whether it is in the list."""
    return visible_hours_schools(user).filter(pk=school.pk).exists()


def visible_hours_entries(user: User) -> QuerySet[HoursEntry]:
    """Each hour that came or went. Coordinator and clinical supervisor: the service's. Head and SENDCO: their school's.
    A therapist sees figures, and no colleague's sessions. Which case an hour was for is told where the case itself is
    seen, and nowhere else."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR) | scope.held(*SCHOOL_STAFF)
    return HoursEntry.objects.filter(school_id__in=schools)


def visible_rates(user: User) -> QuerySet[Rate]:
    """What an hour costs in each band: the service's coordinator."""
    return Rate.objects.filter(service_id__in=of(user).held(Role.COORDINATOR))


def visible_service_agreements(user: User) -> QuerySet[ServiceAgreement]:
    """Coordinator: the service's. Head and SENDCO: their school's, from the day on which it is proposed."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR) | scope.held(*SCHOOL_STAFF)
    return ServiceAgreement.objects.filter(school_id__in=schools)


def visible_hours_requests(user: User) -> QuerySet[HoursRequest]:
    """Coordinator: the service's. Head and SENDCO: their school's."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR) | scope.held(*SCHOOL_STAFF)
    return HoursRequest.objects.filter(school_id__in=schools)


def visible_hours_loans(user: User) -> QuerySet[HoursLoan]:
    """Coordinator: the service's. Head and SENDCO: what their school lends or borrows."""
    scope = of(user)
    schools = scope.schools_served(Role.COORDINATOR) | scope.held(*SCHOOL_STAFF)
    return HoursLoan.objects.filter(Q(lender_id__in=schools) | Q(borrower_id__in=schools))


def can_change_rate(user: User, rate: Rate) -> bool:
    """The coordinator of its service. Agreements keep the rate at which they were made."""
    return rate.service_id in of(user).held(Role.COORDINATOR)


def can_propose_service_agreement(user: User, school: School) -> bool:
    """The coordinator of its service."""
    return school.pk in of(user).schools_served(Role.COORDINATOR)


def can_change_service_agreement(user: User, agreement: ServiceAgreement) -> bool:
    """The coordinator of its service, until it is signed."""
    return agreement.signed_on is None and can_propose_service_agreement(user, agreement.school)


def can_sign_service_agreement(user: User, agreement: ServiceAgreement) -> bool:
    """The coordinator of its service writes down that school and service have signed it."""
    return can_change_service_agreement(user, agreement)


def can_request_hours(user: User, school: School) -> bool:
    """The school's head."""
    return school.pk in of(user).held(Role.HEAD)


def can_withdraw_hours_request(user: User, request: HoursRequest) -> bool:
    """The head of the school that asks, until it is answered."""
    return request.state == HoursRequest.State.ASKED and can_request_hours(user, request.school)


def can_answer_hours_request(user: User, request: HoursRequest) -> bool:
    """The coordinator of its service, once."""
    return request.state == HoursRequest.State.ASKED and can_adjust_hours(user, request.school)


def can_ask_for_loan(user: User, request: HoursRequest) -> bool:
    """Whoever may answer the request; the school that is asked is another of the same service."""
    return can_answer_hours_request(user, request)


def can_answer_loan(user: User, loan: HoursLoan) -> bool:
    """The head of the school that is to lend, once."""
    return loan.state == HoursLoan.State.ASKED and loan.lender_id in of(user).held(Role.HEAD)


def can_withdraw_loan(user: User, loan: HoursLoan) -> bool:
    """The coordinator of its service, until it is answered."""
    return loan.state == HoursLoan.State.ASKED and can_adjust_hours(user, loan.borrower)


def can_adjust_hours(user: User, school: School) -> bool:
    """An adjustment, and carrying over to another year, each with a reason that the school reads: the coordinator of
    its service."""
    return school.pk in of(user).schools_served(Role.COORDINATOR)


def can_view_statement(user: User, school: School) -> bool:
    """Each entry of a month, with what it was for: the coordinator, the clinical supervisor, and the school's head and
    SENDCO."""
    scope = of(user)
    return school.pk in scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR) | scope.held(*SCHOOL_STAFF)


def can_take_out_statement(user: User, school: School) -> bool:
    """A month's statement as a file: the coordinator, and the school's head and SENDCO."""
    scope = of(user)
    return school.pk in scope.schools_served(Role.COORDINATOR) | scope.held(*SCHOOL_STAFF)


def can_take_out_accounts(user: User, school: School) -> bool:
    """The lines of a month for a program that keeps accounts: the coordinator."""
    return can_adjust_hours(user, school)
