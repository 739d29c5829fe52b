"""What stands beside a record on its page: short lists that lead on."""

from dataclasses import dataclass, field

from .acting import OnceForm


@dataclass(frozen=True)
class Entry:
    """A line: what it is called, where it leads, and what else is said of it."""

    label: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Button:
    """What can be done at once from here: a form with nothing to fill in."""

    label: str
    address: str
    form: OnceForm = field(default_factory=OnceForm)


@dataclass(frozen=True)
class Section:
    """A heading, its lines, the words for when there is none, and what can be done."""

    heading: str
    empty: str
    entries: list[Entry] = field(default_factory=list)
    button: Button | None = None
