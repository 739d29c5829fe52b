"""Cards about who is ready for a new case: the team's, and one's own."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from ...reports import rare, readiness
from ..practitioner_record import record_address
from .panel import Panel

SHOWN = 4


class TeamReadiness(Panel):
    """What is missing in the team or ends within 60 days; left out where nothing is required."""

    name = "team-readiness"
    title = "Readiness of the team"
    urgency = 22
    template_name = "casework/home/readiness.html"

    def content(self) -> dict[str, Any] | None:
        if rare.REQUIRED not in self.desk.rare:
            return None
        all_of_it = readiness.glance(readiness.looked_after(self.user), timezone.localdate())
        found = [row for row in all_of_it if not row[1].is_in_order]
        return {
            "rows": [(person.name, state, record_address(person)) for person, state in found[:SHOWN]],
            "more": len(found) - SHOWN,
            "stopped": len({person.pk for person, state in found if state.stops}),
            "all": reverse("casework_readiness"),
            "empty": "Nothing of the team is missing or ends within 60 days.",
        }


class OwnReadiness(Panel):
    """What is missing in one's own record or ends within 60 days; left out where nothing is required of one."""

    name = "own-readiness"
    title = "My record"
    urgency = 24
    template_name = "casework/home/readiness.html"

    def content(self) -> dict[str, Any] | None:
        if rare.REQUIRED not in self.desk.rare:
            return None
        all_of_it = readiness.glance(readiness.own(self.user), timezone.localdate())
        if not all_of_it:
            return None
        found = [state for _, state in all_of_it if not state.is_in_order]
        return {
            "rows": [("", state, "") for state in found],
            "mine": list(dict.fromkeys(record_address(person) for person, _ in all_of_it)),
            "stopped": any(state.stops for state in found),
            "empty": "All that is asked of you is in order.",
        }
