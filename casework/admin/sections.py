"""What stands beside a record on its page: short lists that lead on."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """A line: what it is called, where it leads, and what else is said of it."""

    label: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, its lines, and the words for when there is none."""

    heading: str
    empty: str
    entries: list[Entry] = field(default_factory=list)
