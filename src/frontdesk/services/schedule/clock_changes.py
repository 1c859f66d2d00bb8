"""The hour that is not there in the night in which the clocks go forward."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import Interval


def skipped(zone: ZoneInfo, origin: datetime, days: int) -> list[Interval]:
    """The minutes from `origin`, a midnight, that no clock on the office's wall will show."""
    found = []
    before = origin.replace(tzinfo=zone).utcoffset() or timedelta()
    for day in range(days):
        midnight = origin + timedelta(day)
        after = (midnight + timedelta(1)).replace(tzinfo=zone).utcoffset() or timedelta()
        if after > before:
            first = next(minute for minute in range(DAY) if _is_skipped(zone, midnight, minute))
            starts = day * DAY + first
            found.append((starts, starts + (after - before) // timedelta(minutes=1)))
        before = after
    return found


def _is_skipped(zone: ZoneInfo, midnight: datetime, minute: int) -> bool:
    wall = midnight + timedelta(minutes=minute)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall
