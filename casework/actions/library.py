"""The library: a reader says that they have read and understood a version of a document."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import rules
from ..models import DocumentAudience, Reading
from .refusals import StepRefused

TRY_AGAIN = "That is not what the document says. Look it up once more, and choose again: nothing is lost."


@transaction.atomic
def acknowledge(audience: DocumentAudience, *, by: Any, file_hash: str, answer: str = "") -> Reading:
    """They have read and understood the version that they were shown; said twice, it was said the first time.

    StepRefused where they have not opened it, or where it is not the version that is there now; ValidationError for a
    wrong answer.
    """
    if not rules.can_acknowledge_document(by, audience):
        raise PermissionDenied
    document: Any = audience.document
    if file_hash != document.file_hash:
        raise StepRefused("that you open the document once more: its file was changed meanwhile")
    mine = Reading.objects.filter(person=by, document=document, file_hash=file_hash)
    reading = mine.select_for_update(of=("self",)).first()
    if reading is None:
        raise StepRefused("that you open this version of the document first")
    if reading.acknowledged_at:
        return reading
    asked = asks(audience)
    if asked and answer != audience.answers[0]:
        raise ValidationError({"answer": TRY_AGAIN})
    reading.acknowledged_at, reading.understood = timezone.now(), asked
    reading.version += 1
    reading.save()
    audit.record("acknowledged", audience, by=by, document=document.pk, version=file_hash)
    return reading


def asks(audience: DocumentAudience) -> bool:
    """Whether its question is asked: where the service checks what was understood, and there is one."""
    return audience.service.checks_understanding and bool(audience.check_question)
