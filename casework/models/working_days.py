"""Working days: Monday to Friday without the bank holidays of England."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from holidays import country_holidays

OBJECTION_DAYS = 2
"""Within so many working days the clinical supervisor may object to an allocation."""

A_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices work on it."""
    return day.weekday() < 5 and day not in country_holidays("GB", subdiv="ENG", years=day.year)


def objection_until(allocated_at: datetime) -> date:
    """The last day on which an allocation may be objected to: the second working day after it."""
    return _count(timezone.localdate(allocated_at), A_DAY, OBJECTION_DAYS)


def open_to_objection_since() -> datetime:
    """From when on an allocation may still be objected to today."""
    day = timezone.localdate()
    if not is_working_day(day):
        day = _count(day, A_DAY, 1)  # a day at rest counts as the working day that comes next
    return timezone.make_aware(datetime.combine(_count(day, -A_DAY, OBJECTION_DAYS), time.min))


def _count(day: date, step: timedelta, days: int) -> date:
    while days:
        day += step
        days -= is_working_day(day)
    return day
