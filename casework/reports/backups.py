"""How old the last backup is that was read back, for those who answer for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, Subquery
from django.utils import timezone

from ..access import rules

TOO_OLD = timedelta(days=2)


@dataclass(frozen=True)
class LastBackup:
    """The last backup that held: when it was made, how many days ago, and what was found wrong since, if anything."""

    made_at: datetime | None
    days: int
    is_late: bool
    failed_at: datetime | None
    finding: str


def last_backup(user: Any) -> LastBackup:
    """As far as this person may know of backups; for others it looks as if there were none."""
    runs = rules.visible_backups(user)
    last, held = runs.values("pk")[:1], runs.filter(verified_at__isnull=False).values("pk")[:1]
    asked = list(runs.filter(Q(pk=Subquery(last)) | Q(pk=Subquery(held))))
    newest = next(iter(asked), None)
    good = next((run for run in asked if run.verified_at), None)
    failed = newest if newest and newest.finding and newest != good else None
    made_at = good.made_at if good else None
    now = timezone.now()
    return LastBackup(
        made_at=made_at,
        days=(timezone.localdate(now) - timezone.localdate(made_at)).days if made_at else 0,
        is_late=is_late(made_at),
        failed_at=failed.made_at if failed else None,
        finding=failed.finding if failed else "",
    )


def is_late(made_at: datetime | None) -> bool:
    """Whether the last backup that held is too old, or there is none."""
    return made_at is None or timezone.now() - made_at > TOO_OLD
