"""A school's home: refer a child, how far the school's referrals are and whose move it is, who is seen when."""

from typing import Any

from django.urls import reverse

from ...access import reading
from ...access.roles import Role
from ...access.scope import of
from ...lifecycle import Mover, Status
from ...models import Allocation, Referral
from ...reports import school, waiting
from .hours import SchoolHours
from .packs import PackOwed, PackSent
from .panel import Panel, Task, Tasks, how_long, register_address
from .shared import Agreements

NEWEST = 5


class Refer(Panel):
    """The way to refer a child, and what comes before it."""

    name = "refer"
    title = "Refer a child"
    urgency = 1
    template_name = "casework/home/refer.html"

    def content(self) -> dict[str, Any]:
        return {"address": reverse("casework_refer"), "list_address": reverse("casework_pupil_list")}


class AsksSchoolsYes(Panel):
    """What waits for the school's yes."""

    name = "asks-schools-yes"
    title = "Waits for your yes"
    urgency = 12
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any] | None:
        tasks = [
            Task(case, f"Waits {how_long(case.days)}", reverse("casework_queue_item", args=[case.uuid]), "Look")
            for case in waiting.for_schools_yes(self.user)
        ]
        words = "Your yes and the therapist’s together accept a referral."
        return {"groups": [Tasks("", tasks)], "words": words} if tasks else None


class MyReferrals(Panel):
    """The school's referrals with a plain step bar, and whose move it is."""

    name = "my-referrals"
    title = "My school’s referrals"
    urgency = 14
    template_name = "casework/home/referrals.html"

    def content(self) -> dict[str, Any]:
        found = school.referrals(self.user)
        if found.rows:
            reading.listed(self.user, Referral, rows=len(found.rows), search=False)
        rows = [(row, self._address(row), self._since(row)) for row in found.rows]
        return {"rows": rows, "more": register_address("referral") if found.more else ""}

    @staticmethod
    def _since(row: school.SchoolCase) -> str:
        """Since when it stands so, where no clock of the work says how long."""
        rests = row.clock is None and row.case.whose != Mover.NOBODY.label
        return how_long(row.case.days) if rests else ""

    @staticmethod
    def _address(row: school.SchoolCase) -> str:
        is_draft = row.case.status == Status.DRAFT.label
        name = "casework_refer_change" if is_draft else "casework_case"  # what came back begins with its question
        return reverse(name, args=[row.case.uuid])


class SeenWhen(Panel):
    """Who is seen on which day, at what time and by whom."""

    name = "seen-when"
    title = "Who is seen when"
    urgency = 35
    template_name = "casework/home/seen_when.html"

    def content(self) -> dict[str, Any]:
        rows = school.seen_when(self.user)
        if rows:
            reading.listed(self.user, Allocation, rows=len(rows), search=False)
        return {"rows": rows}


class Strategies(Panel):
    """Where therapists shared strategies lately."""

    name = "strategies"
    title = "Strategies for your staff"
    urgency = 36
    is_aside = True
    template_name = "casework/home/strategies.html"

    def content(self) -> dict[str, Any]:
        shared = school.strategies(self.user)
        return {"count": len(shared), "rows": shared[:NEWEST]}


class TherapistsHere(Panel):
    """The therapists who are placed at the school, and their days."""

    name = "therapists-here"
    title = "Your therapist"
    urgency = 38
    is_aside = True
    template_name = "casework/home/therapists.html"

    def content(self) -> dict[str, Any]:
        return {"rows": school.therapists(self.user)}


class SchoolFacts(Panel):
    """What is written down of the school, and whom to write to."""

    name = "school-facts"
    title = "Your school"
    urgency = 70
    is_aside = True
    template_name = "casework/home/school_facts.html"

    def content(self) -> dict[str, Any]:
        return {"schools": self.desk.own_schools}


class WhatYouCanDo(Panel):
    """What a designated safeguarding lead or a chair of governors finds here, and what they do with a concern."""

    name = "what-you-can-do"
    title = "What you can do here"
    urgency = 60
    template_name = "casework/home/onlooker.html"

    def content(self) -> dict[str, Any]:
        return {"is_dsl": bool(of(self.user).held(Role.DSL))}


PANELS: list[type[Panel]] = [
    Refer, SchoolHours, PackOwed, Agreements, AsksSchoolsYes, MyReferrals, SeenWhen, Strategies, TherapistsHere,
    PackSent, SchoolFacts,
]  # fmt: skip
ONLOOKERS: list[type[Panel]] = [WhatYouCanDo, SchoolFacts]
