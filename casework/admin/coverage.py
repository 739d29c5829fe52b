"""Who is at which school on which weekday: a table to look at and to print."""

from typing import Any

from django.http import Http404

from ..access import reading, rules
from ..models import Placement
from ..reports import coverage
from .screens import Screen


class Coverage(Screen):
    """The week of every school that this person sees placements of."""

    template_name = "casework/work/coverage.html"
    page_title = "Who is where"
    header_icon = "calendar-alt"

    def find(self) -> None:
        if not rules.can_view_coverage(self.request.user):
            raise Http404
        self.weeks = coverage.coverage(self.request.user)

    def open(self) -> None:
        reading.listed(self.request.user, Placement, rows=len(self.weeks), search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(weeks=self.weeks, days=coverage.DAYS, **kwargs)
