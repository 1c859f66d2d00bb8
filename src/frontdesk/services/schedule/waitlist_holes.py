"""The times that have come free: given up by a visit and still open, or added to a provider's hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select

from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.template import ExceptionKind, ScheduleException
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import waitlist_ground as loading
from frontdesk.services.schedule import waitlist_words as words
from frontdesk.services.schedule.intervals import (
    Interval,
    difference,
    intersection,
    minute_of,
    normal,
    time_of,
)
from frontdesk.services.schedule.waitlist import Hole
from frontdesk.services.schedule.waitlist_fit import Gap, Ground, fit_in
from frontdesk.services.work import Work

DAYS = 7
LEAST_MINUTES = 10
_WHY = {
    Lifecycle.CANCELLED: "canceled",
    Lifecycle.RESCHEDULED: "rebooked",
    Lifecycle.NO_SHOW: "no-show",
    Lifecycle.LEFT: "left",
    Lifecycle.IN_ERROR: "entered in error",
}


@dataclass(frozen=True, slots=True)
class HoleLine:
    """A time that has come free, as lists show it."""

    hole: Hole
    provider: str
    said_time: str
    """ "Lee 11:00"."""
    minutes: int
    why: str
    """ "canceled", "moved away", "extra hours"."""
    fitting: int
    """How many on the waitlist fit."""
    first: str
    """Who ranks first of them: "Moreno, Alicia"."""

    @property
    def words(self) -> str:
        """ "Lee 11:00, 30 min"."""
        return f"{self.said_time}, {self.minutes} min"


@query(permission="schedule.view")
def holes(work: Work) -> tuple[HoleLine, ...]:
    """What has come free in the next seven days, soonest first; a constant number of statements."""
    found = {each.row.id: each for each in loading.waiting_entries(work)}
    ground, waiting = loading.ground(work, found.values(), work.today, DAYS)
    origin = ground.hours.origin
    free = {
        id: difference(ground.hours.bookable(id, (), ground.now), ground.taken.get(id, ()))
        for id in ground.providers
    }
    lines = []
    for provider_id, span, why in _opened(work, ground):
        for starts, ends in intersection(free[provider_id], [span]):
            if ends - starts < LEAST_MINUTES:
                continue
            fitting = [
                each for each in waiting if fit_in(ground, each, Gap(provider_id, starts, ends)) is not None
            ]
            at, provider = time_of(starts, origin), ground.providers[provider_id]
            lines.append(
                HoleLine(
                    hole=Hole(provider_id, at, time_of(ends, origin)),
                    provider=provider.name,
                    said_time=f"{provider.last_name} {words.short(at, work.today)}",
                    minutes=ends - starts,
                    why=why,
                    fitting=len(fitting),
                    first=_name(found[fitting[0].entry_id]) if fitting else "",
                )
            )
    return tuple(sorted(lines, key=lambda line: (line.hole.starts, line.provider)))


def _name(entry: loading.Entry) -> str:
    patient = entry.patient
    return f"{patient.legal_last}, {patient.preferred_name or patient.legal_first}"


def _opened(work: Work, ground: Ground) -> Iterator[tuple[int, Interval, str]]:
    """The stretches of providers that were given up or added, each once, with the last reason."""
    origin = ground.hours.origin
    asked = {
        "providers": sorted(ground.providers),
        "begin": work.local_now - timedelta(hours=12),
        "now": work.local_now,
        "until": origin + timedelta(DAYS),
    }
    opened: dict[tuple[int, datetime, datetime], str] = {}
    for provider_id, starts, ends, lifecycle in _GIVEN_UP.rows(work.session, asked):
        opened[provider_id, starts, ends] = _WHY.get(lifecycle, "moved away")
    for provider_id, starts, ends in _EXTRA.rows(work.session, asked):
        opened.setdefault((provider_id, starts, ends), "extra hours")
    covered: dict[int, list[Interval]] = {}
    for (provider_id, starts, ends), why in opened.items():
        span = (minute_of(starts, origin), minute_of(ends, origin))
        for rest in difference([span], covered.get(provider_id, ())):
            yield provider_id, rest, why
        covered[provider_id] = normal((*covered.get(provider_id, ()), span))


_GIVEN_UP: Final = Prepared(
    select(ResourceBooking.resource_id, ResourceBooking.starts, ResourceBooking.ends, Appointment.lifecycle)
    .join(Appointment, Appointment.id == ResourceBooking.appointment_id)
    .where(
        ResourceBooking.is_active.is_(False),
        among(ResourceBooking.resource_id, "providers"),
        ResourceBooking.starts >= bindparam("begin"),
        ResourceBooking.starts < bindparam("until"),
        ResourceBooking.ends > bindparam("now"),
    )
    .order_by(ResourceBooking.id)
)
_EXTRA: Final = Prepared(
    select(ScheduleException.provider_id, ScheduleException.starts, ScheduleException.ends)
    .where(
        ScheduleException.is_active,
        ScheduleException.kind == ExceptionKind.EXTRA,
        among(ScheduleException.provider_id, "providers"),
        ScheduleException.starts < bindparam("until"),
        ScheduleException.ends > bindparam("now"),
    )
    .order_by(ScheduleException.starts, ScheduleException.id)
)
