"""School years, half-terms and school weeks around a day, by the common English pattern."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.models.months import september_of

LONDON = ZoneInfo("Europe/London")
MONDAY, FRIDAY = 0, 4
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class HalfTerm:
    """A half-term; both days are school days."""

    name: str
    starts_on: date
    ends_on: date


def year_of(day: date) -> int:
    """The calendar year in which a day's school year began."""
    return september_of(day).year


def year_starts(year: int) -> datetime:
    """The first instant of a school year."""
    return at(date(year, 9, 1), time(0))


def half_terms(year: int) -> list[HalfTerm]:
    """The six half-terms of a school year, with a week between two of one term."""
    autumn_break = _weekday_on_or_after(MONDAY, date(year, 10, 24))
    spring_break = _weekday_on_or_after(MONDAY, date(year + 1, 2, 12))
    summer_break = _weekday_on_or_before(MONDAY, date(year + 1, 5, 31))
    bounds = [
        (date(year, 9, 3), autumn_break),
        (autumn_break + WEEK, _weekday_on_or_after(MONDAY, date(year, 12, 17))),
        (date(year + 1, 1, 5), spring_break),
        (spring_break + WEEK, _weekday_on_or_after(MONDAY, date(year + 1, 3, 28))),
        (date(year + 1, 4, 14), summer_break),
        (summer_break + WEEK, _weekday_on_or_after(MONDAY, date(year + 1, 7, 20))),
    ]
    names = [f"{season} {half}" for season in ("Autumn", "Spring", "Summer") for half in (1, 2)]
    return [
        HalfTerm(name, _school_day_from(first), _last_friday_before(after))
        for name, (first, after) in zip(names, bounds, strict=True)
    ]


def at(day: date, when: time) -> datetime:
    """A time on the clock in London."""
    return datetime.combine(day, when, tzinfo=LONDON)


class SchoolWeeks:
    """The school weeks of last year and this one up to a day: `back(0)` is the one of the last school day so far."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.year = year_of(today)
        self._weeks: list[list[date]] = []
        for year in (self.year - 1, self.year):
            for half_term in half_terms(year):
                self._add(half_term)
        self._begun = bisect_right([week[0] for week in self._weeks], today)

    def back(self, number: int) -> list[date]:
        """The school days of the week that was `number` school weeks ago."""
        if not 0 <= number < self._begun:
            raise ValueError(f"{number} school weeks ago is before last year")
        return self._weeks[self._begun - 1 - number]

    def ago(self, week_of_last_year: int) -> int:
        """How many school weeks ago a week of last year was, 0 for its first."""
        return self._begun - 1 - week_of_last_year

    def is_open(self, day: date) -> bool:
        """Whether a day is a school day."""
        return any(day in week for week in self._weeks)

    def _add(self, half_term: HalfTerm) -> None:
        days = (half_term.ends_on - half_term.starts_on).days + 1
        for day in (half_term.starts_on + timedelta(days=number) for number in range(days)):
            if day.weekday() > FRIDAY:
                continue
            if not self._weeks or self._weeks[-1][0].isocalendar()[:2] != day.isocalendar()[:2]:
                self._weeks.append([])
            self._weeks[-1].append(day)


def _weekday_on_or_after(weekday: int, day: date) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _weekday_on_or_before(weekday: int, day: date) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _school_day_from(day: date) -> date:
    return day if day.weekday() <= FRIDAY else _weekday_on_or_after(MONDAY, day)


def _last_friday_before(day: date) -> date:
    return _weekday_on_or_before(FRIDAY, day - timedelta(days=1))
