"""Cards that several roles find on their home."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from ... import models
from ...access import reading, rules
from ...charts import Bar, bars, plain
from ...reports import absences, agreements, kept_words, missed, rare, second_yes, team, work
from .panel import Panel, Task, Tasks, case_address


class ReviewsDue(Panel):
    """Cases that are in sessions for six weeks and more without a review."""

    name = "reviews-due"
    title = "Reviews due"
    urgency = 25
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any]:
        rows = work.reviews_due(self.user).rows
        tasks = [
            Task(case, f"In sessions for {case.days // 7} weeks without a review", case_address(case), "Open")
            for case in rows
        ]
        return {"groups": [Tasks("", tasks)] if tasks else [], "empty": "No review is due."}


class Agreements(Panel):
    """Agreements that a family took back, and those that are soon to be asked again; left out where there is none."""

    name = "agreements"
    title = "Agreements"
    urgency = 8
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any] | None:
        if rare.AGREEMENTS not in self.desk.rare:
            return None
        answered = [
            Task(row.case, row.words, reverse("casework_agreement_link", args=[row.link]), "Look")
            for row in agreements.to_confirm(self.user)
        ]
        groups = [
            Tasks("Answered by a link: it counts when you have looked at it", answered),
            self._group("Taken back: decide before the next session", agreements.to_decide(self.user), "Decide"),
            self._group("To be asked again", agreements.to_review(self.user), "Open"),
        ]
        shown = [group for group in groups if group.tasks]
        return {"groups": shown} if shown else None

    @staticmethod
    def _group(title: str, rows: list[agreements.Asks], button: str) -> Tasks:
        return Tasks(
            title, [Task(row.case, row.words, f"{case_address(row.case)}?tab=agreements", button) for row in rows]
        )


class MissedInARow(Panel):
    """Children who were not seen several times one after the other; left out where there is none."""

    name = "missed-in-a-row"
    title = "Not seen several times"
    urgency = 16
    template_name = "casework/home/tasks.html"

    def content(self) -> dict[str, Any] | None:
        if rare.MISSED not in self.desk.rare:
            return None
        tasks = [
            Task(
                run.case,
                f"Not seen in the last {run.sessions} sessions",
                f"{case_address(run.case)}?tab=sessions",
                "Look",
            )
            for run in missed.runs(self.user)
        ]
        return {"groups": [Tasks("", tasks)]}


class Away(Panel):
    """Who of the team is away now or soon; left out where nobody is."""

    name = "away"
    title = "Away now or soon"
    urgency = 14
    template_name = "casework/home/away.html"

    def content(self) -> dict[str, Any] | None:
        if rare.AWAY not in self.desk.rare:
            return None
        return {"absences": absences.soon(self.user).select_related("practitioner").order_by("starts_on", "pk")}


class WhoHasRoom(Panel):
    """The team's weekly hours, offered and used."""

    name = "who-has-room"
    title = "Who has room"
    urgency = 40
    is_aside = True
    template_name = "casework/home/bars.html"

    def content(self) -> dict[str, Any]:
        rooms = team.team(self.user)
        rows = [
            Bar(room.name, room.used, f"{room.used} of {plain(room.offered)} h", of=room.offered, note=room.discipline)
            for room in rooms
        ]
        chart = bars(rows, caption="Weekly hours used and offered, by therapist", label="Therapist", amount="Hours")
        free = sum((room.free for room in rooms if room.free > 0), start=Decimal(0))
        return {
            "chart": chart if rows else "",
            "words": f"{plain(free)} hours a week are free.",
            "empty": "No therapist offers hours yet.",
            "link": ("Who is where", reverse("casework_coverage")),
        }


class SecondYes(Panel):
    """What this person may say the second yes to; left out where there is nothing."""

    name = "second-yes"
    title = "Roles that wait for your yes"
    urgency = 8
    template_name = "casework/home/second_yes.html"

    def content(self) -> dict[str, Any] | None:
        if rare.SECOND_YES not in self.desk.rare:
            return None
        waits = [one for one in second_yes.waits(self.user) if one.can_agree]
        return {"waits": waits} if waits else None


class KeptWords(Panel):
    """Words that were kept when a case had closed to their author; left out where there are none to see to."""

    name = "kept-words"
    title = "Words that were kept"
    urgency = 9
    template_name = "casework/home/kept_words.html"

    def content(self) -> dict[str, Any] | None:
        if rare.KEPT_WORDS not in self.desk.rare:
            return None
        rows = kept_words.waiting(self.user)
        reading.listed(self.user, models.KeptWords, rows=len(rows), search=False)
        return {"rows": rows}


class Backups(Panel):
    """How old the last backup is that was read back."""

    name = "backups"
    title = "Backups"
    urgency = 65
    is_aside = True
    template_name = "casework/home/backups.html"
    is_alarm = False

    def content(self) -> dict[str, Any] | None:
        last = self.desk.last_backup
        is_demo = settings.DEMO and not last.made_at
        if (bool(last.failed_at) or (last.is_late and not is_demo)) is not self.is_alarm:
            return None
        return {
            "last": last,
            "age": {0: "today", 1: "yesterday"}.get(last.days, f"{last.days} days ago"),
            "alarm": self.is_alarm,
            "mends": "system" in rules.surfaces(self.user),
            "at": settings.BACKUP_AT,
        }


class BackupsNeedYou(Backups):
    """The same at the top of the page, with what to do, when the last one is too old or the last try has failed."""

    name = "backups-need-you"
    title = "Backups need you"
    urgency = 3
    is_aside = False
    is_alarm = True


BACKUPS: list[type[Panel]] = [BackupsNeedYou, Backups]
