"""What is rarely there, asked after in one question, so that a first page is no slower for it on every other day."""

from typing import Any

from django.db.models import CharField, QuerySet, Value

from ..access import rules

SECOND_YES, KEPT_WORDS = "second yes", "kept words"


def there(user: Any) -> frozenset[str]:
    """Which of it waits for this person."""
    waits = _named(SECOND_YES, rules.visible_proposals(user).filter(agreed=None))
    return frozenset(waits.union(_named(KEPT_WORDS, rules.visible_kept_words(user).filter(seen_to_at=None))))


def _named(name: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(name, output_field=CharField()), flat=True)
