"""Counting in months, and the month in which a school year begins."""

from datetime import date


def september_of(day: date) -> date:
    """The first of September with which the school year of a day began, by the common English pattern."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
