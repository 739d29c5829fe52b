"""Hours of supervision of each practitioner, month by month, against what their professional body asks for.

An individual supervision counts in full. What an hour in a group counts for says the body's rule: in full, as half,
divided by how many came, or not at all. A month without supervision, in August say, is made up for by the others: what
counts is the average over the whole months of the last year in which somebody was in post.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from ..access import rules
from ..models import Attendance, GroupCounts, MeetingKind, Practitioner, SupervisionRule, in_force

MONTHS = 12
NOTHING, CENT, HOUR = Decimal(0), Decimal("0.01"), Decimal(60)
SUPERVISIONS = (MeetingKind.GROUP, MeetingKind.INDIVIDUAL)


@dataclass(frozen=True)
class Month:
    """One month: how many hours of each kind, and for how many they count."""

    first: date
    individual: Decimal
    group: Decimal
    counted: Decimal


@dataclass(frozen=True)
class Hours:
    """One practitioner's last twelve months, the oldest first."""

    practitioner: Practitioner
    rule: SupervisionRule | None
    months: list[Month]

    @property
    def whole_months(self) -> list[Month]:
        """Those that are over and in which they were in post all the time; of somebody new, the month that runs."""
        since = timezone.localdate(self.practitioner.starts_at)
        whole = [month for month in self.months[:-1] if month.first >= since]
        return whole or self.months[-1:]

    @property
    def average(self) -> Decimal:
        """Hours a month, as they count."""
        months = self.whole_months
        return (sum((month.counted for month in months), NOTHING) / len(months)).quantize(CENT)

    @property
    def is_met(self) -> bool | None:
        """Whether the average is what the body asks for; None without a rule."""
        return None if self.rule is None else self.average >= self.rule.hours_a_month


def hours(practitioners: Iterable[Practitioner]) -> list[Hours]:
    """The hours of these, in their order: three questions, however many they are."""
    people = list(practitioners)
    firsts = _firsts()
    found = SupervisionRule.objects.filter(service__in={one.service_id for one in people}).select_related("body")
    bodies: dict[tuple[int, int | None], SupervisionRule] = {(rule.service_id, rule.body_id): rule for rule in found}
    attended: dict[int, list[Any]] = defaultdict(list)
    for row in _attended(people, firsts[0]):
        attended[row["practitioner_id"]].append(row)
    return [_hours(one, bodies.get((one.service_id, one.body_id)), firsts, attended[one.pk]) for one in people]


def team(user: Any) -> list[Hours]:
    """Of everybody in post whose hours this person reads."""
    people = rules.visible_supervision_hours(user).filter(in_force())
    return hours(people.select_related("service", "discipline", "body").order_by("name", "pk"))


def in_words(rule: SupervisionRule) -> str:
    """What a body asks for."""
    group = f"an hour in a group counts {rule.get_group_counts_display()}"
    return f"{rule.body}: {float(rule.hours_a_month):g} h a month; {group}"


def _firsts() -> list[date]:
    """The first days of the last twelve months, this one last."""
    firsts = [timezone.localdate().replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    return firsts


def _attended(people: list[Practitioner], since: date) -> Any:
    """The supervisions that these came to, with how many came."""
    there = Attendance.objects.filter(meeting=OuterRef("meeting"), came=True).order_by().values("meeting")
    return Attendance.objects.filter(
        practitioner__in=people, came=True, meeting__cancelled_at=None, meeting__kind__in=SUPERVISIONS,
        meeting__starts_at__gte=timezone.make_aware(datetime.combine(since, time.min)),
    ).values(
        "practitioner_id", kind=F("meeting__kind"), at=F("meeting__starts_at"), minutes=F("meeting__minutes"),
        people=Subquery(there.annotate(count=Count("pk")).values("count")),
    )  # fmt: skip


def _hours(one: Practitioner, rule: SupervisionRule | None, firsts: list[date], rows: list[Any]) -> Hours:
    months = []
    for first in firsts:
        mine = [row for row in rows if timezone.localdate(row["at"]).replace(day=1) == first]
        individual = sum((row["minutes"] for row in mine if row["kind"] == MeetingKind.INDIVIDUAL), 0)
        group = [row for row in mine if row["kind"] == MeetingKind.GROUP]
        counted = individual + sum((counts(row["minutes"], row["people"], rule) for row in group), NOTHING)
        months.append(
            Month(first, _in_hours(individual), _in_hours(sum(row["minutes"] for row in group)), _in_hours(counted))
        )
    return Hours(one, rule, months)


def counts(minutes: int, people: int, rule: SupervisionRule | None) -> Decimal:
    """For how many minutes a group's count; without a rule they are divided by how many came."""
    share = {
        GroupCounts.FULL: Decimal(1),
        GroupCounts.HALF: Decimal("0.5"),
        GroupCounts.NOT: NOTHING,
    }
    asked = GroupCounts(rule.group_counts) if rule else GroupCounts.SHARED
    return minutes * share.get(asked, 1 / Decimal(max(people, 1)))


def _in_hours(minutes: Decimal | int) -> Decimal:
    return (Decimal(minutes) / HOUR).quantize(CENT)
