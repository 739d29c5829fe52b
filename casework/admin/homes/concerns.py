"""Concerns on the first page: those that wait come before everything else, with a button each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ...access import rules
from ...access.roles import Role
from ...access.scope import of
from ...models import About
from ...reports import concerns, rare
from ...reports.concerns import Concerns, Waiting
from .panel import Panel

NONE = Concerns([], [], [], [])


@dataclass(frozen=True)
class Group:
    """Concerns under one heading."""

    title: str
    rows: list[tuple[Waiting, str]]


class ConcernsNeedYou(Panel):
    """What must be acknowledged or answered, what is late in the service, and how far one's own are."""

    name = "concerns"
    title = "Concerns"
    urgency = 2
    template_name = "casework/home/concerns.html"

    def content(self) -> dict[str, Any] | None:
        found = concerns.concerns(self.user) if rare.CONCERNS in self.desk.rare else NONE
        groups = [
            _group("Acknowledge now", found.to_acknowledge, _status),
            _group("Say what was done", found.to_answer, lambda row: "Its author waits for the outcome"),
            _group("Open in the service", found.watched, _status),
            _group("That you raised", found.own, _own),
        ]
        groups = [group for group in groups if group.rows]
        hears = bool(of(self.user).held(Role.DSL, Role.SAFEGUARDING_LEAD))
        return {"groups": groups} if groups or hears else None


class RaiseConcern(Panel):
    """The way to raise one."""

    name = "raise-concern"
    title = "Worried about somebody’s safety?"
    urgency = 8
    template_name = "casework/home/raise_concern.html"

    def content(self) -> dict[str, Any] | None:
        people = rules.raises_concerns_about(self.user)
        address = reverse("casework_concern_begin")
        return {"address": address, "of_anybody": About.CHILD in people} if people else None


def _group(title: str, rows: list[Waiting], words: Any) -> Group:
    return Group(title, [(row, words(row)) for row in rows])


def _status(row: Waiting) -> str:
    return row.status


def _own(row: Waiting) -> str:
    return row.status if row.is_told or row.due_at is None else f"{row.status}: you have told nobody in person yet"


PANELS: list[type[Panel]] = [ConcernsNeedYou, RaiseConcern]
