"""How today's providers run: their visits' stamps given to the simulation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.schedule.intervals import minute_of, time_of
from frontdesk.services.schedule.simulation import Expected, Length, Projection, project
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.schedule.taken import STANDING
from frontdesk.services.work import Work

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """A provider's day as it runs. Times are wall times."""

    late_minutes: int
    words: str
    """ "Running 18 min late", or "On time"."""
    busy_until: datetime | None
    """When the provider will be done with the patient they are with."""
    predicted: Mapping[int, datetime]
    """When each waiting patient will be called in, by visit."""
    latest: Mapping[int, datetime]
    """By when they are on four days of five."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit of today: where it is booked and how far it is. Times are wall times."""

    id: int
    provider_id: int
    starts: datetime
    ends: datetime
    status: Status
    provider_in: datetime | None


def of_day(visits: Iterable[Placed], now: datetime) -> dict[int, Pace]:
    """How each provider's day runs; the visits come in the order of their booked times."""
    origin = datetime.combine(now.date(), time())
    expected: dict[int, list[Expected]] = {}
    for visit in visits:
        expected.setdefault(visit.provider_id, []).append(_expected(visit, origin))
    minute = (now - origin) // _MINUTE
    return {
        provider_id: _pace(project(of_provider, minute), origin)
        for provider_id, of_provider in expected.items()
    }


def of_provider(work: Work, provider_id: int, on: date) -> Pace:
    """How a provider's day runs, in one statement."""
    day, now = datetime.combine(on, time()), work.local_now
    asked = (
        select(Appointment)
        .where(
            Appointment.provider_id == provider_id,
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(STANDING),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    found = of_day(
        (
            placed(
                work, visit, status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, now)
            )
            for visit in work.session.scalars(asked)
        ),
        now,
    )
    return found.get(provider_id) or _pace(project((), 0), day)


def placed(work: Work, visit: Appointment, status: Status) -> Placed:
    """A visit as this module sees it."""
    return Placed(
        visit.id,
        visit.provider_id,
        visit.starts,
        visit.ends,
        status,
        work.wall(visit.provider_in_at) if visit.provider_in_at else None,
    )


def _expected(visit: Placed, origin: datetime) -> Expected:
    minutes = (visit.ends - visit.starts) // _MINUTE
    return Expected(
        id=visit.id,
        starts=minute_of(visit.starts, origin),
        length=Length(minutes, minutes),
        status=visit.status,
        provider_in=None if visit.provider_in is None else (visit.provider_in - origin) // _MINUTE,
    )


def _pace(ahead: Projection, origin: datetime) -> Pace:
    return Pace(
        late_minutes=ahead.late_minutes,
        words=ahead.words,
        busy_until=None if ahead.busy_until is None else time_of(ahead.busy_until, origin),
        predicted={
            visit.id: time_of(round(at), origin)
            for visit, at in zip(ahead.waiting, ahead.starts, strict=True)
        },
        latest={
            visit.id: time_of(round(at), origin)
            for visit, at in zip(ahead.waiting, ahead.latest, strict=True)
        },
    )
