"""Which facts of a register a person reads and may search by: those of the sides of the work that they stand on."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from ..access import rules
from ..access.adapters import RulesPolicy
from .facts import Fact, Shown


class FactsBySide:
    """A register's facts, and who reads which."""

    facts: dict[str, Fact] = {}
    shown: dict[rules.Side, Shown] = {}
    policy: RulesPolicy

    def facts_for(self, user: Any, part: str) -> dict[str, Fact]:
        """The facts of a part (listed, page, file) that any of the person's sides reads, in the register's order."""
        named = frozenset().union(*self._named(user, part).values())
        return {name: fact for name, fact in self.facts.items() if name in named}

    def more_for_file(self, user: Any) -> dict[str, Fact]:
        """What a file holds besides: facts that ask for each record themselves who reads them."""
        return {}

    def facts_of(self, user: Any, part: str, record: Any) -> dict[str, Fact]:
        """Those of them that the person reads of this record."""
        reads = self.reader(user, part, [record])
        return {name: fact for name, fact in self.facts_for(user, part).items() if reads(record, name)}

    def reader(self, user: Any, part: str, records: Iterable[Any]) -> Callable[[Any, str], bool]:
        """Whether the person reads a fact of one of these records: a side that reads it must be shown the record, for
        nobody who stands on two sides reads on the one what only the other may."""
        named = self._named(user, part)
        if len(set(named.values())) == 1:
            return lambda record, name: True
        keys = [record.pk for record in records]
        shown = {
            side: set(
                self.policy.rules.visible(rules.seen_from(user, side)).filter(pk__in=keys).values_list("pk", flat=True)
            )
            for side in named
        }
        return lambda record, name: any(name in named[side] and record.pk in shown[side] for side in named)

    def sought(self, user: Any) -> dict[rules.Side, frozenset[str]]:
        """The columns that a search looks through, by the sides that the person stands on: of the facts that a side
        reads, and of no other."""
        read: dict[rules.Side, set[str]] = {}
        for part in ("listed", "page", "file", "elsewhere"):
            for side, names in self._named(user, part).items():
                read.setdefault(side, set()).update(*(self.facts[name].sought for name in names))
        return {side: frozenset(columns) for side, columns in read.items()}

    def search(self, user: Any, records: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
        """Those in which each word is found in what one side reads of them: a side that is shown the record."""
        sought = self.sought(user)
        if len(set(sought.values())) == 1:
            return records.filter(_found(words, *set(sought.values())))
        found = Q(pk__in=())
        for side, columns in sought.items():
            shown = self.policy.rules.visible(rules.seen_from(user, side)).order_by().values("pk")
            found |= Q(pk__in=shown) & _found(words, columns)
        return records.filter(found)

    def _named(self, user: Any, part: str) -> dict[rules.Side, frozenset[str]]:
        """The names of the facts of a part, by the sides that the person stands on."""
        nothing = Shown("")
        return {side: frozenset(getattr(self.shown.get(side, nothing), part).split()) for side in rules.sides(user)}


def _found(words: Sequence[str], columns: frozenset[str]) -> Q:
    """Whether each word is in one of the columns."""
    nowhere = Q(pk__in=())
    each = (reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns), nowhere) for word in words)
    return reduce(and_, each)
