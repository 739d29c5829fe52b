"""A therapist's home: today's hours with a button each, what is not written up, who waits, and how full the week is."""

from collections import Counter
from itertools import groupby
from typing import Any

from django.urls import reverse

from ...access import rules
from ...charts import Bar, bars, plain
from ...reports import team, waiting
from ...reports.diary import Hour
from .library import ToRead
from .packs import PacksOfMySchools
from .panel import Panel, Task, Tasks, how_long
from .readiness import OwnReadiness
from .shared import Agreements, KeptWords, MissedInARow, ReviewsDue
from .supervision import NextSupervision


class MyDay(Panel):
    """The hours of today by school; on a day without any, those of the next day that has some."""

    name = "my-day"
    title = "My day"
    urgency = 5
    template_name = "casework/home/my_day.html"

    def content(self) -> dict[str, Any]:
        diary = self.desk.diary
        return {
            "today": diary.today,
            "schools": _by_school(diary.hours_today),
            "next_day": diary.next_day,
            "next_schools": _by_school(diary.next_hours),
            "next_hour": diary.next_hours[0] if diary.next_hours else None,
            "without_hour": diary.without_hour,
            "calendars": rules.visible_months(self.user).filter(user=self.user),
        }


class NotWritten(Panel):
    """Hours of the last two weeks that are not written up."""

    name = "not-written"
    title = "Not written up"
    urgency = 15
    template_name = "casework/home/not_written.html"

    def content(self) -> dict[str, Any]:
        return {"hours": self.desk.diary.not_written, "notes": self.desk.diary.notes_to_write}


class AsksMyYes(Panel):
    """Who waits at my schools for a therapist's yes."""

    name = "asks-my-yes"
    title = "Waiting at my schools"
    urgency = 20
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any]:
        tasks = [
            Task(case, f"Waits {how_long(case.days)}", reverse("casework_queue_item", args=[case.uuid]), "Look")
            for case in waiting.for_therapists_yes(self.user)
        ]
        return {
            "groups": [Tasks("", tasks)] if tasks else [],
            "words": "These ask for your yes. The school’s and yours together accept a referral." if tasks else "",
            "empty": "Nobody waits for your yes.",
        }


class MyHours(Panel):
    """The week: hours offered and used, in all and by school."""

    name = "my-hours"
    title = "My hours"
    urgency = 45
    is_aside = True
    template_name = "casework/home/bars.html"

    def content(self) -> dict[str, Any]:
        rooms = team.mine(self.user)
        rows = [Bar("My week", room.used, f"{room.used} of {plain(room.offered)} h", of=room.offered) for room in rooms]
        by_school = Counter(slot.school for slot in self.desk.diary.slots)
        rows += [Bar(school, hours, f"{hours} h") for school, hours in sorted(by_school.items())]
        chart = bars(rows, caption="Weekly hours used and offered, in all and by school", label="Where", amount="Hours")
        return {
            "chart": chart if rows else "",
            "words": _room(rooms),
            "empty": "No hours are written down for you yet.",
        }


def _by_school(hours: list[Hour]) -> list[tuple[str, list[Hour]]]:
    """Hours in their order, under the school that they are at; a school twice where the day goes back to it."""
    return [(school, list(group)) for school, group in groupby(hours, key=lambda hour: hour.slot.school)]


def _room(rooms: list[team.Room]) -> str:
    free = sum(room.free for room in rooms)
    if not rooms:
        return ""
    if free < 0:
        return f"You give {plain(-free)} h more than you offer."
    if free < 1:
        return "Your week is full."
    return "You have room for one more child." if free < 2 else f"You have room for {int(free)} more children."


PANELS: list[type[Panel]] = [
    KeptWords, MyDay, ToRead, Agreements, NotWritten, MissedInARow, NextSupervision, PacksOfMySchools, AsksMyYes,
    ReviewsDue, OwnReadiness, MyHours,
]  # fmt: skip
