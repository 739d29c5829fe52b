"""What a pupil list comes to, as its page says it: its rows by kind, whom they may be, and who is not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..access import rules
from ..actions.pupil_cells import LABELS
from ..models import Enrolment, ListRow, Pupil, PupilList, RowKind, YearGroup, in_force
from .refer_forms import card, pupils_at

MOST_SHOWN = 100
"""Rows of one kind on the page; the rest is counted."""


@dataclass(frozen=True)
class Likeness:
    """A row, and in words whom it may be."""

    row: ListRow
    known_as: list[str]


def of_kind(rows: Iterable[ListRow], kind: RowKind) -> list[ListRow]:
    return [row for row in rows if row.kind == kind]


def as_added(row: ListRow) -> tuple[ListRow, date, str]:
    """A row that would be added, with its birthday and its year as we read them."""
    return row, date.fromisoformat(row.values["date_of_birth"]), str(YearGroup(row.values["year_group"]).label)


def what_a_yes_does(new: int, changed: int) -> str:
    """The words of the button."""
    add = f"Add {new:,} pupil{'' if new == 1 else 's'}" if new else ""
    change = f"change {changed:,}" + ("" if new else f" pupil{'' if changed == 1 else 's'}") if changed else ""
    words = " and ".join(word for word in (add, change) if word)
    return words[:1].upper() + words[1:] or "Add those that I ticked"


def problems_of(row: ListRow) -> list[tuple[str, str, str]]:
    """Of each cell with a problem: the column, what was read, and what to do; of the whole row, no column."""
    return [(LABELS.get(name, ""), row.read.get(name, ""), words) for name, words in row.to_mend.items()]


def changes_of(row: ListRow) -> list[tuple[str, str, str]]:
    """Of each change: the column, what stands there and what would."""
    return [(LABELS[name], before, after) for name, (before, after) in row.differs.items()]


def likenesses(user: Any, pupil_list: PupilList, rows: list[ListRow]) -> list[Likeness]:
    """Whom each row may be, by as much as this person may learn of them now."""
    pupils = rules.visible_matches(user, pupil_list.school).in_bulk([pk for row in rows for pk in row.like])
    enrolled = Enrolment.objects.filter(in_force(), pupil__in=pupils).select_related("school")
    goes_to = {one.pupil_id: one for one in enrolled}
    cards = {pk: card(pupil, goes_to.get(pk)) for pk, pupil in pupils.items()}
    return [Likeness(row, list(_known_as(row, cards))) for row in rows]


def not_in(user: Any, pupil_list: PupilList, rows: list[ListRow]) -> list[Enrolment]:
    """The pupils of the school, as far as this person sees them, whom no row means or may mean."""
    meant = {row.pupil for row in rows} | {pk for row in rows for pk in row.like}
    return [one for one in pupils_at(user, pupil_list.school) if one.pupil_id not in meant]


def changed_pupils(user: Any, rows: list[ListRow]) -> dict[int, Pupil]:
    """The pupils that rows would change, to link to."""
    return rules.visible_pupils(user).in_bulk([row.pupil for row in rows if row.pupil])


def _known_as(row: ListRow, cards: dict[int, str]) -> Iterable[str]:
    yield from (cards[pk] for pk in row.like if pk in cards)
    if row.like_elsewhere:
        yield "a pupil at another school of the service"
    if row.like_row:
        yield f"row {row.like_row} of this list"
