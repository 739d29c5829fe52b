"""The columns of a register's list, made from its facts in Wagtail's own looks."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn

from .facts import Fact, Look, words

MINOR, BRIEF = "register-minor", "register-brief"


class WordsColumn(Column):
    """A value in words."""

    def get_value(self, instance: Any) -> str:
        return words(super().get_value(instance))


class TickColumn(WordsColumn):
    """Yes or no: a tick with its word, for a colour alone tells nothing."""

    cell_template_name = "casework/registers/tick_cell.html"


LOOKS: dict[Look, type[Column]] = {
    Look.TEXT: WordsColumn,
    Look.TICK: TickColumn,
    Look.STATUS: StatusTagColumn,
    Look.SINCE: DateColumn,
}


def columns_of(facts: dict[str, Fact], address_of: Callable[[Any], str | None]) -> list[BaseColumn]:
    """The first fact is the title and leads to the record; the others follow."""
    (title, first), *others = facts.items()
    columns: list[BaseColumn] = [
        TitleColumn(title, get_url=address_of, **_said_of(title, first) | {"accessor": first.in_words})
    ]
    for name, fact in others:
        options = {"primary": fact.strong} if fact.look is Look.STATUS else {}
        columns.append(LOOKS[fact.look](name, **_said_of(name, fact), **options))
    return columns


def _said_of(name: str, fact: Fact) -> dict[str, Any]:
    """What every column is told."""
    classes = [name for name, holds in ((MINOR, fact.minor), (BRIEF, fact.brief)) if holds]
    return {
        "label": fact.label,
        "accessor": fact.of,
        "sort_key": name if fact.sort else None,
        "classname": " ".join(classes) or None,
    }
