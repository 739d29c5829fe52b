"""The secret of a calendar feed: whoever holds it reads one practitioner's times and schools, and nothing else.

It has 256 bits of chance, so its plain digest is enough to keep: nobody can try them all.
"""

import hashlib
import secrets

from django.db.models import F

from ..models import CalendarFeed, in_force


def new_secret() -> str:
    """A secret, to be shown once."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(secret: str) -> CalendarFeed | None:
    """The feed of a secret, while it was not ended and its practitioner is in the team with an account that is open:
    the one that made it, for an entry of the team may pass to another account."""
    feeds = CalendarFeed.objects.filter(
        in_force(prefix="practitioner__"), digest=digest(secret), ended_at=None, practitioner__user__is_active=True
    )
    return feeds.filter(made_by=F("practitioner__user")).select_related("practitioner__user").first()
