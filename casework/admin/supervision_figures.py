"""Which cases were not brought in time, and how much supervision each practitioner had."""

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString

from ..access import reading, rules
from ..charts import Bar, bars, plain
from ..models import Referral, SupervisionRule, TeamMeeting
from ..reports import brought, supervision, supervision_hours
from ..reports.supervision import Candidate
from ..reports.supervision_hours import Hours
from .screens import Screen
from .supervision_pages import TITLE

HOURS = "Hours of supervision"


class Coverage(Screen):
    """Of each service that this person supervises: how many open cases were brought in time, and which were not."""

    template_name = "casework/supervision/coverage.html"
    page_title = "Brought to supervision"
    header_icon = "clipboard-list"

    def find(self) -> None:
        self.services = list(brought.services(self.request.user))
        if not self.services:
            raise Http404
        self.found = [(service, supervision.agenda(self.request.user, service)) for service in self.services]

    def open(self) -> None:
        reading.listed(self.request.user, Referral, rows=sum(len(found) for _, found in self.found), search=False)

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = [
            {
                "service": service,
                "late": [one for one in found if one.is_late],
                "all": len(found),
                "in_time": sum(not one.is_late for one in found),
                "chart": by_therapist(found) if found else "",
            }
            for service, found in self.found
        ]
        return super().get_context_data(parts=parts, several=len(parts) > 1, **kwargs)


def by_therapist(found: list[Candidate]) -> SafeString:
    """Of each therapist's open cases how many were brought in time."""
    theirs: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        theirs[one.therapist or "Nobody"].append(one)
    rows = [
        Bar(name, in_time := sum(not one.is_late for one in cases), f"{in_time} of {len(cases)}", of=len(cases))
        for name, cases in sorted(theirs.items())
    ]
    return bars(rows, caption="Open cases brought in time, by therapist", label="Therapist", amount="Cases")


class TeamHours(Screen):
    """Hours of supervision of everybody whose hours this person reads; who reads their own alone is led there."""

    template_name = "casework/supervision/hours.html"
    page_title = HOURS
    header_icon = "time"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.found = supervision_hours.team(request.user)
        if not self.found:
            raise Http404
        if len(self.found) == 1:
            return redirect("casework_supervision_hours_of", self.found[0].practitioner.uuid)
        return self.show()

    def open(self) -> None:
        reading.listed(self.request.user, TeamMeeting, rows=len(self.found), search=False)

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [{"one": one, "rule": asked(one), "this_month": one.months[-1]} for one in self.found]
        keeps_rules = rules.REGISTERS[SupervisionRule].listed(self.request.user)
        return super().get_context_data(rows=rows, keeps_rules=keeps_rules, **kwargs)


class HoursOf(Screen):
    """One practitioner's last twelve months, as bars and as a table."""

    template_name = "casework/supervision/hours_of.html"
    header_icon = "time"

    def find(self) -> None:
        seen = rules.visible_supervision_hours(self.request.user).select_related("service", "discipline", "body")
        self.practitioner = get_object_or_404(seen, uuid=self.kwargs["uuid"])
        (self.hours,) = supervision_hours.hours([self.practitioner])
        self.page_title, self.page_subtitle = HOURS, self.practitioner.name

    def open(self) -> None:
        reading.opened(self.request.user, self.practitioner, part="hours of supervision")

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision")), (HOURS, reverse("casework_supervision_hours"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            one=self.hours, rule=asked(self.hours), chart=by_month(self.hours), months=self.hours.months[::-1], **kwargs
        )


def asked(one: Hours) -> str:
    """What the body asks for, in words."""
    if one.rule:
        return supervision_hours.in_words(one.rule)
    return f"{one.practitioner.body}: no rule yet" if one.practitioner.body else "no professional body yet"


def by_month(one: Hours) -> SafeString:
    """A bar a month, on the track of what is asked for."""
    wanted = one.rule.hours_a_month if one.rule else None
    rows = [
        Bar(
            f"{month.first:%B %Y}",
            month.counted,
            f"{plain(month.counted)} h" + (f" of {plain(wanted)}" if wanted is not None else ""),
            of=max(wanted, month.counted) if wanted is not None else None,
        )
        for month in one.months
    ]
    return bars(rows, caption="Hours of supervision as they count, by month", label="Month", amount="Hours")
