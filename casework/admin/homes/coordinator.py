"""The coordinator's home: what is stuck and whose move it is, who has room, and where it waits."""

from collections.abc import Callable
from typing import Any

from ...charts import Bar, bars
from ...lifecycle import Mover, Status
from ...reports import messages, rare, role_changes, triage, waiting
from ...reports.rows import CaseRow, Lines
from ..board_filters import board_address
from ..triage import address
from .hours import ServiceHours
from .library import LibraryCare, ToRead
from .panel import Panel, Task, Tasks, case_address, how_long, register_address
from .readiness import TeamReadiness
from .shared import BACKUPS, Agreements, Away, KeptWords, MissedInARow, ReviewsDue, SecondYes, WhoHasRoom

SHOWN = 3


class WhatIsStuck(Panel):
    """How many open referrals are late, and whose move they wait for."""

    name = "what-is-stuck"
    title = "What is stuck"
    urgency = 5
    template_name = "casework/home/what_is_stuck.html"

    def content(self) -> dict[str, Any]:
        shares = triage.shares(self.desk.standing)
        return {
            "shares": [(share, address(whose=share.mover)) for share in shares],
            "late": sum(share.late for share in shares),
            "late_address": address(late=True),
            "all_address": address(),
            "empty": "No referral is open.",
        }


class NeedsYou(Panel):
    """Referrals that wait for somebody to move, and messages that did not arrive."""

    name = "needs-you"
    title = "Needs you"
    urgency = 10
    template_name = "casework/home/needs_you.html"

    def content(self) -> dict[str, Any]:
        needs = waiting.needs(self.user)
        groups = [
            self._group("To decide", needs.undecided, self._sent, Status.SUBMITTED, "Decide"),
            self._group(
                "Accepted, no therapist yet",
                needs.without_therapist,
                self._accepted,
                Status.ACCEPTED,
                "Allocate",
                board_address({}),
            ),
            self._group("Question not answered", needs.unanswered, self._asked, Status.RETURNED, "Open"),
        ]
        return {
            "groups": [group for group in groups if group.tasks],
            "lost": messages.lost(self.user) if rare.LOST in self.desk.rare else [],
            "empty": "You are up to date.",
        }

    def _group(
        self, title: str, lines: Lines, words: Callable[[CaseRow], str], status: Status, button: str, board: str = ""
    ) -> Tasks:
        """Lines under a title, and where the rest stands; a board of their own is always offered."""
        ours = Mover.COORDINATOR.label
        tasks = [
            Task(case, words(case), case_address(case), button if case.whose == ours else "Open") for case in lines.rows
        ]
        if board:
            return Tasks(title, tasks, board, "Allocate on the board")
        return Tasks(title, tasks, register_address("referral", status=status) if lines.more else "")

    @staticmethod
    def _sent(case: CaseRow) -> str:
        return f"Waits for {case.whose}, {how_long(case.days)}"

    @staticmethod
    def _accepted(case: CaseRow) -> str:
        again = ": look again, the day has come" if case.look_again else ""
        return f"Waits for a therapist {how_long(case.days)}{again}"

    @staticmethod
    def _asked(case: CaseRow) -> str:
        return f"The school was asked; no answer {how_long(case.days)}"


class WaitingBySchool(Panel):
    """How many wait where."""

    name = "waiting-by-school"
    title = "Waiting by school"
    urgency = 50
    is_aside = True
    template_name = "casework/home/bars.html"

    def content(self) -> dict[str, Any]:
        waits = waiting.by_school(self.user)
        rows = [
            Bar(
                wait.school,
                wait.count,
                str(wait.count),
                note=f"up to {wait.days} day{'' if wait.days == 1 else 's'}" if wait.days else "since today",
            )
            for wait in waits
        ]
        chart = bars(rows, caption="Pupils who wait, by school", label="School", amount="Pupils")
        return {"chart": chart if rows else "", "empty": "Nobody waits."}


class WhereTheyStand(Panel):
    """How many referrals stand at each status, each a way into the register."""

    name = "where-they-stand"
    title = "All open referrals"
    urgency = 60
    is_aside = True
    template_name = "casework/home/counts.html"

    def content(self) -> dict[str, Any]:
        counts = triage.by_status(self.desk.standing)
        return {
            "counts": [(count, register_address("referral", status=count.status)) for count in counts],
            "total": sum(count.count for count in counts),
        }


class RoleChanges(Panel):
    """Roles that somebody else gave or ended of late; left out where there is nothing to undo."""

    name = "role-changes"
    title = "Role changes"
    urgency = 45
    is_aside = True
    template_name = "casework/home/role_changes.html"

    def content(self) -> dict[str, Any] | None:
        if rare.ROLE_CHANGES not in self.desk.rare:
            return None
        changes = [one for one in role_changes.changes(self.user) if one.can_be_undone and one.by != self.user]
        return {"changes": changes[:SHOWN], "more": len(changes) > SHOWN} if changes else None


PANELS: list[type[Panel]] = [
    SecondYes, KeptWords, WhatIsStuck, NeedsYou, ServiceHours, Agreements, Away, MissedInARow, ReviewsDue,
    TeamReadiness, WhoHasRoom, ToRead, RoleChanges, LibraryCare, WaitingBySchool, WhereTheyStand, *BACKUPS,
]  # fmt: skip
