"""A practitioner's calendar feed: made, renewed and ended by the practitioner alone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from .. import audit
from ..access import feeds, rules
from ..models import CalendarFeed, Practitioner
from .saving import locked, save_clean


@transaction.atomic
def renew(practitioner: Practitioner, *, by: Any) -> str:
    """Make a new address, which ends the one before. Its secret is given back here, and never again."""
    end(practitioner, by=by)
    secret = feeds.new_secret()
    feed = CalendarFeed(practitioner=practitioner, digest=feeds.digest(secret), made_by=by)
    save_clean(feed)
    audit.record("added", feed, by=by)
    return secret


@transaction.atomic
def end(practitioner: Practitioner, *, by: Any) -> None:
    """End the address, at once."""
    if not rules.can_keep_feed(by, practitioner):
        raise PermissionDenied
    locked(practitioner)
    for feed in practitioner.feeds.select_for_update().filter(ended_at=None):
        feed.ended_at = timezone.now()
        feed.version += 1
        feed.save()
        audit.record("ended", feed, by=by)
