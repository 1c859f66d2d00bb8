"""The calendar's months: where one ends, and the same day in another."""

from calendar import monthrange
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or back; the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_month(day: date) -> date:
    """The first of the month after."""
    return months_later(day.replace(day=1), 1)


def month_end(day: date) -> date:
    """The last of the month."""
    return next_month(day) - timedelta(days=1)
