"""A school's hours on one page, and all schools' side by side: bought, used, left, and whether they will last."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ..access import reading, rules
from ..models import Allocation, HoursLoan, HoursRequest, School
from ..reports import hours, school, statements
from ..reports.hours_words import sentence
from .hours_pictures import side_by_side, year_of
from .screens import Screen


class SchoolScreen(Screen):
    """A page about the hours of one school, for who sees them."""

    header_icon = "time"
    school: School

    def find(self) -> None:
        schools = rules.visible_hours_schools(self.request.user).select_related("service", "cluster")
        self.school = get_object_or_404(schools, uuid=self.kwargs["uuid"])
        self.page_subtitle = self.school.name

    def trail(self) -> list[tuple[str, str]]:
        return [(f"Hours of {self.school.name}", hours_address(self.school))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, hours_address=hours_address(self.school), **kwargs)


class HoursPage(SchoolScreen):
    """One look: the figures, the picture, who is seen when, and what is asked for."""

    template_name = "casework/hours/school.html"
    page_title = "Hours"

    def trail(self) -> list[tuple[str, str]]:
        return []

    def open(self) -> None:
        reading.opened(self.request.user, self.school, part="hours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        figures = hours.of_school(user, self.school)
        seen = school.seen_at(user, [self.school.pk])
        if seen:
            reading.listed(user, Allocation, rows=len(seen), search=False)
        asked = HoursRequest.State.ASKED
        requests = rules.visible_hours_requests(user).filter(school=self.school, state=asked)
        loans = rules.visible_hours_loans(user).filter(state=HoursLoan.State.ASKED)
        agreements = rules.visible_service_agreements(user).filter(school=self.school, replaced_at=None)
        may_read = rules.can_view_statement(user, self.school)
        request = requests.first()
        return super().get_context_data(
            figures=figures,
            sentence=sentence(figures) if figures else "",
            chart=year_of(figures) if figures else None,
            seen=seen,
            request_asked=request,
            lends=loans.filter(lender=self.school).select_related("borrower"),
            agreements=agreements.filter(school_year__ends_on__gte=today)
            .select_related("school_year")
            .prefetch_related("lines")
            .order_by("school_year__starts_on", "number"),
            may_ask=request is None and rules.can_request_hours(user, self.school),
            may_plan=rules.can_propose_hours_plan(user, self.school) or rules.can_order_queue(user, self.school),
            may_adjust=rules.can_adjust_hours(user, self.school),
            months=statements.months(user, self.school) if may_read else [],
            **kwargs,
        )


class AllHours(Screen):
    """Every school whose hours one sees, those that need a look first."""

    template_name = "casework/hours/schools.html"
    page_title = "Hours by school"
    header_icon = "time"

    def find(self) -> None:
        self.found = hours.of_schools(self.request.user)
        if not self.found:
            raise PermissionDenied

    def open(self) -> None:
        reading.listed(self.request.user, School, rows=len(self.found), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        short = [one for one in self.found if one.standing in hours.ALERTS]
        return super().get_context_data(
            chart=side_by_side(self.found),
            short=[(one, sentence(one)) for one in short],
            schools=self.found,
            bought=sum((one.bought for one in self.found), hours.NOTHING),
            used=sum((one.used for one in self.found), hours.NOTHING),
            left=sum((one.left for one in self.found), hours.NOTHING),
            **kwargs,
        )


def hours_address(school: Any) -> str:
    """The page of a school's hours."""
    return reverse("casework_school_hours", args=[school.uuid])
