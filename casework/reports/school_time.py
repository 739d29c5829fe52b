"""The school years that a day lies in, with their school days: what a plan for a year is spread over."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Value

from ..models import ClosedDays, SchoolYear
from .calendar import bank_holidays

FRIDAY = 4
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """A school year of a school, and the days on which it is open, in order."""

    starts_on: date
    ends_on: date
    days: tuple[date, ...]

    def __str__(self) -> str:
        return f"{self.starts_on.year}–{self.ends_on.year % 100:02}"

    def before(self, day: date) -> int:
        """How many school days lie before a day."""
        return bisect_left(self.days, day)

    def after(self, day: date) -> int:
        """How many school days come after a day."""
        return len(self.days) - bisect_right(self.days, day)

    @property
    def months(self) -> list[date]:
        """The first of each month from its first day to its last school day."""
        last = self.days[-1] if self.days else self.ends_on
        months = [self.starts_on.replace(day=1)]
        while (month := next_month(months[-1])) <= last:
            months.append(month)
        return months


@dataclass(frozen=True)
class ServiceYear:
    """The year of a service: its school days, and those on which single schools are closed besides."""

    starts_on: date
    ends_on: date
    days: tuple[date, ...]
    closed: dict[int, frozenset[date]]

    def of(self, school: int) -> Year:
        closed = self.closed.get(school)
        days = tuple(day for day in self.days if day not in closed) if closed else self.days
        return Year(self.starts_on, self.ends_on, days)


def years(services: Any, on: date) -> dict[int, ServiceYear]:
    """The year of each service that a day lies in, in one query; `services` may itself be one."""
    no_closing: dict[str, Any] = {
        "is_closing": Value(False, output_field=BooleanField()),
        "at": Value(0, output_field=BigIntegerField()),
    }
    columns = ("is_closing", "service_id", "at", "starts_on", "ends_on", "terms__starts_on", "terms__ends_on")
    lasting = SchoolYear.objects.filter(service_id__in=services, starts_on__lte=on, ends_on__gte=on)
    rows: Any = lasting.annotate(**no_closing).order_by().values_list(*columns)
    closings = (
        ClosedDays.objects.filter(service_id__in=services, ends_on__gte=on - 366 * DAY, starts_on__lte=on + 366 * DAY)
        .annotate(is_closing=Value(True, output_field=BooleanField()))
        .order_by()
        .values_list("is_closing", "service_id", "school_id", "starts_on", "ends_on", "starts_on", "ends_on")
    )
    terms: dict[int, list[Any]] = {}
    closed: dict[int, list[Any]] = {}
    for is_closing, service, *rest in rows.union(closings, all=True):
        (closed if is_closing else terms).setdefault(service, []).append(rest)
    return {service: _year(spans, closed.get(service, [])) for service, spans in terms.items()}


def next_month(day: date) -> date:
    """The first of the month after a day's."""
    return (day.replace(day=1) + 31 * DAY).replace(day=1)


def _year(terms: list[Any], closings: list[Any]) -> ServiceYear:
    _, starts_on, ends_on, *_ = terms[0]
    closed: dict[int, set[date]] = {}
    for school, _, _, first, last in closings:
        closed.setdefault(school or 0, set()).update(_each(first, last))
    spans = sorted((first, last) for *_, first, last in terms if first) or [(starts_on, ends_on)]
    everywhere = closed.pop(0, set())
    open_days = (day for span in spans for day in _each(*span) if day.weekday() <= FRIDAY)
    days = sorted({day for day in open_days if day not in bank_holidays()} - everywhere)
    return ServiceYear(starts_on, ends_on, tuple(days), {school: frozenset(own) for school, own in closed.items()})


def _each(first: date, last: date) -> list[date]:
    return [first + DAY * number for number in range((last - first).days + 1)]
