"""Words that were kept when a case had closed to their author, and that nobody has seen to yet."""

from typing import Any

from ..access import rules
from ..models import KeptWords

SHOWN = 10


def waiting(user: Any) -> list[KeptWords]:
    """Those that this person finds, the oldest first; their words are not read for it."""
    rows = rules.visible_kept_words(user).filter(seen_to_at=None).defer("text")
    return list(rows.select_related("referral", "author", "handed_to")[:SHOWN])
