"""How providers' days run: the visits in the book, with their stamps, given to the simulation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import bindparam, select

from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import lengths, notices
from frontdesk.services.schedule.intervals import minute_of, time_of
from frontdesk.services.schedule.lengths import Lengths
from frontdesk.services.schedule.simulation import Expected, Projection, project
from frontdesk.services.schedule.status import NOT_ARRIVED_AFTER, Status, status_of
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
    """A visit where it is booked, and how far it is. Times are wall times."""

    id: int
    provider_id: int
    visit_type_id: int
    starts: datetime
    ends: datetime
    status: Status
    provider_in: datetime | None


def of_day(work: Work, visits: Iterable[Placed], known: Lengths) -> dict[int, Pace]:
    """How each provider's day runs; the visits come in the order of their booked times. One statement."""
    now = work.local_now
    origin = datetime.combine(now.date(), time())
    minute = (now - origin) // _MINUTE
    placed = list(visits)
    missing = [visit.id for visit in placed if visit.status is Status.NOT_ARRIVED]
    promised = _promised(work, missing)
    return {
        provider_id: _pace(project(theirs, minute), origin)
        for provider_id, theirs in _by_provider(placed, now, origin, known, promised).items()
    }


def of_provider(work: Work, provider_id: int, on: date) -> Pace:
    """How a provider's day runs, in three statements."""
    found = of_providers(work, (provider_id,), on)
    return found.get(provider_id) or _pace(project((), 0), work.local_now)


def of_providers(work: Work, provider_ids: Sequence[int], on: date) -> dict[int, Pace]:
    """How the day of each of them runs who has visits, in three statements."""
    return of_day(work, _visits(work, provider_ids, on, on), lengths.load(work))


def days(
    work: Work, provider_ids: Sequence[int], first: date, last: date
) -> dict[tuple[int, date], list[Expected]]:
    """The visits of each provider's each day, as the simulation takes them; three statements.

    Minutes count from the midnight of their own day.
    """
    known = lengths.load(work)
    visits = _visits(work, provider_ids, first, last)
    promised = _promised(work, [visit.id for visit in visits])
    found: dict[tuple[int, date], list[Expected]] = {}
    by_day: dict[date, list[Placed]] = {}
    for visit in visits:
        by_day.setdefault(visit.starts.date(), []).append(visit)
    for on, of_day in by_day.items():
        origin = datetime.combine(on, time())
        for provider_id, theirs in _by_provider(of_day, work.local_now, origin, known, promised).items():
            found[provider_id, on] = theirs
    return found


def placed(work: Work, visit: Appointment, status: Status) -> Placed:
    """A visit as this module sees it."""
    return Placed(
        id=visit.id,
        provider_id=visit.provider_id,
        visit_type_id=visit.visit_type_id,
        starts=visit.starts,
        ends=visit.ends,
        status=status,
        provider_in=work.wall(visit.provider_in_at) if visit.provider_in_at else None,
    )


def _visits(work: Work, provider_ids: Sequence[int], first: date, last: date) -> list[Placed]:
    asked = {
        "providers": provider_ids,
        "begin": datetime.combine(first, time()),
        "end": datetime.combine(last, time()) + timedelta(days=1),
    }
    now = work.local_now
    return [
        placed(work, visit, status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, now))
        for visit in _STANDING.named(work.session, asked)
    ]


def _promised(work: Work, appointment_ids: Sequence[int]) -> dict[int, datetime]:
    """The start that each patient was told last, where one was."""
    return {
        id: promised
        for id, several in notices.standing(work, appointment_ids).items()
        if (promised := next((each.promised for each in reversed(several) if each.promised), None))
    }


def _by_provider(
    visits: Iterable[Placed],
    now: datetime,
    origin: datetime,
    known: Lengths,
    promised: Mapping[int, datetime],
) -> dict[int, list[Expected]]:
    found: dict[int, list[Expected]] = {}
    for visit in visits:
        told = promised.get(visit.id)
        minutes = (visit.ends - visit.starts) // _MINUTE
        found.setdefault(visit.provider_id, []).append(
            Expected(
                id=visit.id,
                starts=minute_of(visit.starts, origin),
                length=known.of(visit.visit_type_id, visit.provider_id, minutes),
                status=_awaited(visit.status, told, now),
                provider_in=None if visit.provider_in is None else (visit.provider_in - origin) // _MINUTE,
                promised=None if told is None else minute_of(told, origin),
            )
        )
    return found


def _awaited(status: Status, told: datetime | None, now: datetime) -> Status:
    """Who was told to come later is waited for until then."""
    if status is Status.NOT_ARRIVED and told is not None and now < told + NOT_ARRIVED_AFTER:
        return Status.SCHEDULED
    return status


def _pace(ahead: Projection, origin: datetime) -> Pace:
    def times(minutes: Iterable[float]) -> dict[int, datetime]:
        return {
            visit.id: time_of(round(at), origin) for visit, at in zip(ahead.waiting, minutes, strict=True)
        }

    return Pace(
        late_minutes=ahead.late_minutes,
        words=ahead.words,
        busy_until=None if ahead.busy_until is None else time_of(ahead.busy_until, origin),
        predicted=times(ahead.starts),
        latest=times(ahead.latest),
    )


_STANDING: Final = Prepared(
    select(Appointment)
    .where(
        among(Appointment.provider_id, "providers"),
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle.in_(STANDING),
    )
    .order_by(Appointment.starts, Appointment.id)
)
