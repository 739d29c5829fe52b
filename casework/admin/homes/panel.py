"""A card of a home page. One that fails, or that would make the page late, says so and leaves the others alone."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component

from ...models import School
from ...reports import backups, diary, packs, rare, school, triage
from ...reports.rows import CaseRow

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds after which no further card is begun: it is offered by a link instead."""


class Desk:
    """Who sits here, and what several cards are made from."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = request.user
        self._begun = monotonic()

    @cached_property
    def diary(self) -> diary.Diary:
        return diary.diary(self.user)

    @cached_property
    def standing(self) -> list[triage.Standing]:
        return triage.standing(self.user)

    @cached_property
    def last_backup(self) -> backups.LastBackup:
        return backups.last_backup(self.user)

    @cached_property
    def rare(self) -> frozenset[str]:
        return rare.there(self.user)

    @cached_property
    def own_schools(self) -> list[School]:
        return list(school.own_schools(self.user))

    @cached_property
    def packs(self) -> list[packs.Standing]:
        return packs.standings(self.own_schools, timezone.localdate())

    @property
    def is_late(self) -> bool:
        return monotonic() - self._begun > PATIENCE


class Panel(Component):
    """One card. A subclass says what it is called, how urgent it is, and what stands on it."""

    name: str
    title: str
    urgency: int
    is_aside = False

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.user = desk.user

    def content(self) -> dict[str, Any] | None:
        """What the template shows; None leaves the card out."""
        raise NotImplementedError

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> SafeString:
        if self.desk.is_late:
            return self._apology("This would take a moment longer.", retry="Show it")
        try:
            content = self.content()
            return SafeString("") if content is None else self._card(self.template_name, content)
        except Exception:
            # Whatever went wrong with one card, the day's work stands on the others.
            logger.exception("the card %s could not be made", self.name)
            return self._apology("This could not be shown just now. Nothing is lost.", retry="Try again")

    def _card(self, template: str, content: dict[str, Any]) -> SafeString:
        return render_to_string(template, {"name": self.name, "title": self.title} | content)

    def _apology(self, words: str, *, retry: str) -> SafeString:
        address = f"{reverse('wagtailadmin_home')}?only={self.name}"
        return self._card("casework/home/apology.html", {"words": words, "retry": retry, "address": address})


@dataclass(frozen=True)
class Task:
    """A case that asks for something: what, in words, and the button that leads there."""

    case: CaseRow
    words: str
    address: str
    button: str = ""


@dataclass(frozen=True)
class Tasks:
    """Tasks under one heading, and where there are more of them."""

    title: str
    tasks: list[Task]
    more: str = ""
    more_words: str = "There are more: see all"


def case_address(case: CaseRow) -> str:
    """The case's own page."""
    return reverse("casework_case", args=[case.uuid])


def register_address(model: str, **filters: Any) -> str:
    """A register's list, filtered."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return reverse(f"casework_{model}_modeladmin_index") + (f"?{query}" if query else "")


def how_long(days: int) -> str:
    """Days in words."""
    if days < 1:
        return "since today"
    if days == 1:
        return "since yesterday"
    return f"for {days} days" if days < 21 else f"for {days // 7} weeks"
