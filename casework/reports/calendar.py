"""When there is school: the terms, closed days, bank holidays and absences around a day, in one query."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import holidays
from django.db.models import CharField, QuerySet, Value

from ..models import Absence, ClosedDays, Term

TERM, CLOSED, SCHOOL, AWAY = "term", "closed", "school", "away"

Spans = dict[int, list[tuple[date, date]]]


def _spans() -> Spans:
    return defaultdict(list)


@dataclass(frozen=True)
class Calendar:
    """Terms and closed days by service, a school's own closed days by school, absences by practitioner."""

    terms: Spans = field(default_factory=_spans)
    closed: Spans = field(default_factory=_spans)
    schools: Spans = field(default_factory=_spans)
    away: Spans = field(default_factory=_spans)

    def is_school_day(self, day: date, *, service: int, school: int) -> bool:
        """A weekday in term, neither closed nor a bank holiday; any such weekday where no terms are written down."""
        if day.weekday() > 4 or day in bank_holidays():
            return False
        in_term = not self.terms[service] or _in(day, self.terms[service])
        return in_term and not _in(day, self.closed[service]) and not _in(day, self.schools[school])

    def is_away(self, day: date, practitioners: Iterable[int]) -> bool:
        """Whether this person is away, by any entry of theirs in a team."""
        return any(_in(day, self.away[practitioner]) for practitioner in practitioners)


def calendar_of(services: Collection[int], practitioners: Collection[int], first: date, last: date) -> Calendar:
    """The days of these services and the absences of these practitioners, as far as they touch a stretch of days."""
    closed = ClosedDays.objects.filter(service_id__in=services)
    parts = (
        _rows(TERM, "school_year__service_id", Term.objects.filter(school_year__service_id__in=services)),
        _rows(CLOSED, "service_id", closed.filter(school=None)),
        _rows(SCHOOL, "school_id", closed.exclude(school=None)),
        _rows(AWAY, "practitioner_id", Absence.objects.filter(practitioner_id__in=practitioners)),
    )
    near = [part.filter(ends_on__gte=first, starts_on__lte=last) for part in parts]
    calendar = Calendar()
    spans = {TERM: calendar.terms, CLOSED: calendar.closed, SCHOOL: calendar.schools, AWAY: calendar.away}
    for what, number, starts_on, ends_on in near[0].union(*near[1:], all=True):
        spans[what][number].append((starts_on, ends_on))
    return calendar


@cache
def bank_holidays() -> holidays.HolidayBase:
    """Those of England, for any year that is asked for."""
    return holidays.country_holidays("GB", subdiv="ENG")


def _rows(what: str, number: str, days: QuerySet[Any]) -> QuerySet[Any, Any]:
    return days.order_by().values_list(Value(what, output_field=CharField()), number, "starts_on", "ends_on")


def _in(day: date, spans: list[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)
