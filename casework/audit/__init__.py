"""What happened, and who opened what: one event for every opening, listing, export and change.

An event of a change is written in the change's own transaction; an event of an opening is its own short commit
before the page is made, so that nothing is shown that is not on record. Each event carries its own seal; a sealer puts
the committed ones into a chain.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from ..models import AuditEvent, Referral
from . import seals
from .inserting import insert, make
from .request import current

__all__ = ["of", "record"]


def record(
    verb: str, subject: models.Model | type[models.Model], *, by: Any, referral: Referral | None = None, **detail: Any
) -> AuditEvent:
    """Write one event. `subject` is the record, or the model where a whole list was meant.

    `detail` holds names of fields, counts and statuses, never text that somebody wrote.
    """
    uuid: UUID | None = getattr(subject, "uuid", None) if isinstance(subject, models.Model) else None
    request = current()
    event = make(
        uuid=uuid4(),
        at=timezone.now(),
        actor_id=getattr(by, "pk", None),
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject=uuid,
        referral_id=referral.pk if referral else _case_of(subject) if uuid else None,
        detail=detail,
        request_id=request.id if request else "",
        address=AuditEvent._meta.get_field("address").get_prep_value(request.address) if request else None,
    )
    event.mac = seals.of_event(event)
    insert(event)
    return event


def of(subject: Any) -> models.QuerySet[AuditEvent]:
    """The events of a record: those of a case, and of what hangs on it, by way of the case."""
    return AuditEvent.objects.filter(subject=subject.uuid, referral=_case_of(subject))


def _case_of(subject: Any) -> int | None:
    case: int | None = subject.pk if isinstance(subject, Referral) else getattr(subject, "referral_id", None)
    return case
