"""The cells of a school's pupil list: what may stand in them, and what to do about what may not."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from import_export.widgets import Widget

from ..models import YearGroup
from ..models.likeness import letters_of

LABELS = {
    "first_name": "First name",
    "last_name": "Last name",
    "date_of_birth": "Date of birth",
    "year_group": "Year group",
}
"""The columns of a list, and no others: what the register keeps of a pupil."""

LONGEST_NAME = 80
YOUNGEST, OLDEST = 2, 20
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")
YEARS = {letters: value for value, label in YearGroup.choices for letters in (value.lower(), label.lower())}
SHORT_FOR_YEAR = ("national curriculum year", "nc year", "year", "yr", "y")


class NameWidget(Widget):
    """A name in one line; ValueError says what to do."""

    def clean(self, value: Any, row: Any = None, **_: Any) -> str:
        name = " ".join(str(value or "").split())
        if not name:
            raise ValueError("Enter the name.")
        if len(name) > LONGEST_NAME:
            raise ValueError(f"Shorten this to {LONGEST_NAME} characters.")
        if name.startswith(("=", "+", "@")):
            raise ValueError("This is a formula: enter the name itself.")
        if not letters_of(name) or not name.isprintable():
            raise ValueError("This is no name: enter the name in letters.")
        return name


class BirthdayWidget(Widget):
    """A pupil's date of birth, the day first."""

    def clean(self, value: Any, row: Any = None, **_: Any) -> date:
        day = _day(" ".join(str(value or "").split()))
        if day is None:
            raise ValueError("Enter the day as in 14/03/2018, the day first.")
        today = timezone.localdate()
        if day > today:
            raise ValueError("This day has not come yet: enter the day on which the child was born.")
        if not YOUNGEST <= (age := today.year - day.year) <= OLDEST:
            raise ValueError(f"This child would be {age} years old: look at the year.")
        return day


class YearWidget(Widget):
    """A year group: 4, Y4, Year 4, Reception, N1."""

    def clean(self, value: Any, row: Any = None, **_: Any) -> str:
        said = " ".join(str(value or "").split()).lower()
        for short in SHORT_FOR_YEAR:
            if said.startswith(short):
                said = said.removeprefix(short).strip()
                break
        said = "nursery" if said in ("n1", "n2") else said.lstrip("0") or said
        if said not in YEARS:
            raise ValueError("Enter Nursery, Reception or a year from 1 to 13.")
        return YEARS[said]


def _day(said: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    return None
