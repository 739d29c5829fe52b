"""Pupils and their families."""

from django.db.models import Q, QuerySet

from ...models import Carer, Enrolment, Family, Professional, Pupil, PupilList, Referral, School, in_force
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


def visible_families(user: User, family: int | None = None) -> QuerySet[Family]:
    """Contact details: head and SENDCO for their school's pupils, the coordinator and who works the case for theirs.
    A family with a brother or sister who is closed to this person is closed with them. Where one family is asked for,
    nobody else's cases are looked through."""
    scope = of(user)
    theirs = {} if family is None else {"pupil__family_id": family}
    staffed = scope.held(*SCHOOL_STAFF)
    ours = Enrolment.objects.filter(in_force(scope.at), school_id__in=staffed, **theirs).values("pupil_id")
    read = cases_of(scope, roles=(Role.COORDINATOR,), received=False, emergency=False, drafts=True)
    cases = Referral.objects.filter(read, **theirs).values("pupil_id")
    pupils = Pupil.objects.exclude(id__in=scope.blocked_pupils).filter(Q(id__in=ours) | Q(id__in=cases))
    blocked = Pupil.objects.filter(id__in=scope.blocked_pupils)
    families = Family.objects.filter(id__in=pupils.values("family_id")).exclude(id__in=blocked.values("family_id"))
    return families if family is None else families.filter(pk=family)


def visible_carers(user: User, family: int | None = None) -> QuerySet[Carer]:
    """Those of the families whose contact details one reads."""
    return Carer.objects.filter(family_id__in=visible_families(user, family).values("id"))


def visible_professionals(user: User, family: int | None = None) -> QuerySet[Professional]:
    """Who else works with a family: those of the families whose contact details one reads."""
    return Professional.objects.filter(family_id__in=visible_families(user, family).values("id"))


def can_change_family(user: User, family: Family) -> bool:
    """Who cares for its children and who else helps: of those who read its contact details, the coordinator of its
    service, and head and SENDCO of a school that one of its children goes to now."""
    scope = of(user)
    if not visible_families(user, family.pk).exists():
        return False
    ours = Enrolment.objects.filter(
        in_force(scope.at), school_id__in=scope.held(*SCHOOL_STAFF), pupil__family_id=family.pk
    )
    return family.service_id in scope.held(Role.COORDINATOR) or ours.exists()


def visible_matches(user: User, school: School) -> QuerySet[Pupil]:
    """Whom a child who is to be added at a school may turn out to be, by reference, school and year alone. Head and
    SENDCO: who goes to their school now. The coordinator: the service's pupils."""
    scope = of(user)
    pupils = Pupil.objects.exclude(id__in=scope.blocked_pupils)
    if school.pk in scope.schools_served(Role.COORDINATOR):
        return pupils.filter(service_id=school.service_id)
    ours = scope.held(*SCHOOL_STAFF) & {school.pk}
    return pupils.filter(id__in=Enrolment.objects.filter(in_force(scope.at), school_id__in=ours).values("pupil_id"))


def can_learn_of_pupil(user: User, pupil: Pupil, school: School) -> bool:
    """That a pupil of this name and birthday is known to the service, and nothing else of them: whoever may add a
    pupil at one of its schools."""
    unblocked = pupil.pk not in of(user).blocked_pupils
    return unblocked and pupil.service_id == school.service_id and can_add_pupil(user, school)


def can_add_pupil(user: User, school: School) -> bool:
    """Head and SENDCO of the school, and the coordinator of its service."""
    scope = of(user)
    return school.pk in scope.held(*SCHOOL_STAFF) | scope.schools_served(Role.COORDINATOR)


def visible_pupil_lists(user: User) -> QuerySet[PupilList]:
    """A school's pupil list on its way into the register: who sent it, while they may add a pupil of that school."""
    scope = of(user)
    schools = scope.held(*SCHOOL_STAFF) | scope.schools_served(Role.COORDINATOR)
    return PupilList.objects.filter(sent_by_id=user.pk, school_id__in=schools)


def can_bring_in_pupil_list(user: User, pupil_list: PupilList) -> bool:
    """To say yes to it, or to cancel it: who sees it."""
    return visible_pupil_lists(user).filter(pk=pupil_list.pk).exists()


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
