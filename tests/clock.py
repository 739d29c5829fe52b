"""Instants as people in the tests would say them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time on the clock in London."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def weeks_ago(weeks: int) -> datetime:
    """Noon in London, so many weeks ago by the calendar: a clock that was put back makes no difference."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(weeks=weeks), time(12)))
