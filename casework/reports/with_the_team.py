"""The next supervision and training of a person: to lead, or to come to, with their cases on the agenda."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..access import rules
from ..access.roles import Role
from ..access.scope import of
from ..models import Attendance, MeetingKind, SupervisionItem, TeamMeeting

SHOWN = 3


@dataclass(frozen=True)
class Coming:
    """One that is to come, and the cases of its agenda that are this person's to prepare, or how many there are."""

    meeting: TeamMeeting
    cases: list[SupervisionItem] = field(default_factory=list)
    on_agenda: int | None = None


def coming(user: Any) -> QuerySet[TeamMeeting]:
    """Those to which this person is asked, and the supervisions that they lead."""
    scope = of(user)
    asked = Attendance.objects.filter(practitioner_id__in=scope.practitioners).values("meeting_id")
    led = Q(service_id__in=scope.held(Role.SUPERVISOR)) & ~Q(kind=MeetingKind.TRAINING)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = rules.visible_team_meetings(user).filter(starts_at__gte=today, cancelled_at=None)
    return seen.filter(Q(pk__in=asked) | led)


def next_ones(user: Any) -> list[Coming]:
    """The next few, the first one first: the agenda is asked for once for all."""
    meetings = list(coming(user).order_by("starts_at", "pk")[:SHOWN])
    items = rules.visible_supervision_items(user).filter(meeting__in=meetings)
    related = list(items.select_related("referral__school").defer("question", "reflected"))
    scope = of(user)
    found = []
    for meeting in meetings:
        theirs = [item for item in related if item.meeting_id == meeting.pk]
        leads = meeting.is_supervision and meeting.service_id in scope.held(Role.SUPERVISOR)
        own = [item for item in theirs if item.referral_id in scope.worked]
        found.append(Coming(meeting, own, len(theirs) if leads else None))
    return found
