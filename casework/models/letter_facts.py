"""What a letter of assurance says, and how it is kept as text: the same letter can be read again in ten years."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

NOTES = (
    "Check who comes: on the first day ask for a document with a photograph, and write down that you did.",
    "No copy of any document is kept or sent. What is written here was read from the documents themselves.",
)
"""What every letter says besides its facts."""


@dataclass(frozen=True)
class Checked:
    """One requirement on the day of the letter: how it stood, what was seen of it, by whom and when."""

    requirement: str
    kind: str
    standing: str
    is_seen: bool
    number: str = ""
    level: str = ""
    issuer: str = ""
    dated: date | None = None
    until: date | None = None
    seen_by: str = ""
    seen_on: date | None = None
    checked_on: date | None = None


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter says but its number and its date."""

    service: str
    school: str
    urn: str
    practitioner: str
    discipline: str
    body: str = ""
    registration: str = ""
    checked: tuple[Checked, ...] = ()
    notes: tuple[str, ...] = NOTES

    @property
    def seen(self) -> list[Checked]:
        return [one for one in self.checked if one.is_seen]

    @property
    def not_seen(self) -> list[Checked]:
        """What the service asks for and had not seen, or what had run out: said as plainly as the rest."""
        return [one for one in self.checked if not one.is_seen]

    def says_the_same(self, other: "LetterFacts") -> bool:
        """Whether nothing that the letter assures of differs."""
        return replace(self, notes=()) == replace(other, notes=())

    def as_text(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> "LetterFacts":
        kept = json.loads(text)
        checked = tuple(_checked(one) for one in kept.pop("checked"))
        return cls(**kept | {"checked": checked, "notes": tuple(kept["notes"])})


DAYS = {one.name for one in fields(Checked) if one.type == date | None}


def _checked(kept: dict[str, Any]) -> Checked:
    days = {name: date.fromisoformat(kept[name]) for name in DAYS if kept[name]}
    return Checked(**kept | days)
