"""What a register can say of a record, and which of it each side of the work reads: listed, on its page, in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils import formats, timezone
from wagtail.coreutils import multigetattr


class Look(Enum):
    """How a fact is shown."""

    TEXT = "text"
    TICK = "tick"
    STATUS = "status"
    SINCE = "since"


@dataclass(frozen=True)
class Fact:
    """One fact: what it is called, where it stands, how it is shown and sorted.

    `sort` names the columns of the database that it is sorted by, `sought` those that a search looks through. A minor
    fact is left out of a list on a phone, a brief one stays on one line, a status stands out where `strong` says so.
    """

    label: str
    value: str | Callable[[Any], Any]
    look: Look = Look.TEXT
    sort: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    minor: bool = False
    brief: bool = False
    strong: Callable[[Any], bool] | None = None

    def of(self, record: Any) -> Any:
        """The bare value."""
        return self.value(record) if callable(self.value) else multigetattr(record, self.value)

    def in_words(self, record: Any) -> str:
        """The value as a person reads it; empty where there is none."""
        return words(self.of(record))


@dataclass(frozen=True)
class Shown:
    """The names of the facts that one side reads in the list, on a record's page, and in a file; and of those that it
    may search by too, for it reads them on the page of another register."""

    listed: str
    page: str = ""
    file: str = ""
    elsewhere: str = ""


def day_of(instant: str) -> Callable[[Any], date | None]:
    """The day, in London, of an instant that a record has; none where it has not come to be."""

    def day(record: Any) -> date | None:
        at = multigetattr(record, instant)
        return timezone.localdate(at) if at else None

    return day


def words(value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, time):
        return formats.time_format(value, "H:i")
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    return str(value)
