"""The attendance of a case as a picture: a square for every session, with a letter, week by week."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from ..charts import Square, squares
from ..models import Session


def picture(sessions: Sequence[Session]) -> str:
    """The squares of these sessions, oldest first, and what each letter stands for. The list below them says the same
    in words."""
    in_order = sorted(sessions, key=lambda session: session.starts_at)
    letters = letters_of([session.attendance.label for session in in_order])
    cells: list[Square] = []
    monday = None
    for session in in_order:
        day = timezone.localdate(session.starts_at)
        this = day - timedelta(days=day.weekday())
        gap = (this - monday).days // 7 - 1 if monday else 0
        cells += [Square("", "no session this week", False)] * max(0, gap)
        label = session.attendance.label
        cells.append(Square(letters[label], f"{day:%-d %b %Y}: {label}", session.attendance.seen))
        monday = this
    return squares(cells, letters, caption="Attendance, a square for each week")


def letters_of(labels: Sequence[str]) -> dict[str, str]:
    """A letter for each label, in the order in which they come: its first that is still free."""
    found: dict[str, str] = {}
    for label in dict.fromkeys(labels):
        free = (letter for letter in label.upper() if letter.isalpha() and letter not in found.values())
        found[label] = next(free, str(len(found)))
    return found
