"""Puts on record that somebody opened, listed or took something out; called before the page is made."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from .. import audit
from ..audit import sealer
from ..models import AuditEvent, Reading, Referral

ONE_DOWNLOAD = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


def opened(user: Any, record: Model, *, referral: Referral | None = None, part: str = "") -> None:
    """A record was opened, or the named part of it."""
    audit.record("opened", record, by=user, referral=referral, **({"part": part} if part else {}))


def open_lately(user: Any, subject: UUID, part: str) -> Referral | None:
    """The case of a form that this person opened within a day, whatever they may open now."""
    events = AuditEvent.objects.filter(
        actor=user, verb="opened", subject=subject, detail__part=part, at__gt=timezone.now() - ONE_DAY
    )
    event = events.filter(referral__isnull=False).select_related("referral").first()
    return event.referral if event else None


def listed(user: Any, model: type[Model], *, rows: int, search: bool) -> None:
    """A page of a register was shown: how many rows it holds in all, and whether it was searched."""
    audit.record("listed", model, by=user, rows=rows, search=search)


def exported(user: Any, model: type[Model], *, rows: int, form: str) -> None:
    """A register was taken out as a file."""
    with transaction.atomic():
        audit.record("exported", model, by=user, rows=rows, form=form)
        sealer.seal_before_answering()


def taken_out(user: Any, record: Model, *, part: str = "", form: str) -> None:
    """One record, or the named part of it, was taken out as a file."""
    with transaction.atomic():
        audit.record("exported", record, by=user, referral=None, form=form, **({"part": part} if part else {}))
        sealer.seal_before_answering()


def document_opened(user: Any, document: Any, *, resumed: bool = False) -> None:
    """A library document was opened; the first time that this person opens this version is kept for its readers' list.

    The rest of a download that broke off belongs to the opening that it began with; where there is none on record, it
    is an opening too, for all but the first byte is as good as all.
    """
    if resumed and _opened_lately(user, document):
        return
    version = {"person": user, "document": document, "file_hash": document.get_file_hash()}
    with transaction.atomic():
        audit.record("opened", document, by=user, document=document.pk)
        if not Reading.objects.filter(**version).exists():
            Reading.objects.bulk_create([Reading(**version)], ignore_conflicts=True)  # it may be clicked twice at once


def page_opened(user: Any, page: Any) -> None:
    """A page of the library was opened."""
    audit.record("opened", page, by=user, page=page.pk)


def was_opened(document: Any) -> bool:
    """Whether anybody ever opened a version of a library document."""
    return Reading.objects.filter(document=document.pk).exists()


def _opened_lately(user: Any, document: Any) -> bool:
    return AuditEvent.objects.filter(
        actor=user,
        subject__isnull=True,
        verb="opened",
        subject_type=document._meta.label_lower,
        detail__document=document.pk,
        at__gt=timezone.now() - ONE_DOWNLOAD,
    ).exists()
