"""The first page of the admin: a greeting, the day, and the cards of the person's roles in place of Wagtail's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..access import rules
from . import homes
from .homes.panel import Desk

MORNING_ENDS, AFTERNOON_ENDS = 12, 18


class Home(Component):
    """The home page of somebody with a role in casework or in the system's care."""

    name = "home"
    order = 1
    template_name = "casework/home/home.html"
    is_of_a_role = True

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
    part = "morning" if now.hour < MORNING_ENDS else "afternoon" if now.hour < AFTERNOON_ENDS else "evening"
    return f"Good {part}, {user.get_short_name()}." if user.get_short_name() else f"Good {part}."


def has_home(user: Any) -> bool:
    """Whether this person finds cards: an account that only edits the website keeps Wagtail's first page."""
    return bool(rules.surfaces(user) & {"casework", "system"})


def put_cards(request: HttpRequest, panels: list[Any]) -> None:
    """Hook: our cards instead of Wagtail's panels."""
    if has_home(request.user):
        panels[:] = [Home(request)]


def take_summary_away(request: HttpRequest, items: list[Any]) -> None:
    """Hook: Wagtail's counts of pages and files are not what casework comes for."""
    if has_home(request.user):
        items.clear()
