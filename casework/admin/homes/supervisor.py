"""The clinical supervisor's home: which cases ask for a second look, and how much the team carries."""

from datetime import date
from typing import Any

from ...models import Allocation
from ...reports import allocating, work
from .library import ToRead
from .panel import Panel, Task, Tasks, case_address, how_long
from .readiness import OwnReadiness, TeamReadiness
from .shared import Away, KeptWords, MissedInARow, ReviewsDue, SecondYes, WhoHasRoom
from .supervision import NextSupervision, NotBrought


class NewAllocations(Panel):
    """Allocations that this person may still object to; left out where there is none."""

    name = "new-allocations"
    title = "Allocated these days"
    urgency = 15
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any] | None:
        made = allocating.open_to_objection(self.user)
        if not made:
            return None
        tasks = [Task(one.case, self._words(one.allocation, one.until), case_address(one.case), "Look") for one in made]
        return {
            "groups": [Tasks("", tasks)],
            "words": "You may object within two working days: on the case’s page, under Other steps.",
        }

    @staticmethod
    def _words(allocation: Allocation, until: date) -> str:
        to = allocation.practitioner
        return f"To {to.name}, {to.discipline.label.lower()}. You may object until {until:%A %-d %B}."


class WithoutContact(Panel):
    """Cases in sessions in which the child was not seen for longer than the service has set."""

    name = "without-contact"
    title = "Not seen for too long"
    urgency = 20
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any]:
        rows = work.without_contact(self.user).rows
        tasks = [Task(case, f"In sessions {how_long(case.days)}", case_address(case), "Open") for case in rows]
        return {
            "groups": [Tasks("", tasks)] if tasks else [],
            "empty": "Every child in sessions was seen within the days that the service has set.",
        }


class LongCases(Panel):
    """Cases with more than 24 sessions."""

    name = "long-cases"
    title = f"More than {work.LONG} sessions"
    urgency = 30
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any]:
        tasks = [
            Task(long.case, f"{long.sessions} sessions. {long.case.status}", case_address(long.case), "Open")
            for long in work.long_cases(self.user)
        ]
        return {"groups": [Tasks("", tasks)] if tasks else [], "empty": "No case has lasted that long."}


PANELS: list[type[Panel]] = [
    SecondYes, KeptWords, ToRead, Away, NewAllocations, NotBrought, NextSupervision, WithoutContact, MissedInARow,
    ReviewsDue, TeamReadiness, OwnReadiness, LongCases, WhoHasRoom,
]  # fmt: skip
