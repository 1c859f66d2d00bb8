"""A search for a time: what is asked, and everything it depends on, loaded at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.schedule import caps, downtime, fit, hours, known, resources, staff_hours, taken
from frontdesk.services.schedule.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    minute_of,
    normal,
)
from frontdesk.services.schedule.pattern import PROVIDER, Want, fitted
from frontdesk.services.schedule.resources import BookableProvider, BookableThing
from frontdesk.services.schedule.visit_types import needs_of
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Window:
    """When the patient can come, each week; 0 is Monday."""

    weekday: int
    starts: time = time.min
    ends: time | None = None
    """None: until midnight."""


@dataclass(frozen=True, slots=True)
class OpeningRequest:
    """What is looked for. Empty means any."""

    visit_type_id: int
    patient_id: int | None = None
    provider_ids: tuple[int, ...] = ()
    each_provider: bool = False
    """The first opening of each provider, rather than the first of any."""
    site_id: int | None = None
    minutes: int | None = None
    urgency: Urgency = Urgency.ROUTINE
    windows: tuple[Window, ...] = ()
    first_day: date | None = None
    days: int = 90
    limit: int = 6


@dataclass(frozen=True, slots=True)
class Search:
    """A request at one site, with all that is needed to answer it."""

    kind: VisitType
    puzzle: fit.Puzzle
    origin: datetime
    last: date
    hours: hours.Hours
    providers: Mapping[int, BookableProvider]
    things: Mapping[Want, tuple[BookableThing, ...]]
    taken: Mapping[int, Intervals]
    """When each provider and thing is taken."""
    out: Mapping[int, Sequence[downtime.Out]]
    at_work: Mapping[int, Intervals]
    """The hours of the staff who have any."""
    acquaintance: known.Acquaintance | None


def prepare(work: Work, request: OpeningRequest) -> tuple[Search, ...]:
    """Loads what a request depends on, whatever the days: fourteen statements; then one search per site.

    Raises `Refused` when the visit has no length.
    """
    kind, phases = needs_of(work, request.visit_type_id)
    minutes = request.minutes or kind.minutes
    if minutes is None:
        raise Refused(Finding(f"{kind.name} has no length yet. Say how long this visit is.", field="minutes"))
    first = max(request.first_day or work.today, work.today)
    last = first + timedelta(request.days - 1)
    needs = fitted(phases, kind.minutes, minutes)
    doctors = resources.providers(work, request.provider_ids)
    things = resources.candidates(work, sorted({phase.want for phase in needs} - {PROVIDER}))
    worked = hours.load(work, first, last, tuple(doctors))
    origin, until = worked.origin, worked.origin + timedelta(worked.days)
    is_new = request.patient_id is not None and known.is_new(work, request.patient_id, origin)
    if caps.are_set(worked):
        starts = caps.starts_of(work, origin, until, tuple(doctors))
        caps.without_full_sessions(worked, starts, for_new_patient=kind.for_new_patients or is_new)
    ids = _ids(things.values())
    booked = taken.load_spans(work, origin, until, [*doctors, *ids])
    out = downtime.load(work, origin, until, ids)
    at_work = staff_hours.load(work, first, last, ids)
    now = minute_of(work.local_now, origin)
    # One interval per day, touching but not joined: no visit runs across midnight.
    days = [(day * hours.DAY, (day + 1) * hours.DAY) for day in range(worked.days)]
    own = taken.of_patient(work, request.patient_id, origin, until) if request.patient_id else []
    patient_free = difference(
        _windows(request, origin, worked.days) if request.windows else days,
        [(visit.starts, visit.ends) for visit in own],
    )
    acquaintance = known.acquaintance(work, request.patient_id) if request.patient_id else None

    def free_of(thing_id: int) -> list[Interval]:
        in_service = difference(days, normal(downtime.spans(out.get(thing_id, ()))))
        if thing_id in at_work:
            in_service = intersection(in_service, at_work[thing_id])
        return difference(in_service, booked[thing_id])

    def at_site(site_id: int) -> Search:
        here = {
            want: tuple(thing for thing in several if thing.site_id == site_id)
            for want, several in things.items()
        }
        free = {
            id: difference(worked.bookable(id, kind.opens_block, now, site_id), booked[id]) for id in doctors
        }
        things_free = {
            want: {thing.id: free_of(thing.id) for thing in several} for want, several in here.items()
        }
        return Search(
            kind=kind,
            puzzle=fit.Puzzle(minutes, needs, free, things_free, patient_free),
            origin=origin,
            last=last,
            hours=worked,
            providers=doctors,
            things=here,
            taken=booked,
            out=out,
            at_work=at_work,
            acquaintance=acquaintance,
        )

    sites = worked.sites() if request.site_id is None else (request.site_id,)
    return tuple(at_site(site_id) for site_id in sites or (0,))


def _ids(several: Iterable[tuple[BookableThing, ...]]) -> list[int]:
    return [thing.id for things in several for thing in things]


def _windows(request: OpeningRequest, origin: datetime, days: int) -> list[Interval]:
    """The patient's times, joined within a day only."""
    found: list[Interval] = []
    for day in range(days):
        midnight = day * hours.DAY
        weekday = (origin.weekday() + day) % 7
        found += normal(
            (
                midnight + _minute(window.starts),
                midnight + _minute(window.ends) if window.ends else midnight + hours.DAY,
            )
            for window in request.windows
            if window.weekday == weekday
        )
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
