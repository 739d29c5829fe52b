"""What happened, and who opened what: one event for every opening, listing, export and change.

An event of a change is written in the change's own transaction; an event of an opening is its own short commit
before the page is made, so that nothing is shown that is not on record. Each event carries its own seal; a sealer puts
the committed ones into a chain.
"""

from typing import Any
from uuid import UUID

from django.db import models, transaction

from ..models import AuditEvent, Referral
from . import seals
from .inserting import insert
from .request import current

__all__ = ["record"]


@transaction.atomic
def record(
    verb: str, subject: models.Model | type[models.Model], *, by: Any, referral: Referral | None = None, **detail: Any
) -> AuditEvent:
    """Write one event. `subject` is the record, or the model where a whole list was meant.

    `detail` holds names of fields, counts and statuses, never text that somebody wrote.
    """
    uuid: UUID | None = getattr(subject, "uuid", None) if isinstance(subject, models.Model) else None
    if referral is None:
        referral = subject if isinstance(subject, Referral) else getattr(subject, "referral", None) if uuid else None
    request = current()
    event = AuditEvent(
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject=uuid,
        referral=referral,
        detail=detail,
        request_id=request.id if request else "",
        address=AuditEvent._meta.get_field("address").get_prep_value(request.address) if request else None,
    )
    event.mac = seals.of_event(event)
    insert(event)
    return event
