"""How a visit goes through the office: arrivals, waits, rooms, and the minutes a provider falls behind."""

from datetime import datetime, timedelta
from random import Random

from frontdesk.demo.book import Happened, Planned
from frontdesk.models.schedule.appointment import EventKind


def _minutes(chance: Random, least: float, most: float) -> timedelta:
    return timedelta(seconds=30 * chance.randrange(int(least * 2), int(most * 2) + 1))


def comes(chance: Random, planned: Planned) -> datetime:
    """When the patient stands at the desk."""
    if planned.starts.hour == 8 and planned.starts.minute == 0:
        return planned.starts - _minutes(chance, 3, 10)
    late = chance.random() < 0.12
    return planned.starts + _minutes(chance, 1, 11) if late else planned.starts - _minutes(chance, 3, 16)


def walked_through(
    chance: Random, planned: Planned, room_id: int, free_at: datetime
) -> tuple[tuple[Happened, ...], datetime]:
    """Everything from arrival to the door, and when the provider is free again."""
    arrived = comes(chance, planned)
    started = arrived + _minutes(chance, 0, 3)
    ready = started + _minutes(chance, 2, 8)
    roomed = max(ready + _minutes(chance, 1, 4), min(free_at, planned.starts) - timedelta(minutes=6))
    seen = max(roomed + _minutes(chance, 2, 6), planned.starts - timedelta(minutes=2), free_at)
    # Most visits take about what was booked, a few much less or more.
    left = seen + timedelta(minutes=round(planned.minutes * (1 + 0.5 * (2 * chance.random() - 1) ** 3)))
    out = left + _minutes(chance, 1, 4)
    gone = out + _minutes(chance, 2, 6)
    return steps(arrived, started, ready, roomed, seen, left, out, gone, room_id=room_id), left


def steps(
    arrived: datetime,
    started: datetime | None = None,
    ready: datetime | None = None,
    roomed: datetime | None = None,
    seen: datetime | None = None,
    left: datetime | None = None,
    out: datetime | None = None,
    gone: datetime | None = None,
    *,
    room_id: int = 0,
) -> tuple[Happened, ...]:
    """The events of the way as far as it has times."""
    way = (
        (EventKind.ARRIVED, arrived, "", ()),
        (EventKind.CHECK_IN_STARTED, started, "", ()),
        (EventKind.READY, ready, "", ()),
        (EventKind.ROOMED, roomed, "jow", (("room_id", room_id),)),
        (EventKind.PROVIDER_IN, seen, "jow", ()),
        (EventKind.PROVIDER_OUT, left, "jow", ()),
        (EventKind.CHECK_OUT_STARTED, out, "", ()),
        (EventKind.COMPLETED, gone, "", ()),
    )
    return tuple(Happened(kind, at, facts, by) for kind, at, by, facts in way if at is not None)
