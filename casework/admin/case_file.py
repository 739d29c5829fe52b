"""The case file: where a case stands and whose move it is, what happened, and what this person may read of it."""

from typing import Any

from django.http import Http404

from ..access import beside, reading, rules
from ..lifecycle import FINISHED, WORKED, WRITABLE
from ..models import About
from ..reports import missed as runs
from .acting import OnceForm
from .case_content import Case
from .case_tabs import TABS, Tab
from .concern_raise import raise_address
from .danger import danger
from .endorsing import sides_open
from .moves import missing
from .screens import CaseScreen, case_address
from .step_pages import PAGES, QUIET


class CaseFile(CaseScreen):
    """One case, in tabs; a tab in which this person has nothing does not exist for them."""

    template_name = "casework/case/file.html"
    header_icon = "folder-open-inverse"

    def find(self) -> None:
        super().find()
        self.case = self.read()
        self.page_title = self.referral.reference
        self.tabs = [tab for tab in TABS if tab.offered(self.case)]
        wanted = self.request.GET.get("tab", TABS[0].key)
        self.asked = next((tab for tab in self.tabs if tab.key == wanted), None)
        if self.asked is None:
            raise Http404

    def read(self) -> Case:
        """The case, as whoever it is shown for reads it."""
        return Case(self.request.user, self.referral)

    def address(self, tab: str = "") -> str:
        """The address of one of its tabs."""
        return case_address(self.referral, tab)

    def open(self) -> None:
        reading.opened(self.request.user, self.referral, part=self.asked.title.lower())

    def trail(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.asked is TABS[0]:
            context |= danger(self.referral.school, reader=self.request.user)
        return context | self.next_move() | {
            "case": self.case,
            "tabs": [self._link(tab) for tab in self.tabs],
            "tab_template": self.asked.template,
            "tab": self.asked.content(self.case),
            "name": self.referral.pupil.short_name,
        }  # fmt: skip

    def next_move(self) -> dict[str, Any]:
        """Where the case stands, and what this person may do with it."""
        user, referral, moves = self.request.user, self.referral, self.case.moves
        brings_together = rules.can_arrange_cover(user, referral) and referral.status not in FINISHED
        ready = [{"step": move.step, "label": PAGES[move.step].label} for move in moves if not move.needs]
        return {
            "steps": [move for move in ready if move["step"] not in QUIET],
            "quiet_steps": [move for move in ready if move["step"] in QUIET],
            "missing": [(need, PAGES[step].label) for need, step in missing(moves).items()],
            "taken_back": self.case.taken_back,
            "beside": beside.beside(user, referral) if brings_together else None,
            "missed_in_a_row": runs.of_case(self.case.sessions, referral),
            "is_finished": referral.status in FINISHED,
            "sides": sides_open(user, referral, self.case.yeses),
            "yes_form": OnceForm(),
            "can_write": referral.status in WRITABLE and rules.can_change_referral(user, referral),
            "can_show_to_school": rules.can_show_to_school(user, referral),
            "can_see_as_school": rules.can_see_as_school(user, referral),
            "concern_address": raise_address(referral) if self._may_raise() else "",
            "can_cover": brings_together,
            "can_hand_over": referral.status in WORKED and rules.can_hand_over_case(user, referral),
        }

    def _may_raise(self) -> bool:
        return rules.can_raise_concern(self.request.user, self.referral.school, About.CHILD)

    def _link(self, tab: Tab) -> dict[str, Any]:
        address = self.address("" if tab is TABS[0] else tab.key)
        return {"title": tab.title, "address": address, "is_open": tab is self.asked}
