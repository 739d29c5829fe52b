"""The first page of the admin: a greeting, the day, and the cards of the person's roles in place of Wagtail's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from . import homes
from .homes.panel import Desk

NIGHT_ENDS, MORNING_ENDS, AFTERNOON_ENDS = 5, 12, 18


class Home(Component):
    """The home page of everybody who enters: by their roles, as one who keeps the site running, or as an editor."""

    name = "home"
    order = 1
    template_name = "casework/home/home.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        panels = homes.panels_of(Desk(self.request))
        only = self.request.GET.get("only")
        if only in {panel.name for panel in panels}:
            panels = [panel for panel in panels if panel.name == only]
        cards = [(panel.is_aside, panel.render_html(parent_context)) for panel in panels]
        now = timezone.localtime()
        return {
            "greeting": greeting(self.request.user, now),
            "today": now.date(),
            "titles": homes.titles_of(self.request.user),
            "main": [card for is_aside, card in cards if card and not is_aside],
            "aside": [card for is_aside, card in cards if card and is_aside],
        }


def greeting(user: Any, now: datetime) -> str:
    """Good morning, afternoon or evening, by the clock in London."""
    part = "evening"  # also after midnight: nobody is wished a good night at work
    if NIGHT_ENDS <= now.hour < AFTERNOON_ENDS:
        part = "morning" if now.hour < MORNING_ENDS else "afternoon"
    return f"Good {part}, {user.get_short_name()}." if user.get_short_name() else f"Good {part}."


def put_cards(request: HttpRequest, panels: list[Any]) -> None:
    """Hook: our cards instead of Wagtail's panels."""
    panels[:] = [Home(request)]


def take_summary_away(request: HttpRequest, items: list[Any]) -> None:
    """Hook: Wagtail's counts of pages and files are not what anybody comes for."""
    items.clear()
