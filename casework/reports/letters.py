"""A school's letters of assurance: about whom there is one, whether it still holds, and what stops the next."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ..access import rules
from ..models import AssuranceLetter, LetterFacts, Practitioner, School, in_force, states_of


@dataclass(frozen=True)
class About:
    """One practitioner and a school: the letter that stands, whether they are placed there now, and their gaps, for
    who may issue one."""

    name: str
    practitioner: Practitioner
    is_placed: bool
    letter: AssuranceLetter | None = None
    gaps: list[str] = field(default_factory=list)
    may_issue: bool = False

    def words(self, day: date) -> str:
        """How it stands, in words."""
        if self.letter is None:
            return "no letter yet"
        return f"{called(self.letter)}{'' if self.is_placed else ', no longer placed here'}, {holds(self.letter, day)}"


def at_school(user: Any, school: School, day: date) -> list[About]:
    """Everybody who is placed at a school now and whom this person sees there, and whoever has a letter that this
    person reads."""
    letters = {letter.practitioner_id: letter for letter in standing(user).filter(school=school)}
    placed = {
        row.practitioner_id: row.practitioner
        for row in rules.visible_placements(user)
        .filter(in_force(), in_force(prefix="practitioner__"), school=school)
        .select_related("practitioner")
    }
    people = {number: letter.practitioner for number, letter in letters.items()} | placed
    issues = rules.can_issue_letters(user, school)
    states = states_of(placed.values(), day) if issues else {}
    rows = [
        About(
            name=person.name,
            practitioner=person,
            is_placed=number in placed or not issues,
            letter=letters.get(number),
            gaps=[state.words for state in states.get(number, []) if state.stops],
            may_issue=number in placed and rules.can_issue_letter(user, person, school),
        )
        for number, person in people.items()
    ]
    return sorted(rows, key=lambda row: row.name)


def about(user: Any, practitioner: Practitioner) -> list[AssuranceLetter]:
    """The letters about somebody that stand, and that this person reads."""
    return list(standing(user).filter(practitioner=practitioner).select_related("school").order_by("school__name"))


def standing(user: Any) -> QuerySet[AssuranceLetter]:
    """The letters that stand, without what they say."""
    seen: Any = rules.visible_letters(user)
    letters: QuerySet[AssuranceLetter] = seen.standing()
    return letters.select_related("practitioner").defer("facts")


def facts_of(letter: AssuranceLetter) -> LetterFacts:
    """What a letter says."""
    return LetterFacts.of_text(letter.facts)


def holds(letter: AssuranceLetter, day: date) -> str:
    """Whether a letter still holds, in words."""
    if letter.replaced_at:
        return f"was replaced or withdrawn on {timezone.localdate(letter.replaced_at):%-d %B %Y}"
    if letter.holds_until is None:
        return "holds until it is replaced"
    if letter.holds_until < day:
        return f"has run out on {letter.holds_until:%-d %B %Y}"
    return f"holds until {letter.holds_until:%-d %B %Y}"


def is_over(letter: AssuranceLetter, day: date) -> bool:
    """Whether it holds no longer."""
    return letter.replaced_at is not None or (letter.holds_until is not None and letter.holds_until < day)


def called(letter: AssuranceLetter) -> str:
    """Its number and its day."""
    return f"letter {letter.number} of {timezone.localdate(letter.issued_at):%-d %B %Y}"
