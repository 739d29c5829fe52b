"""Looks whether a child who is about to be added is known already, and says no more of it than a person may learn."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import Pupil, School
from ..models.likeness import is_like
from . import rules


@dataclass(frozen=True)
class Matches:
    """Pupils of this birthday and a like name: those who can be shown in short form, and whether others are known."""

    shown: tuple[Pupil, ...] = ()
    elsewhere: bool = False

    def __bool__(self) -> bool:
        return bool(self.shown) or self.elsewhere


def matches(user: Any, school: School, *, first_name: str, last_name: str, date_of_birth: date) -> Matches:
    """Whom a person should know of before they add this child at a school."""
    born_then = Pupil.objects.filter(service_id=school.service_id, date_of_birth=date_of_birth).order_by("pk")
    alike = [
        pupil
        for pupil in born_then
        if is_like((first_name, last_name), (pupil.first_name, pupil.last_name))
        and rules.can_learn_of_pupil(user, pupil, school)
    ]
    shown = rules.visible_matches(user, school).in_bulk([pupil.pk for pupil in alike])
    return Matches(tuple(shown.values()), elsewhere=len(shown) < len(alike))
