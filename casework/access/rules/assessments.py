"""Assessments: who reads them, writes them, and puts down who received them."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from ...models import Assessment, Referral
from ..roles import Role
from ..scope import of
from .sessions import NOTE_LOCKS_AFTER
from .standing import User, works


def visible_assessments(user: User) -> QuerySet[Assessment]:
    """Whoever reads clinical text: who works the case, the clinical supervisor once it was sent, whoever opened it in
    an emergency. Neither the school nor the coordinator."""
    scope = of(user)
    supervised = Q(
        referral__school_id__among=scope.schools_served(Role.SUPERVISOR), referral__submitted_at__isnull=False
    )
    opened = Q(referral_id__in=scope.worked | scope.opened_in_emergency)
    return Assessment.objects.filter(opened | supervised).exclude(referral__pupil_id__in=scope.blocked_pupils)


def can_write_assessment(user: User, referral: Referral) -> bool:
    """Who works the case: begins one, and adds to a finished one."""
    return works(of(user), referral)


def can_change_assessment(user: User, assessment: Assessment) -> bool:
    """Who works the case: a draft; a finished one for seven days, until somebody received it. After that it is only
    added to."""
    fresh = assessment.finished_at is None or timezone.now() < assessment.finished_at + NOTE_LOCKS_AFTER
    return fresh and works(of(user), assessment.referral) and not assessment.recipients.exists()


def can_record_recipient(user: User, assessment: Assessment) -> bool:
    """Who received it, and on what basis: who works the case."""
    return works(of(user), assessment.referral)
