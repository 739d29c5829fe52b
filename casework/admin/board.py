"""The coordinator's allocation board: who has room, and who waits, each with the therapists that fit and why."""

from typing import Any

from django.core.paginator import Page
from django.urls import reverse

from .. import once
from ..access import reading, rules
from ..access.roles import Role
from ..access.scope import of
from ..charts import Bar, bars, plain
from ..models import Referral, Weekday
from ..reports import board, fitting, readiness, team
from .board_filters import FROM_BOARD, Filters, narrowed
from .screens import Screen
from .triage import Counted

ON_A_PAGE = 50
MOST_ROOMS = 12


class Board(Screen):
    """Who waits for a therapist in the coordinated services; urgent first, then who has waited longest."""

    template_name = "casework/board.html"
    page_title = "Allocation"
    header_icon = "user"

    def find(self) -> None:
        user = self.request.user
        self.offers = fitting.offers(user)
        coordinated = of(user).schools_served(Role.COORDINATOR)
        schools = list(rules.visible_schools(user).filter(pk__in=coordinated).order_by("name"))
        self.filters = Filters(self.request.GET, self.offers, schools)
        wanted = self.filters.wanted()
        self.rooms = team.team(user)
        rows = board.queue(user, wanted, self.offers)
        self.total = board.total(rows)
        self.page: Page = Counted(rows, ON_A_PAGE, count=self.total.count).get_page(self.request.GET.get("p"))
        start = (self.page.number - 1) * ON_A_PAGE
        offered = wanted.offered(self.offers)
        self.why_not = readiness.why_not(user, fitting.practitioners(self.offers))
        self.rows = board.rows_of(board.page(rows, start, start + ON_A_PAGE), offered, self.rooms, self.why_not)
        self.undoable = board.just_allocated(user)

    def open(self) -> None:
        reading.listed(self.request.user, Referral, rows=self.total.count, search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = narrowed(self.filters.chosen)
        return super().get_context_data(
            total=self.total,
            rows=[(row, once.new_key()) for row in self.rows],
            page=self.page,
            filters=self.filters,
            is_narrowed=bool(query),
            narrowed=query,
            from_board=FROM_BOARD,
            days=Weekday.choices,
            undoable=[(one, board.minutes_left(one), once.new_key()) for one in self.undoable],
            room=self._room(),
            **kwargs,
        )

    def _room(self) -> dict[str, Any]:
        """Who has most room, and who is over; of a large team the rest stands in the register."""
        not_ready = {offer.address for offer in self.offers if offer.practitioner in self.why_not}
        over = [room for room in self.rooms if room.free < 0]
        shown = [room for room in self.rooms if room.free >= 0][: max(MOST_ROOMS - len(over), 0)] + over[:MOST_ROOMS]
        rows = [
            Bar(
                room.name, room.used, f"{room.used} of {plain(room.offered)} h", of=room.offered,
                note=f"{room.discipline} · not ready" if room.address in not_ready else room.discipline,
            )
            for room in shown
        ]  # fmt: skip
        chart = bars(rows, caption="Weekly hours used and offered, by therapist", label="Therapist", amount="Hours")
        return {
            "chart": chart if rows else "",
            "more": len(self.rooms) - len(shown),
            "address": reverse("casework_practitioner_modeladmin_index"),
        }
