"""A technical administrator's home: what they may open."""

from typing import Any

from .. import menu
from .panel import Panel
from .shared import BACKUPS


class WhatYouMayOpen(Panel):
    """The settings of the site that this person may open."""

    name = "what-you-may-open"
    title = "What you may open"
    urgency = 80
    template_name = "casework/home/technical.html"

    def content(self) -> dict[str, Any]:
        return {"items": menu.site_care(self.desk.request)}


PANELS: list[type[Panel]] = [WhatYouMayOpen, *BACKUPS]
