"""The demo's today, and the providers' weeks as mockup and office have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from frontdesk.demo.start import NOW, ZONE
from frontdesk.models.schedule.template import BlockKind

TODAY: Final = NOW.date()
DAYS_BACK: Final = 60
DAYS_AHEAD: Final = 60

OPENS: Final = time(8)
CLOSES: Final = time(17)
WEEK: Final = range(5)


@dataclass(frozen=True, slots=True)
class Kept:
    """Time of a provider's day that is kept for something; all week, or on some weekdays (0 is Monday)."""

    provider: str
    kind: BlockKind
    starts: time
    ends: time
    weekdays: tuple[int, ...] = tuple(WEEK)


def _kept(
    provider: str, kind: BlockKind, *spans: str, weekdays: tuple[int, ...] = tuple(WEEK)
) -> Iterator[Kept]:
    """Spans as "11:45-12:00"."""
    for span in spans:
        starts, ends = (time.fromisoformat(at) for at in span.split("-"))
        yield Kept(provider, kind, starts, ends, weekdays)


KEPT: Final = (
    *_kept("Lee", BlockKind.URGENT, "11:45-12:00", "14:15-14:30"),
    *_kept("Lee", BlockKind.LUNCH, "12:00-13:00"),
    *_kept("Lee", BlockKind.NEW_PATIENT, "13:00-13:45", "15:00-15:45"),
    *_kept("Lee", BlockKind.CHARTING, "16:30-17:00"),
    *_kept("Okafor", BlockKind.URGENT, "11:45-12:00"),
    *_kept("Okafor", BlockKind.LUNCH, "12:00-13:00"),
    *_kept("Okafor", BlockKind.PROCEDURE, "14:00-15:00", weekdays=(1, 3)),
    *_kept("Okafor", BlockKind.NEW_PATIENT, "15:30-16:15"),
    *_kept("Okafor", BlockKind.CHARTING, "16:45-17:00"),
    *_kept("Reyes", BlockKind.URGENT, "11:30-11:45", "13:30-13:45", "16:15-16:45"),
    *_kept("Reyes", BlockKind.LUNCH, "12:00-13:00"),
    *_kept("Reyes", BlockKind.NEW_PATIENT, "14:30-15:15"),
    *_kept("Reyes", BlockKind.CHARTING, "16:45-17:00"),
    *_kept("Raman", BlockKind.URGENT, "11:15-11:45", "13:45-14:00", "14:45-15:00", "16:00-16:30"),
    *_kept("Raman", BlockKind.LUNCH, "12:30-13:30"),
    *_kept("Whitfield", BlockKind.LUNCH, "12:00-13:00"),
    *_kept("Whitfield", BlockKind.PROCEDURE, "13:00-15:00", weekdays=(1,)),
    *_kept("Whitfield", BlockKind.NEW_PATIENT, "15:00-15:45"),
    *_kept("Whitfield", BlockKind.URGENT, "16:15-16:30"),
    *_kept("Whitfield", BlockKind.CHARTING, "16:30-17:00"),
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Time of this week in which a provider sees nobody, and why."""

    provider: str
    starts: datetime
    ends: datetime
    reason: str


ABSENCES: Final = (
    Absence("Lee", datetime(2026, 3, 18, 12), datetime(2026, 3, 18, 17), "hospital rounds"),
    Absence("Lee", datetime(2026, 3, 20, 13), datetime(2026, 3, 20, 17), "team meeting, training"),
)
DAYS_OFF: Final = {"Whitfield": (4,)}
"""Weekdays on which a provider does not work."""


def working_days(provider: str) -> tuple[int, ...]:
    """The weekdays of a provider; holidays are another matter."""
    return tuple(day for day in WEEK if day not in DAYS_OFF.get(provider, ()))


def is_away(provider: str, starts: datetime, ends: datetime) -> bool:
    """Whether a provider is out for any part of a span."""
    return any(each.provider == provider and each.starts < ends and starts < each.ends for each in ABSENCES)


def kept_on(provider: str, on: date) -> tuple[Kept, ...]:
    """The kept times of one day, from morning on."""
    found = [each for each in KEPT if each.provider == provider and on.weekday() in each.weekdays]
    return tuple(sorted(found, key=lambda each: each.starts))


def days(first: date, last: date) -> Iterator[date]:
    """All days from the first to the last."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(offset)


def instant(wall: datetime) -> datetime:
    """The instant at which the office's clock shows this."""
    return wall.replace(tzinfo=_ZONE).astimezone(UTC)


_ZONE = ZoneInfo(ZONE)
