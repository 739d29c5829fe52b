"""Which version of a library document holds on a day: as a question to the database, and in words."""

from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ..models import DocumentAudience


def documents() -> QuerySet[Any]:
    """Every library document; whose each is, the rules say."""
    found: QuerySet[Any] = apps.get_model(settings.WAGTAILDOCS_DOCUMENT_MODEL).objects.all()
    return found


def holding(day: date) -> QuerySet[Any]:
    """Those that hold on a day."""
    return documents().filter(begun(day), not_withdrawn(day)).exclude(superseded(day))


def begun(day: date) -> Q:
    """Whose first day has come."""
    return Q(valid_from=None) | Q(valid_from__lte=day)


def not_withdrawn(day: date) -> Q:
    """Which are not withdrawn yet."""
    return Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)


def superseded(day: date, document: str = "pk") -> Exists:
    """Whether a newer version, one that has readers, has begun by a day, or had begun before it was withdrawn;
    `document` is where the rows that are asked for name their document."""
    held = Q(withdrawn_on=None) | Q(valid_from=None) | Q(withdrawn_on__gt=F("valid_from"))
    newer = documents().filter(begun(day), held, replaces=OuterRef(document))
    return Exists(newer.filter(id__in=DocumentAudience.objects.values("document_id")))


def standing(document: Any, day: date) -> str:
    """How a document stands, in words; it comes with `is_superseded`."""
    if document.withdrawn_on and document.withdrawn_on <= day:
        return f"withdrawn on {document.withdrawn_on:%-d %B %Y}"
    if document.is_superseded:
        return "replaced by a newer version"
    if document.valid_from and document.valid_from > day:
        return f"from {document.valid_from:%-d %B %Y}"
    if document.review_by and document.review_by < day:
        return f"in use; review was due on {document.review_by:%-d %B %Y}"
    if document.withdrawn_on:
        return f"in use until it is withdrawn on {document.withdrawn_on:%-d %B %Y}"
    return "in use"
