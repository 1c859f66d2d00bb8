"""By when a good-faith estimate must be given: 45 CFR 149.610(b)(1)(vi). Pure.

(A) booked at least 3 business days ahead: within 1 business day after the booking;
(B) booked at least 10 business days ahead: within 3 business days after the booking;
(C) asked for: within 3 business days after the asking.

Business days leave out Saturdays, Sundays and the days on which the office is closed. The day of the visit
counts as one of those ahead, the day of the booking does not (HHS: booked on a Monday for Thursday is three).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

SOON_DAYS, LATER_DAYS = 3, 10
SOON_DUE, LATER_DUE, ASKED_DUE = 1, 3, 3
DISPUTE_CENTS = 40_000
"""Billed so much above the estimate, the patient may dispute it: 45 CFR 149.620(a)(2)(ii)(F)."""
DISPUTE_DAYS = 120
"""For so many days after the first bill: 45 CFR 149.620(c)(2)(i)."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and why it is that one."""

    on: date
    because: str


def is_business_day(day: date, closed: Collection[date]) -> bool:
    """Monday to Friday, unless the office is closed."""
    return day.weekday() < 5 and day not in closed


def after(day: date, days: int, closed: Collection[date]) -> date:
    """So many business days later."""
    while days:
        day += timedelta(days=1)
        days -= is_business_day(day, closed)
    return day


def ahead(booked_on: date, service_on: date, closed: Collection[date], *, most: int = LATER_DAYS) -> int:
    """How many business days lie from the booking to the visit; counts no further than `most`."""
    day, count = booked_on, 0
    while day < service_on and count < most:
        day += timedelta(days=1)
        count += is_business_day(day, closed)
    return count


def due(
    *, booked_on: date | None, service_on: date | None, requested_on: date | None, closed: Collection[date]
) -> Due | None:
    """The earlier of what the booking and the asking call for; None where neither does."""
    found = []
    if booked_on is not None and service_on is not None:
        days = ahead(booked_on, service_on, closed)
        if days >= LATER_DAYS:
            because = "booked ten or more business days ahead: three business days"
            found.append(Due(after(booked_on, LATER_DUE, closed), because))
        elif days >= SOON_DAYS:
            because = "booked three or more business days ahead: one business day"
            found.append(Due(after(booked_on, SOON_DUE, closed), because))
    if requested_on is not None:
        found.append(Due(after(requested_on, ASKED_DUE, closed), "asked for: three business days"))
    return min(found, key=lambda each: each.on) if found else None
