"""A Targeted Services Leader's home: the schools of the cluster."""

from typing import Any

from ...reports import ground
from .panel import Panel


class Clusters(Panel):
    """The clusters that this person leads, with their schools."""

    name = "clusters"
    title = "Your cluster"
    urgency = 65
    template_name = "casework/home/clusters.html"

    def content(self) -> dict[str, Any]:
        return {"clusters": ground.clusters(self.user)}


PANELS: list[type[Panel]] = [Clusters]
