"""Other work, and a therapist's month."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ...models import Practitioner, Referral, School, Work
from ..roles import SCHOOL_STAFF, Role
from ..scope import of
from .cases import visible_referrals
from .standing import User, works

WORK_LOCKS_AFTER = timedelta(days=7)


def visible_case_work(user: User) -> QuerySet[Work]:
    """What was done for a case besides its sessions, such as a meeting with parents: whoever sees the case learns that
    it took place. How long it was, and by whom, the school is not told."""
    return Work.objects.filter(referral__in=visible_referrals(user).values("pk"))


def can_record_work(user: User, practitioner: Practitioner) -> bool:
    """The practitioner, for themselves."""
    return practitioner.pk in of(user).practitioners


def can_record_work_of(user: User, referral: Referral) -> bool:
    """Who works the case."""
    return works(of(user), referral)


def visible_own_work(user: User) -> QuerySet[Work]:
    """What a practitioner wrote down of their own other work, to mend it."""
    return Work.objects.filter(practitioner_id__in=of(user).practitioners)


def can_change_work(user: User, work: Work) -> bool:
    """The practitioner, for seven days; on a case, while they work it."""
    fresh = timezone.now() < work.created_at + WORK_LOCKS_AFTER
    in_case = work.referral is None or can_record_work_of(user, work.referral)
    return fresh and in_case and can_record_work(user, work.practitioner)


def visible_months(user: User) -> QuerySet[Practitioner]:
    """Whose month one may read: one's own; of the service's whole team its coordinator."""
    scope = of(user)
    return Practitioner.objects.filter(Q(pk__in=scope.practitioners) | Q(service_id__in=scope.held(Role.COORDINATOR)))


def schools_of_coverage(user: User) -> QuerySet[School]:
    """The schools whose week stands there even where nobody is placed: the service's for coordinator and clinical
    supervisor, their own for head and SENDCO."""
    scope = of(user)
    return School.objects.filter(
        pk__in=scope.schools_served(Role.COORDINATOR, Role.SUPERVISOR) | scope.held(*SCHOOL_STAFF)
    )


def can_view_coverage(user: User) -> bool:
    """Which therapist is at which school on which weekday: coordinator and clinical supervisor for the service's
    schools, head and SENDCO for their own, practitioner one's own days."""
    scope = of(user)
    return bool(scope.held(Role.COORDINATOR, Role.SUPERVISOR, *SCHOOL_STAFF) or scope.practitioners)
