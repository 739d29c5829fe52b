"""What every action does to a row: lock it, compare its version, and save what is clean."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from ..models import Record
from .refusals import StaleVersion

R = TypeVar("R", bound=Record)

SAVED_BY_ANOTHER = "Somebody saved the same thing at this moment: look at it before you send this again."


def locked(record: R, *related: str) -> R:
    """The row as it stands now, until the transaction ends nobody else's to change."""
    rows: Any = type(record)._default_manager.select_for_update(of=("self",)).select_related(*related)
    row: R = rows.get(pk=record.pk)
    return row


def refuse_stale(record: Record, version: int | None) -> None:
    """StaleVersion when the record was saved since this version was shown."""
    if record.version != version:
        raise StaleVersion(record)


def save_clean(record: Record, *, apart_from: Iterable[str] = ()) -> None:
    """Save a row that keeps every constraint; ValidationError otherwise, also when another was quicker."""
    record.full_clean(exclude=set(apart_from))
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        # What the other one saved can be seen now, so that the constraint's own words say what is wrong.
        record.full_clean(exclude=set(apart_from))
        raise ValidationError(SAVED_BY_ANOTHER) from None


def put_in(record: Model, fields: dict[str, Any]) -> list[str]:
    """Give the record these values; the names of those that differ from what it had."""
    changed = [name for name, value in fields.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, fields[name])
    return changed


def tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """The same values, texts without the space around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def refuse_unknown(fields: Iterable[str], editable: Iterable[str]) -> None:
    """TypeError for a field that this action does not change."""
    if unknown := set(fields) - set(editable):
        raise TypeError(f"not to be changed here: {', '.join(sorted(unknown))}")
