"""The coordinator's page of what is stuck: whose move it is, how long it waits, and what is late."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from ..access import reading
from ..lifecycle import Mover
from ..models import Referral
from ..reports import speed, triage
from .screens import Screen

ON_A_PAGE = 50


class Counted(Paginator):
    """Pages whose number of rows is known already."""

    def __init__(self, rows: Any, on_a_page: int, *, count: int) -> None:
        super().__init__(rows, on_a_page)
        self.known = count

    @property
    def count(self) -> int:  # type: ignore[override]
        return self.known


class Triage(Screen):
    """All open referrals, or those of one mover, or the late ones; the longest wait first."""

    template_name = "casework/triage.html"
    page_title = "What is stuck"
    header_icon = "warning"

    def find(self) -> None:
        user, asked = self.request.user, self.request.GET
        self.whose = asked.get("whose", "") if asked.get("whose", "") in Mover.values else ""
        self.late = asked.get("late") == "yes"
        self.shares = triage.shares(triage.standing(user))
        chosen = [share for share in self.shares if self.whose in ("", share.mover)]
        count = sum(share.late if self.late else share.count for share in chosen)
        rows = triage.stuck(user, whose=self.whose, late=self.late)
        self.page: Page = Counted(rows, ON_A_PAGE, count=count).get_page(asked.get("p"))

    def open(self) -> None:
        reading.listed(self.request.user, Referral, rows=self.page.paginator.count, search=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        late = sum(share.late for share in self.shares)
        return super().get_context_data(
            choices=[
                self._choice("All", sum(share.count for share in self.shares)),
                self._choice("Late", late, late=True),
                *(
                    self._choice(share.mover.label.capitalize(), share.count, whose=share.mover)
                    for share in self.shares
                ),
            ],
            rows=triage.rows_of(self.page),
            page=self.page,
            speeds=speed.speeds(self.request.user),
            here=address(whose=self.whose, late=self.late),
            **kwargs,
        )

    def _choice(self, label: str, count: int, *, whose: str = "", late: bool = False) -> dict[str, Any]:
        is_open = (whose, late) == (self.whose, self.late)
        return {"label": label, "count": count, "address": address(whose=whose, late=late), "is_open": is_open}


def address(*, whose: str = "", late: bool = False) -> str:
    """The page, of one mover or of the late ones."""
    asked = [f"whose={whose}"] * bool(whose) + ["late=yes"] * late
    return reverse("casework_triage") + ("?" + "&".join(asked) if asked else "")
