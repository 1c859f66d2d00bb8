"""How full each day of a month is, by provider: what the month view draws."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from frontdesk.kernel.months import month_end
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.command import query
from frontdesk.services.schedule import hours, resources, taken
from frontdesk.services.schedule.day import FREE_TIME, SLOT_MINUTES
from frontdesk.services.schedule.intervals import Interval, difference, intersection, minute_of, normal
from frontdesk.services.schedule.month import HEATS
from frontdesk.services.work import Work

_OFF = (Lifecycle.CANCELLED, Lifecycle.RESCHEDULED, Lifecycle.NO_SHOW, Lifecycle.IN_ERROR)


@dataclass(frozen=True, slots=True)
class Density:
    """So much booked of so much working time, without lunch and charting."""

    visits: int
    booked_minutes: int
    working_minutes: int
    open_count: int
    """Quarters of an hour that any type can still be booked in."""

    @property
    def share(self) -> float:
        return min(1.0, self.booked_minutes / self.working_minutes) if self.working_minutes else 0.0

    @property
    def heat(self) -> int:
        """0 to 4: how warm it is drawn."""
        return sum(self.share >= step for step in HEATS)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month."""

    day: date
    holiday: str
    whole: Density
    by_provider: tuple[tuple[int, Density], ...]
    """Of each provider who works or has visits, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """All that the month view draws."""

    first: date
    providers: tuple[resources.BookableProvider, ...]
    days: tuple[MonthDay, ...]

    def of(self, provider_id: int | None) -> Density:
        """The whole month, of a provider or of all."""
        return _sum(
            density
            for day in self.days
            for id, density in day.by_provider
            if provider_id is None or id == provider_id
        )


@query(permission="schedule.view")
def month_sheet(work: Work, *, first: date) -> MonthSheet:
    """Each day of the month that `first` begins; seven statements."""
    last = month_end(first)
    doctors = resources.providers(work)
    worked = hours.load(work, first, last, tuple(doctors))
    until = worked.origin + timedelta(worked.days)
    booked = taken.load_spans(work, worked.origin, until, tuple(doctors))
    visits = _visits(work, first, last)
    now = minute_of(work.local_now, worked.origin)
    found: dict[int, list[Density]] = {}
    for id in doctors:
        idle = normal(
            (block.starts, block.ends) for block in worked.blocks.get(id, ()) if block.kind in FREE_TIME
        )
        working = difference(worked.open_sessions(id), idle)
        free = difference(worked.bookable(id, (), now), booked[id])
        found[id] = [
            Density(
                visits=visits[first + timedelta(day), id],
                booked_minutes=_on(booked[id], day),
                working_minutes=_on(working, day),
                open_count=_on(free, day) // SLOT_MINUTES,
            )
            for day in range(worked.days)
        ]
    return MonthSheet(
        first, tuple(doctors.values()), tuple(_day(first, day, found, worked) for day in range(worked.days))
    )


def _day(first: date, ahead: int, found: dict[int, list[Density]], worked: hours.Hours) -> MonthDay:
    day = first + timedelta(ahead)
    theirs = tuple(
        (id, densities[ahead])
        for id, densities in found.items()
        if densities[ahead].working_minutes or densities[ahead].visits
    )
    return MonthDay(day, worked.holidays.get(day, ""), _sum(density for _, density in theirs), theirs)


def _sum(densities: Iterable[Density]) -> Density:
    several = tuple(densities)
    return Density(
        visits=sum(each.visits for each in several),
        booked_minutes=sum(each.booked_minutes for each in several),
        working_minutes=sum(each.working_minutes for each in several),
        open_count=sum(each.open_count for each in several),
    )


def _on(spans: list[Interval], day: int) -> int:
    """How many of the minutes lie on a day."""
    whole_day = [(day * hours.DAY, (day + 1) * hours.DAY)]
    return sum(ends - starts for starts, ends in intersection(spans, whole_day))


def _visits(work: Work, first: date, last: date) -> Counter[tuple[date, int]]:
    """By day and provider, of those that were not called off."""
    asked = (
        select(Appointment.starts, Appointment.provider_id)
        .where(
            Appointment.starts >= datetime.combine(first, time()),
            Appointment.starts < datetime.combine(last, time()) + timedelta(1),
            Appointment.lifecycle.not_in(_OFF),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return Counter((starts.date(), provider_id) for starts, provider_id in work.session.execute(asked))
