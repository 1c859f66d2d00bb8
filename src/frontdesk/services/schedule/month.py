"""How full the days of a month are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.months import month_end
from frontdesk.models.office.resources import Resource, ResourceKind
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.command import query
from frontdesk.services.schedule import hours, resources
from frontdesk.services.schedule.intervals import difference, normal
from frontdesk.services.work import Work

HEATS = (0.05, 0.4, 0.65, 0.85)
"""From which share of its time a day is drawn a step warmer."""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """A day in the small month."""

    day: date
    booked_minutes: int
    open_minutes: int
    """Working time without lunch and charting, booked or not."""
    heat: int
    """0 to 4."""
    holiday: str

    @property
    def share(self) -> float:
        """Of the working time, how much is booked."""
        return min(1.0, self.booked_minutes / self.open_minutes) if self.open_minutes else 0.0


@query(permission="schedule.view")
def month_load(work: Work, *, first_day: date, provider_ids: tuple[int, ...] = ()) -> tuple[DayLoad, ...]:
    """Each day of the month that `first_day` begins; six statements."""
    last = month_end(first_day)
    doctors = resources.providers(work, provider_ids)
    worked = hours.load(work, first_day, last, tuple(doctors))
    open_minutes = [0] * worked.days
    for id in doctors:
        idle = normal(
            (block.starts, block.ends)
            for block in worked.blocks.get(id, ())
            if block.kind in (BlockKind.LUNCH, BlockKind.CHARTING)
        )
        for starts, ends in difference(worked.open_sessions(id), idle):
            open_minutes[starts // hours.DAY] += ends - starts
    booked = _booked(work, worked.origin, worked.days, provider_ids)
    return tuple(
        load_of(first_day + timedelta(day), booked[day], open_minutes[day], worked.holidays)
        for day in range(worked.days)
    )


def load_of(day: date, booked: int, open_minutes: int, holidays: Mapping[date, str]) -> DayLoad:
    """How full a day is with so many minutes booked of so many."""
    share = booked / open_minutes if open_minutes else 0.0
    heat = sum(share >= step for step in HEATS)
    return DayLoad(day, booked, open_minutes, heat, holidays.get(day, ""))


def _booked(work: Work, origin: datetime, days: int, provider_ids: tuple[int, ...]) -> list[int]:
    """Providers' booked minutes, day by day."""
    asked = (
        select(ResourceBooking.starts, ResourceBooking.ends)
        .join(Resource, Resource.id == ResourceBooking.resource_id)
        .where(
            Resource.kind == ResourceKind.PROVIDER,
            ResourceBooking.is_active,
            ResourceBooking.starts >= origin,
            ResourceBooking.starts < origin + timedelta(days),
        )
    )
    if provider_ids:
        asked = asked.where(ResourceBooking.resource_id.in_(provider_ids))
    minutes = [0] * days
    for starts, ends in work.session.execute(asked):
        minutes[(starts - origin).days] += int((ends - starts).total_seconds() // 60)
    return minutes
