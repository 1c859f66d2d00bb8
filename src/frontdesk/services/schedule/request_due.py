"""By when a request must be worked on, from how soon the patient must be seen. Plain values."""

from datetime import datetime, time, timedelta

from frontdesk.models.schedule.urgency import Urgency

WITHIN = timedelta(hours=1)
"""A request for today."""
_NOON, _CLOSING = time(12), time(17)


def due_by(urgency: Urgency, now: datetime) -> datetime:
    """Wall time: within the hour for today, by noon of the next weekday for this week, else two weekdays."""
    if urgency is Urgency.TODAY:
        return now + WITHIN
    if urgency is Urgency.THIS_WEEK:
        return datetime.combine(_weekdays_after(now, 1), _NOON)
    return datetime.combine(_weekdays_after(now, 2), _CLOSING)


def _weekdays_after(now: datetime, count: int) -> datetime:
    day = now
    while count:
        day += timedelta(1)
        count -= day.weekday() < 5
    return day
