"""Finding other help: what of a list fits an age, a language and a purse."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms

TOPICS = [
    ("feelings", "Feelings and worries"),
    ("loss", "When someone has died"),
    ("home", "Family and home"),
    ("housing", "Housing and money"),
    ("health", "Health"),
    ("school", "School and learning"),
    ("groups", "Clubs, groups and courses"),
]
"""What there is help with."""

AGES = {
    "0-4": ("Under 5", 0, 4),
    "5-10": ("5 to 10", 5, 10),
    "11-18": ("11 to 18", 11, 18),
    "19": ("Grown-ups", 19, 99),
}
"""The ages that are asked for: words, youngest, oldest."""


class Shelf(NamedTuple):
    """The entries of one topic."""

    heading: str
    entries: list[Any]


class FilterForm(forms.Form):
    """What to leave out. An answer that is not on the list leaves out nothing."""

    topic = forms.ChoiceField(label="Help with", required=False)
    age = forms.ChoiceField(label="How old?", required=False)
    language = forms.ChoiceField(label="Language", required=False)
    free = forms.BooleanField(label="Only what is free", required=False)

    def __init__(self, data: Any, *, entries: Iterable[Any]) -> None:
        super().__init__(data, prefix=None, auto_id="find-%s")
        spoken = sorted({language for entry in entries for language in languages_of(entry)})
        self.fields["topic"].choices = [("", "Anything"), *TOPICS]
        self.fields["age"].choices = [("", "Any age"), *((key, words) for key, (words, _, _) in AGES.items())]
        self.fields["language"].choices = [("", "Any language"), *((name, name) for name in spoken)]
        self.full_clean()

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return any(self.cleaned_data.values())

    def fitting(self, entries: Iterable[Any]) -> list[Any]:
        """The entries that fit every answer."""
        wanted = self.cleaned_data
        return [
            entry
            for entry in entries
            if (not wanted.get("topic") or entry.topic == wanted["topic"])
            and (not wanted.get("age") or _is_for(entry, *AGES[wanted["age"]][1:]))
            and (not wanted.get("language") or wanted["language"] in languages_of(entry))
            and (not wanted.get("free") or entry.cost == "free")
        ]


def languages_of(entry: Any) -> list[str]:
    """The languages that an entry names."""
    return [language.strip() for language in entry.languages.split(",") if language.strip()]


def shelves(entries: Iterable[Any]) -> list[Shelf]:
    """The entries by topic; no empty shelf."""
    found = list(entries)
    by_topic = [Shelf(words, [entry for entry in found if entry.topic == topic]) for topic, words in TOPICS]
    return [shelf for shelf in by_topic if shelf.entries]


def _is_for(entry: Any, youngest: int, oldest: int) -> bool:
    """Whether the ages of an entry meet these."""
    return (entry.youngest or 0) <= oldest and (99 if entry.oldest is None else entry.oldest) >= youngest
