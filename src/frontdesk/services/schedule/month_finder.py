"""A month for one request: on which days the visit fits, has some time but too little, or none."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from frontdesk.kernel.months import next_month
from frontdesk.services.command import query
from frontdesk.services.schedule import fit
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import Interval, intersection, on_grid
from frontdesk.services.schedule.openings import GRID_MINUTES
from frontdesk.services.schedule.search import OpeningRequest, Search, prepare
from frontdesk.services.work import Work


class DayFit(StrEnum):
    """What a day has for a request."""

    FITS = "fits"
    SHORT = "short"
    """Somebody has time then, not enough or not with everything the visit needs."""
    FULL = "full"
    CLOSED = "closed"
    """Nobody works at a time at which the patient can come, or the day has passed."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day in the month finder."""

    day: date
    fit: DayFit
    starts: int
    """How many starts there are, of all providers, on the grid."""


@query(permission="schedule.view")
def month_fit(work: Work, *, request: OpeningRequest, first_day: date) -> tuple[FoundDay, ...]:
    """Each day of the month that `first_day` begins; as many statements as one search.

    Raises `Refused` where the visit cannot have this length.
    """
    days = (next_month(first_day) - first_day).days
    first = max(first_day, work.today)
    left = days - (first - first_day).days
    starts: dict[date, int] = {}
    some: set[date] = set()
    worked: set[date] = set()
    if left > 0:
        for search in prepare(work, replace(request, first_day=first, days=left)):
            _count(search, starts)
            _note_time(search, some, worked)
    return tuple(
        FoundDay(day, _fit(day, starts, some, worked), starts.get(day, 0))
        for day in (first_day + timedelta(ahead) for ahead in range(days))
    )


def _fit(day: date, starts: dict[date, int], some: set[date], worked: set[date]) -> DayFit:
    if day in starts:
        return DayFit.FITS
    if day in some:
        return DayFit.SHORT
    return DayFit.FULL if day in worked else DayFit.CLOSED


def _count(search: Search, starts: dict[date, int]) -> None:
    for spans in fit.starts_of(search.puzzle).values():
        for minute in on_grid(spans, GRID_MINUTES):
            day = search.origin.date() + timedelta(minute // DAY)
            starts[day] = starts.get(day, 0) + 1


def _note_time(search: Search, some: set[date], worked: set[date]) -> None:
    for provider_id, free in search.puzzle.provider_free.items():
        some.update(_days(search, intersection(free, search.puzzle.patient_free)))
        hours = search.hours.open_sessions(provider_id, search.site_id)
        worked.update(_days(search, intersection(hours, search.wanted)))


def _days(search: Search, spans: list[Interval]) -> set[date]:
    """A span of this lies within one day."""
    return {search.origin.date() + timedelta(starts // DAY) for starts, _ in spans}
