"""The clock of concerns: what was not acknowledged in time is told again, to more people."""

import logging

from django.db import transaction
from django.utils import timezone

from ..access.roles import Role
from ..access.safeguarding import holders, to_tell
from ..models import About, Concern, ConcernEntry
from .concerns import enter, let_know, lock

logger = logging.getLogger(__name__)


def escalate_late() -> int:
    """Tell again what was not acknowledged in time, each once, however often and by however many this is asked; one
    that fails holds up no other. How many were told."""
    told = 0
    for late in Concern.objects.to_escalate():
        try:
            told += _escalate(late)
        except Exception:
            logger.exception("concern %s was not told again, and is tried at the next round", late.pk)
    return told


@transaction.atomic
def _escalate(late: Concern) -> bool:
    """Those who hear of it, the service's safeguarding lead, and its author, who must reach somebody in person."""
    concern = lock(late)
    if not Concern.objects.to_escalate().filter(pk=concern.pk).exists():
        return False
    concern.escalated_at = timezone.now()
    concern.version += 1
    concern.save()
    enter(concern, ConcernEntry.Kind.ESCALATED, by=None)
    hears = to_tell(About(concern.about), concern.school)
    let_know("concern_late", [*hears, *holders(Role.SAFEGUARDING_LEAD, concern.school), concern.author], concern)
    return True
