"""The page of readiness: school by therapist, therapist by requirement, and what ends in the next six months."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ..access import reading, rules
from ..charts import End, EndsOf, ends
from ..models import Practitioner, State
from ..models.months import months_later
from ..reports import readiness
from ..reports.readiness import AtSchool, Fitness, Team
from .exporting import as_file
from .practitioner_record import TITLE, record_address
from .screens import Screen

MONTHS_AHEAD = 6


class Filters(forms.Form):
    """Plain selects; an answer that is not offered counts as none."""

    school = forms.ChoiceField(label="School", required=False)
    therapist = forms.ChoiceField(label="Therapist", required=False)

    def __init__(self, asked: Mapping[str, str], teams: list[Team]) -> None:
        super().__init__({name: asked.get(name, "") for name in ("school", "therapist")})
        schools = [(str(at.school.uuid), at.school.name) for team in teams for at in team.schools]
        people = [(str(one.practitioner.uuid), one.practitioner.name) for team in teams for one in team.people]
        for name, choices in (("school", schools), ("therapist", people)):
            self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]
        self.is_valid()
        self.chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}

    def narrow(self, team: Team) -> Team:
        """What is left of a team."""
        school, therapist = self.chosen["school"], self.chosen["therapist"]
        schools = [at for at in team.schools if not school or str(at.school.uuid) == school]
        here = {one.practitioner.pk for at in schools for one in at.people}
        people = [
            one
            for one in team.people
            if (not school or one.practitioner.pk in here)
            and (not therapist or str(one.practitioner.uuid) == therapist)
        ]
        kept = {one.practitioner.pk for one in people}
        at_schools = [
            AtSchool(at.school, [one for one in at.people if one.practitioner.pk in kept], at.pack) for at in schools
        ]
        shown = [at for at in at_schools if at.people]
        return Team(team.service, team.requirements, people, shown, team.asks_reading)


class Readiness(Screen):
    """The whole team's, for coordinator and clinical supervisor; or its second table as a file."""

    template_name = "casework/readiness/page.html"
    page_title = TITLE
    header_icon = "check"

    def find(self) -> None:
        if not rules.can_view_readiness(self.request.user):
            raise Http404
        self.today = timezone.localdate()
        teams = readiness.teams(self.request.user, self.today)
        self.filters = Filters(self.request.GET, teams)
        self.teams = [team for team in map(self.filters.narrow, teams) if team.people]
        self.people = [one for team in self.teams for one in team.people]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        return self._file() if request.GET.get("export") == "csv" else self.show()

    def open(self) -> None:
        reading.listed(self.request.user, Practitioner, rows=len(self.people), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = "&".join(f"{name}={value}" for name, value in self.filters.chosen.items() if value)
        return super().get_context_data(
            teams=[
                {
                    "team": team,
                    "rows": [_row(team, one) for one in team.people],
                    "chart": _chart(team, self.today),
                }
                for team in self.teams
            ],
            many=len(self.teams) > 1,
            not_ready=[one for one in self.people if one.stops],
            count=len(self.people),
            filters=self.filters,
            narrowed=query,
            **kwargs,
        )

    def _file(self) -> HttpResponse:
        names = list(dict.fromkeys(one.name for team in self.teams for one in team.requirements))
        rows = []
        for team in self.teams:
            for one in team.people:
                states = {state.requirement.name: state for state in one.states}
                cells = [_in_a_cell(states.get(name)) for name in names]
                rows.append(
                    [
                        one.practitioner.name,
                        team.service,
                        one.words,
                        *cells,
                        None if one.to_read is None else len(one.to_read),
                    ]
                )
        reading.exported(self.request.user, Practitioner, rows=len(rows), form="csv")
        headings = ["Therapist", "Service", "In all", *names, "To read"]
        return as_file("csv", "readiness", headings, rows)


def _row(team: Team, one: Fitness) -> dict[str, Any]:
    """A therapist in the second table: a cell for each requirement."""
    states = {state.requirement.pk: state for state in one.states}
    cells = [(requirement.name, _told(states[requirement.pk])) for requirement in team.requirements]
    return {"fitness": one, "address": record_address(one.practitioner), "cells": cells}


def _told(state: State) -> dict[str, Any]:
    """A cell: a mark, the words, and the last day."""
    return {"mark": state.mark, "words": str(state.standing), "until": state.until}


def _in_a_cell(state: State | None) -> str:
    if state is None:
        return ""
    return f"{state.standing}, {state.until.isoformat()}" if state.until else str(state.standing)


def _chart(team: Team, today: date) -> Any:
    """What ends within six months, of each therapist of whom something does, the soonest first."""
    months = [months_later(today.replace(day=1), number) for number in range(MONTHS_AHEAD + 1)]
    until = months_later(months[0], MONTHS_AHEAD + 1)
    last = months_later(today, MONTHS_AHEAD)
    rows = []
    for one in team.people:
        found = [
            End(state.requirement.name, state.until, state.requirement.if_missing != "warns")
            for state in one.states
            if state.until and today <= state.until <= last
        ]
        if found:
            rows.append(EndsOf(one.practitioner.name, sorted(found, key=lambda end: end.on)))
    rows.sort(key=lambda row: row.ends[0].on)
    if not rows:
        return ""
    return ends(rows, months, until, caption="What ends in the next six months, by therapist", label="Therapist")
