"""The team in numbers, for those who oversee it: no name, no child, and no share of fewer than five."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import services_of
from ..lifecycle import WORKED
from ..models import Attendance, Evidence, MeetingKind, Practitioner, Referral, RequirementKind, Service, in_force
from ..models.months import september_of
from .brought import is_late, with_brought
from .supervision_hours import hours
from .suppression import FEWEST, TOO_FEW


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def words(self) -> str:
        """In words; nothing of fewer than five."""
        if self.whole < FEWEST:
            return TOO_FEW
        return f"{self.part} of {self.whole} ({round(100 * self.part / self.whole)}%)"


@dataclass(frozen=True)
class TeamNumbers:
    """What a steering group is told of one service's team."""

    service: str
    within: int
    in_post: int
    trained: Share
    brought: Share
    supervised: Share


def team_numbers(user: Any) -> list[TeamNumbers]:
    """Of each service whose numbers this person may see."""
    if not rules.can_view_team_numbers(user):
        return []
    return [_numbers(service) for service in services_of(user, Role.STEERING, Role.COORDINATOR, Role.SUPERVISOR)]


def _numbers(service: Service) -> TeamNumbers:
    team = Practitioner.objects.filter(in_force(), service=service, weekly_hours__gt=0)
    trained = list(team.annotate(trained=_trained()).select_related("body"))
    met = [one.is_met for one in hours(trained)]
    open_cases: Any = Referral.objects.filter(school__service=service, status__in=WORKED)
    late = with_brought(open_cases).aggregate(all=Count("pk"), late=Count("pk", filter=is_late(service)))
    return TeamNumbers(
        service=service.name,
        within=service.supervision_within,
        in_post=len(trained),
        trained=Share(sum(one.trained for one in trained), len(trained)),
        brought=Share(late["all"] - late["late"], late["all"]),
        supervised=Share(sum(one is True for one in met), sum(one is not None for one in met)),
    )


def _trained() -> Q:
    """Whether somebody came to a training in this school year, or has evidence of one that is dated in it."""
    first = september_of(timezone.localdate())
    since = timezone.make_aware(datetime.combine(first, time.min))
    came = Attendance.objects.filter(
        practitioner=OuterRef("pk"), came=True, meeting__kind=MeetingKind.TRAINING, meeting__starts_at__gte=since,
        meeting__cancelled_at=None,
    )  # fmt: skip
    shown = Evidence.objects.filter(
        practitioner=OuterRef("pk"), requirement__kind=RequirementKind.TRAINING, replaced_at=None, dated__gte=first
    )
    return Q(Exists(came)) | Q(Exists(shown))
