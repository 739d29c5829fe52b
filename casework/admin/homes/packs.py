"""Cards about safeguarding packs: what a school has to send or has sent, and what is missing or new to a therapist."""

from typing import Any

from django.utils import timezone

from ...access import rules
from ...reports import packs, rare
from .panel import Panel


class PackOwed(Panel):
    """Since when the school's pack is due; left out where it was sent."""

    name = "pack-owed"
    title = "Safeguarding pack"
    urgency = 3
    template_name = "casework/home/pack.html"
    is_owed = True

    def content(self) -> dict[str, Any] | None:
        standings = [one for one in self.desk.packs if rules.can_send_pack(self.user, one.school)]
        shown = [one for one in standings if one.is_owed is self.is_owed]
        return {"standings": shown, "several": len(standings) > 1} if shown else None


class PackSent(PackOwed):
    """When it was sent and by whom, and the way to change it; left out where it is due."""

    name = "pack-sent"
    urgency = 62
    is_aside = True
    is_owed = False


class PacksOfMySchools(Panel):
    """Where one is placed: packs that are missing, and those that are new; left out where there are none."""

    name = "packs"
    title = "Safeguarding packs"
    urgency = 18
    template_name = "casework/home/packs.html"

    def content(self) -> dict[str, Any] | None:
        if rare.PACKS not in self.desk.rare:
            return None
        standings = packs.for_therapist(self.user, timezone.localdate())
        return {
            "new": [one for one in standings if not one.is_owed],
            "missing": [one for one in standings if one.is_owed],
        }
