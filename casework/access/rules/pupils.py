"""Pupils and their families."""

from django.db.models import Q, QuerySet

from ...models import Carer, Enrolment, Pupil, Referral, School, in_force
from ..roles import SCHOOL_STAFF, Role
from ..scope import of
from .standing import User, cases_of


def visible_pupils(user: User) -> QuerySet[Pupil]:
    """Head and SENDCO: who goes to their school now. Everyone: the pupils of the referrals that they may see."""
    scope = of(user)
    ours = Enrolment.objects.filter(in_force(scope.at), school_id__in=scope.held(*SCHOOL_STAFF))
    referred = Referral.objects.filter(cases_of(scope, drafts=True)).values("pupil_id")
    pupils = Pupil.objects.exclude(id__in=scope.blocked_pupils)
    if not scope.held(*SCHOOL_STAFF):
        return pupils.filter(id__in=referred)
    return pupils.filter(Q(id__in=ours.values("pupil_id")) | Q(id__in=referred))


def visible_carers(user: User, family: int | None = None) -> QuerySet[Carer]:
    """Contact details: head and SENDCO for their school's pupils, the coordinator and who works the case for theirs.
    Where one family is asked for, nobody else's cases are looked through."""
    scope = of(user)
    theirs = {} if family is None else {"pupil__family_id": family}
    staffed = scope.held(*SCHOOL_STAFF)
    ours = Enrolment.objects.filter(in_force(scope.at), school_id__in=staffed, **theirs).values("pupil_id")
    read = cases_of(scope, roles=(Role.COORDINATOR,), received=False, emergency=False, drafts=True)
    cases = Referral.objects.filter(read, **theirs).values("pupil_id")
    pupils = Pupil.objects.exclude(id__in=scope.blocked_pupils).filter(Q(id__in=ours) | Q(id__in=cases))
    blocked = Pupil.objects.filter(id__in=scope.blocked_pupils)
    carers = Carer.objects.filter(family_id__in=pupils.values("family_id")).exclude(
        family_id__in=blocked.values("family_id")
    )
    return carers if family is None else carers.filter(family_id=family)


def can_add_pupil(user: User, school: School) -> bool:
    """Head and SENDCO of the school, and the coordinator of its service."""
    scope = of(user)
    return school.pk in scope.held(*SCHOOL_STAFF) | scope.schools_served(Role.COORDINATOR)


def can_change_pupil(user: User, pupil: Pupil) -> bool:
    """Head and SENDCO of the school that the pupil goes to now; the coordinator, where a referral shows the pupil."""
    scope = of(user)
    if pupil.pk in scope.blocked_pupils:
        return False
    ours = Enrolment.objects.filter(in_force(scope.at), pupil_id=pupil.pk, school_id__in=scope.held(*SCHOOL_STAFF))
    if ours.exists():
        return True
    return pupil.service_id in scope.held(Role.COORDINATOR) and visible_pupils(user).filter(pk=pupil.pk).exists()


def can_block_pupil(user: User, pupil: Pupil, person: User) -> bool:
    """Coordinator and clinical supervisor of the service, for anybody; whoever may see the pupil, for themselves."""
    scope = of(user)
    if pupil.pk in scope.blocked_pupils:
        return False
    if pupil.service_id in scope.held(Role.COORDINATOR, Role.SUPERVISOR):
        return True
    return person.pk == user.pk and visible_pupils(user).filter(pk=pupil.pk).exists()


def can_unblock_pupil(user: User, pupil: Pupil, person: User) -> bool:
    """Coordinator and clinical supervisor of the service; nobody for themselves."""
    scope = of(user)
    unblocked = person.pk != user.pk and pupil.pk not in scope.blocked_pupils
    return unblocked and pupil.service_id in scope.held(Role.COORDINATOR, Role.SUPERVISOR)
