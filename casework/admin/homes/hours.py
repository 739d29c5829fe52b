"""Cards about hours: a school's own in one look, and what the coordinator has to answer, to sign or to look at."""

from typing import Any

from django.urls import reverse

from ...access.roles import SCHOOL_STAFF, Role
from ...access.scope import of
from ...models import ServiceAgreement
from ...reports import hours, hours_asked, rare
from ...reports.hours_words import sentence
from ..hours_page import hours_address
from .panel import Panel, register_address

SHOWN = 5


class SchoolHours(Panel):
    """Hours bought, used and left, whether they will last, and the one button for more."""

    name = "hours"
    title = "Hours"
    urgency = 2
    template_name = "casework/home/school_hours.html"

    def content(self) -> dict[str, Any]:
        figures = hours.of_own_schools(self.user, of(self.user).held(*SCHOOL_STAFF))
        asks = hours_asked.waiting(self.user) if rare.HOURS in self.desk.rare else hours_asked.Waiting([], [])
        waits = {request.school_id: request for request in asks.requests}
        headed = of(self.user).held(Role.HEAD)
        return {
            "schools": [
                (one, sentence(one), hours_address(one), waits.get(one.pk), one.pk in headed) for one in figures
            ],
            "several": len(figures) > 1,
            "loans": asks.loans,
        }


class ServiceHours(Panel):
    """Requests to answer, schools whose hours run short, and agreements that wait."""

    name = "service-hours"
    title = "Hours"
    urgency = 11
    template_name = "casework/home/service_hours.html"

    def content(self) -> dict[str, Any]:
        figures = hours.of_schools(self.user)
        short = [(one, sentence(one), hours_address(one)) for one in figures if one.standing in hours.ALERTS]
        agreements = self._agreements() if rare.UNSIGNED in self.desk.rare else []
        return {
            "requests": hours_asked.waiting(self.user).requests if rare.HOURS in self.desk.rare else [],
            "short": short[:SHOWN],
            "agreements": agreements[:SHOWN],
            "more_agreements": register_address("serviceagreement") if len(agreements) > SHOWN else "",
            "all": reverse("casework_hours"),
            "bought": sum((one.bought for one in figures), hours.NOTHING),
            "left": sum((one.left for one in figures), hours.NOTHING),
        }

    def _agreements(self) -> list[ServiceAgreement]:
        waits = hours_asked.unsigned(self.user).select_related("school", "school_year")
        return list(waits.order_by("school_year__starts_on", "school__name")[: SHOWN + 1])
