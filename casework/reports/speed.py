"""How long it takes to refer a child, from the moment a referral is begun to the moment it is sent."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from ..models import Source
from .suppression import FEWEST, TOO_FEW
from .waiting import coordinated

A_YEAR = timedelta(days=365)
MOST = 1000
ADDED_WITH_IT = timedelta(minutes=1)
"""A pupil who was added at most so long before the referral was begun was added as a part of it."""


@dataclass(frozen=True)
class Speed:
    """The middle one of the times that schools took for one kind of pupil; none where there are too few to say."""

    pupil: str
    aim: int
    took: timedelta | None

    @property
    def words(self) -> str:
        if self.took is None:
            return TOO_FEW
        minutes = max(1, round(self.took / timedelta(minutes=1)))
        for unit, size in (("day", 24 * 60), ("hour", 60)):
            if minutes >= 2 * size:
                return f"{round(minutes / size)} {unit}s"
        return f"{minutes} minute{'' if minutes == 1 else 's'}"


def speeds(user: Any) -> list[Speed]:
    """Of the schools' referrals of the last year, those of a pupil who was known and those of a new one apart."""
    sent = coordinated(user).filter(source=Source.SCHOOL, submitted_at__gt=timezone.now() - A_YEAR)
    times = sent.order_by("-submitted_at").values_list("created_at", "submitted_at", "pupil__created_at")[:MOST]
    known, new = list[float](), list[float]()
    for begun, submitted, added in times:
        if submitted is not None:
            (new if begun - added < ADDED_WITH_IT else known).append((submitted - begun).total_seconds())
    return [Speed("who was known already", 3, _middle(known)), Speed("who was added", 10, _middle(new))]


def _middle(seconds: list[float]) -> timedelta | None:
    return timedelta(seconds=median(seconds)) if len(seconds) >= FEWEST else None
