"""What a reader finds in the library: what is to be read, what is new, and everything by whose it is."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from casework.access import must_read, rules
from casework.access.must_read import Owed
from cms.library import LibraryDocument

TEAM_SHELF = "For everyone in the team"
NEW_FOR = timedelta(days=90)


class Line(NamedTuple):
    """A document, and how its reader stands to it as it is now."""

    document: LibraryDocument
    opened_at: datetime | None = None
    read_at: datetime | None = None
    owed: Owed | None = None
    to_come: bool = False

    @property
    def days_late(self) -> int:
        """How many days after the last one it is; fewer than none before."""
        return (timezone.localdate() - self.owed.due).days if self.owed else 0


class Shelf(NamedTuple):
    """Documents that belong together: the service's own, or those of one school."""

    heading: str
    lines: list[Line]


class Room(NamedTuple):
    """All that a reader finds."""

    to_read: list[Line]
    new: list[Line]
    shelves: list[Shelf]


def room(user: Any) -> Room:
    """The library as this person finds it."""
    lines = _lines(user, rules.visible_documents(user))
    to_read = sorted((line for line in lines if line.owed), key=lambda line: (line.owed.due, line.document.title))
    new = [line for line in lines if not line.owed and _is_new(line, user)]
    return Room(to_read, sorted(new, key=lambda line: _begun(line.document), reverse=True), on_shelves(lines))


def about(user: Any, sought: str) -> list[Shelf]:
    """The documents that this person may open with every one of these words in the title."""
    documents = rules.visible_documents(user)
    for word in sought.split():
        documents = documents.filter(title__icontains=word)
    return on_shelves(_lines(user, documents))


def on_shelves(lines: Iterable[Line]) -> list[Shelf]:
    """The documents by shelf, the team's own first, then each school's; newest first on each."""
    every = list(lines)
    teams = {_service(line) for line in every if not _school(line)}

    def heading(line: Line) -> str:
        return _school(line) or (TEAM_SHELF if len(teams) < 2 else f"{TEAM_SHELF}: {_service(line)}")

    def place(line: Line) -> tuple[bool, str, int, str]:
        document = line.document
        held = document.valid_from or document.dated
        return (bool(_school(line)), heading(line), -held.toordinal() if held else 0, document.title)

    return [Shelf(words, list(group)) for words, group in groupby(sorted(every, key=place), key=heading)]


def _lines(user: Any, documents: QuerySet[LibraryDocument]) -> list[Line]:
    today = timezone.localdate()
    owed, readings = must_read.mine(user, today), must_read.readings_of(user)
    lines = []
    for document in documents:
        read = readings.get((document.pk, document.file_hash))
        to_come = bool(document.valid_from and document.valid_from > today)
        opened_at, read_at = (read.opened_at, read.acknowledged_at) if read else (None, None)
        lines.append(Line(document, opened_at, read_at, owed.get(document.pk), to_come))
    return lines


def _is_new(line: Line, user: Any) -> bool:
    """Not opened yet, come within 90 days, and since its reader came."""
    begun = _begun(line.document)
    first = max(timezone.localdate(user.date_joined), timezone.localdate() - NEW_FOR)
    return not line.opened_at and not line.to_come and begun >= first


def _begun(document: LibraryDocument) -> date:
    came = timezone.localdate(document.came_at)
    return max(came, document.valid_from or came)


def _service(line: Line) -> str:
    # `visible_documents` says with each document whose it is: the service's, or a school's.
    return getattr(line.document, "service_name", "")


def _school(line: Line) -> str:
    return getattr(line.document, "school_name", None) or ""
