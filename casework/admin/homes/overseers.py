"""The home of those who oversee a service: its plain facts, and nothing about a child."""

from typing import Any

from ...reports import ground
from .panel import Panel
from .shared import SecondYes
from .supervision import TeamInNumbers


class ServiceFacts(Panel):
    """How many schools and therapists, and whom to write to."""

    name = "service-facts"
    title = "The service"
    urgency = 66
    template_name = "casework/home/service_facts.html"

    def content(self) -> dict[str, Any]:
        return {"services": ground.services(self.user)}


PANELS: list[type[Panel]] = [SecondYes, TeamInNumbers, ServiceFacts]
