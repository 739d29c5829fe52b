"""A therapist's month: hours by school and kind, charged or not, with no child in it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from ..models import Attendance, Practitioner, Session, Work, WorkKind

HOUR = Decimal(60)
SESSION = "Session"


@dataclass(frozen=True)
class Line:
    """One piece of work."""

    at: datetime
    school: str
    kind: str
    minutes: int
    charged: bool
    work: UUID | None = None

    @property
    def hours(self) -> Decimal:
        return hours_of(self.minutes)


@dataclass(frozen=True)
class Total:
    """The hours of one kind at one school."""

    school: str
    kind: str
    charged: bool
    hours: Decimal
    count: int


@dataclass(frozen=True)
class Month:
    """All of one practitioner's month, oldest first."""

    practitioner: Practitioner
    first: date
    lines: list[Line] = field(default_factory=list)

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return _next(self.first)

    @property
    def totals(self) -> list[Total]:
        """By school and kind."""
        found: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
        for line in self.lines:
            found[line.school, not line.charged, line.kind].append(line.minutes)
        return [
            Total(school, kind, not free, hours_of(sum(minutes)), len(minutes))
            for (school, free, kind), minutes in sorted(found.items())
        ]

    @property
    def charged(self) -> Decimal:
        """The hours that a school's hours were charged."""
        return hours_of(sum(line.minutes for line in self.lines if line.charged))

    @property
    def uncharged(self) -> Decimal:
        return hours_of(sum(line.minutes for line in self.lines if not line.charged))


def month(practitioner: Practitioner, first: date) -> Month:
    """The sessions and the other work of a month, and the supervision and training that was come to. Of a group its own
    hour counts, not the session of each child; an hour that was neither given nor charged is none."""
    since, until = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, _next(first)))
    within: dict[str, Any] = {"practitioner": practitioner, "starts_at__gte": since, "starts_at__lt": until}
    sessions = Session.objects.filter(**within, group=None).exclude(attendance__charged=False, attendance__seen=False)
    given = sessions.values_list(
        "starts_at", "referral__school__name", "attendance__seen", "minutes", "attendance__charged"
    )
    work = Work.objects.filter(**within).values_list(
        "starts_at", "school__name", "kind__label", "minutes", "kind__charged", "school_id", "uuid"
    )
    lines = [
        Line(at, school, SESSION if seen else f"{SESSION}, child not seen", minutes, charged)
        for at, school, seen, minutes, charged in given
    ]
    lines += [
        Line(at, school or "", kind, minutes, charged and place is not None, uuid)
        for at, school, kind, minutes, charged, place, uuid in work
    ]
    lines += _with_the_team(practitioner, since, until)
    return Month(practitioner, first, sorted(lines, key=lambda line: line.at))


def _with_the_team(practitioner: Practitioner, since: datetime, until: datetime) -> list[Line]:
    """What was come to. On a day on which supervision was written down as other work, it is not counted again."""
    within: dict[str, Any] = {"practitioner": practitioner, "starts_at__gte": since, "starts_at__lt": until}
    written = Work.objects.filter(**within, kind__work_kind=WorkKind.SUPERVISION).values_list("starts_at", flat=True)
    days = {timezone.localdate(at) for at in written}
    came = Attendance.objects.filter(
        practitioner=practitioner, came=True, meeting__cancelled_at=None, meeting__starts_at__gte=since,
        meeting__starts_at__lt=until,
    )  # fmt: skip
    meetings = [place.meeting for place in came.select_related("meeting")]
    return [
        Line(one.starts_at, "", one.get_kind_display(), one.minutes, charged=False)
        for one in meetings
        if not (one.is_supervision and timezone.localdate(one.starts_at) in days)
    ]


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours, to the hundredth."""
    return (minutes / HOUR).quantize(Decimal("0.01"))


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
