"""Deciding: who puts a school's waiting list in order, agrees what its hours are used for, and hands a case over."""

from django.db.models import Q, QuerySet

from ...models import Endorsement, HandOver, HoursPlan, Placement, Referral, School
from ..roles import SCHOOL_STAFF, Role
from ..scope import of
from .standing import User, coordinates, works

Side = Endorsement.Side


def sides_of_school(user: User, school: School) -> frozenset[str]:
    """For whom a person speaks where a school decides with its therapist. The school: its head and SENDCO. The
    therapist: who is placed there now."""
    scope = of(user)
    sides = {Side.SCHOOL.value} if school.pk in scope.held(*SCHOOL_STAFF) else set()
    return frozenset(sides | ({Side.THERAPIST.value} if school.pk in scope.placed_schools else set()))


def can_order_queue(user: User, school: School) -> bool:
    """Head and SENDCO of the school, a therapist who is placed there now, and the coordinator of its service."""
    return bool(sides_of_school(user, school)) or school.pk in of(user).schools_served(Role.COORDINATOR)


def visible_hours_plans(user: User) -> QuerySet[HoursPlan]:
    """What a school's hours are used for. Head and SENDCO: their school's. Therapist: where placed now. Coordinator:
    the service's."""
    scope = of(user)
    served = scope.schools_served(Role.COORDINATOR)
    schools = scope.held(*SCHOOL_STAFF) | scope.placed_schools | served
    return HoursPlan.objects.filter(school_id__in=schools)


def can_propose_hours_plan(user: User, school: School) -> bool:
    """Head and SENDCO of the school, and a therapist who is placed there now."""
    return bool(sides_of_school(user, school))


def can_agree_hours_plan(user: User, plan: HoursPlan) -> bool:
    """Who speaks for the other side than the one that proposed it; nobody to their own."""
    return plan.proposed_by_id != user.pk and bool(sides_of_school(user, plan.school) - {plan.side})


def can_hand_over_case(user: User, referral: Referral) -> bool:
    """Who works the case, and the coordinator."""
    scope = of(user)
    return works(scope, referral) or coordinates(scope, referral)


def visible_takers(user: User, referral: Referral) -> QuerySet[Placement]:
    """Whom a case can be handed over to, to whoever may hand it over: who is placed at its school."""
    if can_hand_over_case(user, referral):
        return Placement.objects.filter(school=referral.school_id)
    return Placement.objects.none()


def visible_hand_overs(user: User) -> QuerySet[HandOver]:
    """What the next therapist should know: whoever reads clinical text, as of assessments."""
    scope = of(user)
    supervised = Q(
        referral__school_id__among=scope.schools_served(Role.SUPERVISOR), referral__submitted_at__isnull=False
    )
    opened = Q(referral_id__in=scope.worked | scope.opened_in_emergency)
    return HandOver.objects.filter(opened | supervised).exclude(referral__pupil_id__in=scope.blocked_pupils)
