"""The library on a first page: what somebody must read, and what the coordinator has to look after."""

from typing import Any

from django.urls import reverse

from ...reports import rare, reading
from .panel import Panel

MOST = 5


class ToRead(Panel):
    """What this person must read and has not; left out where there is nothing."""

    name = "to-read"
    title = "To read"
    urgency = 12
    template_name = "casework/home/to_read.html"

    def content(self) -> dict[str, Any] | None:
        if rare.TO_READ not in self.desk.rare:
            return None
        owed = reading.mine(self.user)
        return {"owed": owed[:MOST], "more": len(owed) - MOST} if owed else None


class LibraryCare(Panel):
    """Documents past their review, and those that nobody may open yet; left out where there are none."""

    name = "library"
    title = "The library"
    urgency = 46
    is_aside = True
    template_name = "casework/home/library.html"

    def content(self) -> dict[str, Any] | None:
        if rare.LIBRARY not in self.desk.rare:
            return None
        return {
            "past_review": reading.past_review(self.user)[:MOST],
            "without_readers": reading.without_readers(self.user)[:MOST],
            "give_readers": reverse("casework_documentaudience_modeladmin_create"),
        }
