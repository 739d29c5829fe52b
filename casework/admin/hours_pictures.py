"""Pictures of hours: a school's year as a line that burns down beside its plan, and schools side by side."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils.safestring import SafeString

from ..charts import Bar, BurnDown, bars, burn_down, plain
from ..reports.hours import BAND, NOTHING, SchoolHours
from ..reports.hours_words import hours
from ..reports.school_time import next_month


def year_of(school: SchoolHours) -> SafeString | None:
    """What was left month by month, today, and at this pace in July; None where there is nothing to draw."""
    if not school.year or not school.given or not school.months:
        return None
    months, done = school.year.months, school.months
    line = [(0.0, done[0].came), *((number + 1.0, row.left) for number, row in enumerate(done[:-1]))]
    line.append((_place(school.today, months), school.left))
    chart = BurnDown(
        months=[f"{month:%b}" for month in months],
        plan=[school.given, *(school.planned(next_month(month) - timedelta(days=1)) for month in months)],
        band=school.given * BAND,
        line=line,
        then=_end(school, months),
    )
    title = f"Hours left by month: {hours(school.left)} of {hours(school.given)} today. The table has the numbers."
    return burn_down(chart, title=title)


def side_by_side(schools: Iterable[SchoolHours]) -> SafeString:
    """How much of its hours each school has used."""
    rows = [
        Bar(
            school.name,
            max(school.used, NOTHING),
            f"{plain(school.used)} of {plain(school.given)} h",
            of=max(school.given, NOTHING),
            note=school.standing.value,
        )
        for school in schools
    ]
    return bars(rows, caption="Hours used and given, by school", label="School", amount="Hours")


def _end(school: SchoolHours, months: list[date]) -> tuple[float, Decimal] | None:
    """Where this pace leads: to the day on which the hours end, or to July."""
    if school.runs_out_on:
        return _place(school.runs_out_on, months), NOTHING
    return None if school.in_july is None else (float(len(months)), school.in_july)


def _place(day: date, months: list[date]) -> float:
    """How many months after the start the end of a day is."""
    number = months.index(day.replace(day=1)) if day.replace(day=1) in months else len(months) - 1
    return number + day.day / (next_month(day) - day.replace(day=1)).days
