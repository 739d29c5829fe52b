"""Which cases were not brought in time, and how much supervision each practitioner had."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString

from ..access import reading, rules
from ..access.roles import Role
from ..access.scope import services_of
from ..charts import Bar, bars, plain
from ..models import Referral, Service, SupervisionRule, TeamMeeting
from ..reports import brought, supervision, supervision_hours
from ..reports.supervision_hours import Hours
from .screens import Screen
from .supervision_pages import TITLE

HOURS = "Hours of supervision"
SHOWN = 100


class Coverage(Screen):
    """Of each service that this person supervises: how many open cases were brought in time, and which were not."""

    template_name = "casework/supervision/coverage.html"
    page_title = "Brought to supervision"
    header_icon = "clipboard-list"

    def find(self) -> None:
        services = services_of(self.request.user, Role.SUPERVISOR)
        if not services:
            raise Http404
        self.parts = [self._part(service) for service in services]

    def _part(self, service: Service) -> dict[str, Any]:
        user = self.request.user
        shares = brought.shares(user, service)
        late = list(brought.not_brought(user, service).values_list("pk", flat=True)[:SHOWN])
        found = {one.pk: one for one in supervision.of_cases(user, Referral.objects.filter(pk__in=late))}
        whole, in_time = sum(one.whole for one in shares), sum(one.in_time for one in shares)
        return {
            "service": service,
            "late": [found[pk] for pk in late],
            "more": max(0, whole - in_time - SHOWN),
            "all": whole,
            "in_time": in_time,
            "chart": by_therapist(shares) if shares else "",
        }

    def open(self) -> None:
        reading.listed(self.request.user, Referral, rows=sum(part["all"] for part in self.parts), search=False)

    def trail(self) -> list[tuple[str, str]]:
        return [(TITLE, reverse("casework_supervision"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parts=self.parts, several=len(self.parts) > 1, **kwargs)


def by_therapist(shares: list[brought.InTime]) -> SafeString:
    """Of each therapist's open cases how many were brought in time."""
    rows = [Bar(one.therapist, one.in_time, f"{one.in_time} of {one.whole}", of=one.whole) for one in shares]
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
