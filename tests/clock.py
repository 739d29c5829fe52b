"""Instants as people in the tests would say them."""

from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time on the clock in London."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)
