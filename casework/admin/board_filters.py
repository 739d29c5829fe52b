"""What the allocation board can be narrowed to: discipline, day, school, language and urgency."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from ..models import School, Weekday
from ..reports.board import SOON, Wanted
from ..reports.fitting import Offer

NAMES = ("discipline", "day", "school", "language", "soon")
FROM_BOARD = "from_board"
"""The field of a form that was sent from the board: what the board was narrowed to."""
SHORT = 80


class Filters(forms.Form):
    """Plain selects; an answer that is not offered counts as none."""

    discipline = forms.ChoiceField(label="Discipline", required=False)
    day = forms.ChoiceField(label="Day", required=False)
    school = forms.ChoiceField(label="School", required=False)
    language = forms.ChoiceField(label="Language", required=False)
    soon = forms.ChoiceField(label="How soon", required=False)

    def __init__(self, asked: Mapping[str, str], offers: list[Offer], schools: list[School]) -> None:
        super().__init__({name: asked.get(name, "") for name in NAMES})
        self.schools = {str(school.uuid): school for school in schools}
        disciplines = sorted({(offer.discipline_label, str(offer.discipline)) for offer in offers})
        languages = sorted({language for offer in offers for language in offer.languages})
        self._offer("discipline", [(key, label) for label, key in disciplines])
        self._offer("day", [(str(day), str(label)) for day, label in Weekday.choices])
        self._offer("school", [(key, school.name) for key, school in self.schools.items()])
        self._offer("language", [(language, language) for language in languages])
        self._offer("soon", SOON)
        self.is_valid()
        self.chosen = {name: self.cleaned_data.get(name, "") for name in NAMES}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "All"), *choices]

    def wanted(self) -> Wanted:
        """For the report."""
        school = self.schools.get(self.chosen["school"])
        return Wanted(
            discipline=int(self.chosen["discipline"]) if self.chosen["discipline"] else None,
            day=int(self.chosen["day"]) if self.chosen["day"] else None,
            school=school.pk if school else None,
            language=self.chosen["language"],
            soon=self.chosen["soon"],
        )


def board_address(asked: Mapping[str, Any]) -> str:
    """The board, narrowed to what is asked."""
    query = narrowed(asked)
    return reverse("casework_board") + (f"?{query}" if query else "")


def narrowed(asked: Mapping[str, Any]) -> str:
    """What the board is narrowed to, as it stands in an address."""
    return urlencode([(name, asked[name][:SHORT]) for name in NAMES if asked.get(name)])
