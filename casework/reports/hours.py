"""How a school's hours stand: given, used and left, by month, against the plan, and what July will find."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, FilteredRelation, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from ..access import rules
from ..models import HoursKind, School, ServiceAgreement
from .school_time import ServiceYear, Year, next_month, years

NOTHING = Decimal(0)
BAND = Decimal("0.1")
"""How far from an even use a school may be, as a part of its hours, and still be on track."""
TOO_EARLY = 10
"""School days before which a pace says nothing."""
USES = (HoursKind.SESSION, HoursKind.WORK)
BOUGHT = (HoursKind.AGREED, HoursKind.TOP_UP)


class Standing(Enum):
    """How the use of a year's hours goes."""

    NONE = "No agreement"
    OVER = "Over"
    SHORT = "Running short"
    EARLY = "Just begun"
    ON_TRACK = "On track"
    SLOW = "Slower than planned"
    PAST = "The year is over"


ALERTS = (Standing.OVER, Standing.SHORT)


@dataclass(frozen=True)
class Month:
    """What came and went in a month, what was left after it, and what the plan leaves."""

    first: date
    came: Decimal
    used: Decimal
    left: Decimal
    plan: Decimal


@dataclass(frozen=True)
class SchoolHours:
    """A school's hours in the school year of a day."""

    pk: int
    uuid: UUID
    name: str
    today: date
    year: Year | None = None
    is_agreed: bool = False
    sums: dict[tuple[date, str], Decimal] = field(default_factory=dict)

    @property
    def bought(self) -> Decimal:
        """Agreed, and topped up."""
        return sum((hours for (_, kind), hours in self.sums.items() if kind in BOUGHT), NOTHING)

    @property
    def given(self) -> Decimal:
        """All that came: bought, borrowed, carried over, adjusted, without what was lent."""
        return sum((hours for (_, kind), hours in self.sums.items() if kind not in USES), NOTHING)

    @property
    def used(self) -> Decimal:
        return -sum((hours for (_, kind), hours in self.sums.items() if kind in USES), NOTHING)

    @property
    def left(self) -> Decimal:
        return self.given - self.used

    def planned(self, day: date) -> Decimal:
        """What an even use leaves at the end of a day."""
        if not self.year or not self.year.days:
            return self.given
        return self.given * self.year.after(day) / len(self.year.days)

    @property
    def in_july(self) -> Decimal | None:
        """What would be left at the end of the year at the pace so far; None where it is too early to say, or over."""
        if not self.year or self.year.before(self.today) < TOO_EARLY or not self.year.after(self.today):
            return None
        return self.left - self.used / self.year.before(self.today) * self.year.after(self.today)

    @property
    def runs_out_on(self) -> date | None:
        """The school day on which the hours end at this pace, where they do not last."""
        if not self.year or self.in_july is None or self.in_july >= 0 or self.left < 0:
            return None
        done = self.year.before(self.today)
        lasts = int(self.left / (self.used / done))
        return self.year.days[min(done + lasts, len(self.year.days) - 1)]

    @property
    def standing(self) -> Standing:
        if not self.is_agreed and not self.given:
            return Standing.NONE
        if self.left < 0:
            return Standing.OVER
        if not self.year or not self.year.after(self.today):
            return Standing.PAST
        if self.in_july is None:
            return Standing.EARLY
        beside = self.left - self.planned(self.today)
        if abs(beside) <= self.given * BAND:
            return Standing.ON_TRACK
        return Standing.SLOW if beside > 0 else Standing.SHORT

    @property
    def months(self) -> list[Month]:
        """Month by month up to today."""
        rows, left = [], NOTHING
        for first in self.year.months if self.year else []:
            if first > self.today:
                break
            here = {kind: hours for (month, kind), hours in self.sums.items() if month == first}
            came = sum((hours for kind, hours in here.items() if kind not in USES), NOTHING)
            used = -sum((hours for kind, hours in here.items() if kind in USES), NOTHING)
            left += came - used
            rows.append(Month(first, came, used, left, self.planned(min(next_month(first), self.today))))
        return rows


def of_schools(user: Any, on: date | None = None) -> list[SchoolHours]:
    """Every school whose hours this person sees, by name, without its months: two queries, however many there are."""
    return _figures(rules.visible_hours_schools(user), on)


def of_own_schools(user: Any, schools: Iterable[int], on: date | None = None) -> list[SchoolHours]:
    """Some of them."""
    return _figures(rules.visible_hours_schools(user).filter(pk__in=schools), on)


def of_school(user: Any, school: School, on: date | None = None) -> SchoolHours | None:
    """One school, month by month; None where this person does not see its hours."""
    mine = rules.visible_hours_schools(user).filter(pk=school.pk)
    return next(iter(_figures(mine, on, by_month=True)), None)


def _figures(schools: QuerySet[School], on: date | None, *, by_month: bool = False) -> list[SchoolHours]:
    on = on or timezone.localdate()
    found = years(schools.order_by().values("service_id"), on)
    figures: dict[int, SchoolHours] = {}
    for pk, uuid, name, service, is_agreed, month, kind, hours in _summed(schools, found, on, by_month):
        year = found[service].of(pk) if pk not in figures and service in found else None
        school = figures.setdefault(pk, SchoolHours(pk, uuid, name, on, year, is_agreed))
        if hours is not None:
            school.sums[month, kind] = hours
    return list(figures.values())


def _summed(schools: QuerySet[School], found: dict[int, ServiceYear], on: date, by_month: bool) -> Any:
    """Each school with what each kind of entry came to, in its year or in each month of it; one that has none, once.

    Months are asked for where they are shown alone: to tell the month of each entry costs SQLite more than all else.
    """
    agreed = ServiceAgreement.objects.in_force().filter(
        school=OuterRef("pk"), school_year__starts_on__lte=on, school_year__ends_on__gte=on
    )
    within = Q(hours_entries__pk=None)
    for service, year in found.items():
        within |= Q(service_id=service, hours_entries__on__range=(year.starts_on, year.ends_on))
    joined = schools.annotate(
        entry=FilteredRelation("hours_entries", condition=within),
        agreed=Exists(agreed),
        month=TruncMonth("entry__on") if by_month else Value(on, output_field=DateField()),
    )
    rows = joined.order_by("name", "pk").values_list(
        "pk", "uuid", "name", "service_id", "agreed", "month", "entry__kind"
    )
    return rows.annotate(sum=Sum("entry__hours"))
