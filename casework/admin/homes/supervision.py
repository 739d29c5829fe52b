"""Cards about supervision: the next one, what was not brought in time, and the team in numbers."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from ...access.roles import Role
from ...access.scope import services_of
from ...reports import brought, rare, team_numbers, with_the_team
from .panel import Panel, Task, Tasks, case_address

SHOWN = 5


class NextSupervision(Panel):
    """The next supervision and training, with one's cases on the agenda; left out where nothing is planned."""

    name = "next-supervision"
    title = "Supervision and training"
    urgency = 18
    template_name = "casework/home/next_supervision.html"

    def content(self) -> dict[str, Any] | None:
        if rare.TEAM not in self.desk.rare:
            return None
        return {"coming": with_the_team.next_ones(self.user), "all": reverse("casework_supervision")}


class NotBrought(Panel):
    """Open cases that were not brought to supervision within the weeks that the service has set."""

    name = "not-brought"
    title = "Not brought to supervision"
    urgency = 17
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any]:
        late: list[brought.NotBrought] = []
        for service in services_of(self.user, Role.SUPERVISOR):
            late += brought.rows_of(brought.not_brought(self.user, service)[: SHOWN + 1])
        tasks = [Task(one.case, capfirst(one.since), case_address(one.case), "Open") for one in late[:SHOWN]]
        more = reverse("casework_supervision_brought") if len(late) > SHOWN else ""
        return {
            "groups": [Tasks("", tasks, more)] if tasks else [],
            "empty": "Every open case was brought in time.",
        }


class TeamInNumbers(Panel):
    """Whether the team is trained and supervised, in numbers: no name, no child, no share of few."""

    name = "team-in-numbers"
    title = "The team in numbers"
    urgency = 67
    template_name = "casework/home/team_in_numbers.html"

    def content(self) -> dict[str, Any] | None:
        numbers = team_numbers.team_numbers(self.user)
        return {"services": numbers} if numbers else None
