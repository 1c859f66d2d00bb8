"""How the rest of a provider's day will run, from the day's own stamps. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from frontdesk.services.schedule.status import Status

ON_TIME_WITHIN = 5
"""Minutes of delay that nobody is told about."""

# A tuple: it compares by identity first, and an enum's hash is a Python function. This runs at each stamp.
_WAITING = (Status.CONFIRMED, Status.SCHEDULED, Status.CHECKING_IN, Status.READY, Status.IN_ROOM)
_IN_VISIT = Status.IN_VISIT
_BOOKED = attrgetter("starts", "id")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """A visit as the projection sees it: its booked start, its length, and how far it is."""

    id: int
    starts: datetime
    minutes: int
    status: Status
    provider_in: datetime | None = None


@dataclass(frozen=True, slots=True)
class Projection:
    """When each waiting patient will be seen, and how late the next one is."""

    late_minutes: int
    starts: Mapping[int, datetime]
    busy_until: datetime | None
    """When the provider will be done with the patient they are with."""

    @property
    def words(self) -> str:
        """ "Running 18 min late", or "On time"."""
        return f"Running {self.late_minutes} min late" if self.late_minutes >= ON_TIME_WITHIN else "On time"


def projection(visits: Iterable[Expected], now: datetime) -> Projection:
    """One after another, in the booked order: each starts when booked, or when the one before ends.

    Who has not come 15 minutes after their time is not waited for.
    """
    ordered = sorted(visits, key=_BOOKED)
    ends = [
        (visit.provider_in or visit.starts) + visit.minutes * _MINUTE
        for visit in ordered
        if visit.status is _IN_VISIT
    ]
    busy_until = max(now, *ends) if ends else None
    starts: dict[int, datetime] = {}
    late = 0
    free = busy_until or now
    for visit in ordered:
        if visit.status in _WAITING:
            start = visit.starts
            if start < free:
                if not starts:
                    late = (free - start) // _MINUTE
                start = free
            starts[visit.id] = start
            free = start + visit.minutes * _MINUTE
    return Projection(late, starts, busy_until)
