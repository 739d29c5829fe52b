"""What is rarely there, asked after in one question, so that a first page is no slower for it on every other day."""

from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from ..access import rules
from . import (
    absences,
    agreements,
    concerns,
    hours_asked,
    messages,
    missed,
    packs,
    reading,
    role_changes,
    with_the_team,
)

SECOND_YES, KEPT_WORDS, AGREEMENTS = "second yes", "kept words", "agreements"
CONCERNS, ROLE_CHANGES = "concerns", "role changes"
HOURS, UNSIGNED, LOST = "hours", "unsigned", "lost messages"
AWAY, MISSED, PACKS, REQUIRED = "away", "missed", "packs", "required"
TO_READ, LIBRARY, TEAM = "to read", "library", "with the team"


def there(user: Any) -> frozenset[str]:
    """Which of it waits for this person."""
    waits = _named(SECOND_YES, rules.visible_proposals(user).filter(agreed=None))
    kept = _named(KEPT_WORDS, rules.visible_kept_words(user).filter(seen_to_at=None))
    asking = [_named(AGREEMENTS, rows) for rows in agreements.asking(user)]
    raised = _named(CONCERNS, concerns.asking(user))
    since = timezone.now() - role_changes.LATELY
    changed = [_named(ROLE_CHANGES, rows) for rows in role_changes.tables(user, since)]
    asked = [_named(HOURS, rows) for rows in hours_asked.asking(user)]
    unsigned = _named(UNSIGNED, hours_asked.unsigned(user))
    lost = _named(LOST, messages.missed(user))
    more = [_named(AWAY, absences.soon(user)), _named(MISSED, missed.cases(user))]
    more += [_named(PACKS, rows) for rows in packs.asking(user)]
    more.append(_named(REQUIRED, rules.visible_requirements(user).filter(active=True)))
    more.append(_named(TO_READ, reading.asking(user)))
    more += [_named(LIBRARY, rows) for rows in reading.to_look_after(user)]
    more.append(_named(TEAM, with_the_team.coming(user)))
    return frozenset(waits.union(kept, raised, *asking, *changed, *asked, unsigned, lost, *more))


def _named(name: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(name, output_field=CharField()), flat=True)
