"""The forms of a pupil list: the file, whose columns are found by their headings, and the yes to what it comes to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..actions.pupil_cells import LABELS
from ..actions.pupil_lists import MOST_ROWS
from ..models import ListRow
from .acting import OnceForm
from .fields import VersionedForm
from .table_files import TOO_MANY, Rows, rows_of

ABOVE_HEADER = 5
"""Lines that may stand above the headings: a title, the day of the export."""
HEADINGS = {
    "first_name": "first name, forename, given name, legal forename, legal first name, preferred forename",
    "last_name": "last name, surname, family name, legal surname, legal last name, preferred surname",
    "date_of_birth": "date of birth, dob, birth date, birthday, born",
    "year_group": "year group, year, yr, nc year, national curriculum year, year taught in, nc year actual",
}
COLUMN_OF = {heading: name for name, headings in HEADINGS.items() for heading in headings.split(", ")}


class ListForm(OnceForm):
    """The file; its four columns are read, and everything else in it is dropped at once."""

    file = forms.FileField(
        label="The list",
        help_text=f"CSV or Excel (.xlsx), 2 MB and {MOST_ROWS:,} pupils at most.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty: choose another."},
    )

    def clean_file(self) -> list[ListRow]:
        table = rows_of(self.cleaned_data["file"], MOST_ROWS + ABOVE_HEADER)
        header, columns = _header(table)
        read = [
            ListRow(number, {name: row[place] for name, place in columns.items() if place < len(row)})
            for number, row in table[header + 1 :]
        ]
        rows = [row for row in read if any(row.read.values())]
        if not rows:
            raise ValidationError("There is no pupil in this file.")
        if len(rows) > MOST_ROWS:
            raise ValidationError(TOO_MANY.format(MOST_ROWS))
        return rows


class BringInForm(VersionedForm):
    """The yes, and which rows are another child than the one who is known."""

    others = forms.TypedMultipleChoiceField(label="It is another child", coerce=int, required=False)

    def __init__(self, *args: Any, numbers: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [(number, f"row {number}") for number in numbers]


def _header(table: Rows) -> tuple[int, dict[str, int]]:
    """Which line holds the headings, and where each column stands."""
    for place, (_, row) in enumerate(table[: ABOVE_HEADER + 1]):
        said = [COLUMN_OF.get(_plain(cell), "") for cell in row]
        if len(set(said) - {""}) > 1:
            return place, _columns(said)
    raise ValidationError(f"No headings were found. The first line must say: {', '.join(LABELS.values())}.")


def _columns(said: list[str]) -> dict[str, int]:
    """Where each column stands; each must stand there once."""
    if missing := [label for name, label in LABELS.items() if name not in said]:
        raise ValidationError(f"A column is missing: {', '.join(missing)}. Add it, or take the empty list below.")
    if twice := [label for name, label in LABELS.items() if said.count(name) > 1]:
        raise ValidationError(f"Two columns say the same: {', '.join(twice)}. Take one of them out.")
    return {name: said.index(name) for name in LABELS}


def _plain(heading: str) -> str:
    return " ".join(heading.lower().replace("_", " ").replace(".", "").split())
