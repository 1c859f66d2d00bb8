"""A search for a time: what is asked, and everything it depends on, loaded at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import Role, VisitType
from frontdesk.services.schedule import (
    caps,
    clock_changes,
    downtime,
    fit,
    hours,
    known,
    lead,
    resources,
    staff_hours,
    taken,
    visit_types,
)
from frontdesk.services.schedule.hours import Session
from frontdesk.services.schedule.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    minute_of,
    normal,
    time_of,
    union,
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
    not_before: time | None = None
    done_by: time | None = None
    """Hours of any day, beside the windows."""
    without_provider_ids: tuple[int, ...] = ()
    first_day: date | None = None
    days: int = 90
    limit: int = 6


@dataclass(frozen=True, slots=True)
class Search:
    """A request at one site, with all that is needed to answer it."""

    kind: VisitType
    puzzle: fit.Puzzle
    site_id: int
    today: date
    origin: datetime
    now: int
    ready: int
    """From when on a patient who is told now can have prepared."""
    answered_on: date
    """The first day by which a payer who is asked today has usually answered."""
    holidays: Collection[date]
    """From today on, where they are counted."""
    last: date
    hours: hours.Hours
    full: Mapping[tuple[int, Session], str]
    """The sessions of each provider that take no more, and of what: visits, new patients."""
    providers: Mapping[int, BookableProvider]
    things: Mapping[Want, tuple[BookableThing, ...]]
    wanted: Intervals
    """When the patient said they can come, whatever the time now; whole days where nothing was said."""
    has_windows: bool
    own: Sequence[taken.PatientVisit]
    """The patient's other visits."""
    taken: Mapping[int, Intervals]
    """When each provider and thing is taken."""
    out: Mapping[int, Sequence[downtime.Out]]
    at_work: Mapping[int, Intervals]
    """The hours of the staff who have any."""
    acquaintance: known.Acquaintance | None

    @property
    def devices(self) -> set[int]:
        """Of the candidates, those that there are fewest of."""
        return {
            thing.id for (role, _), several in self.things.items() if role is Role.DEVICE for thing in several
        }


def prepare(work: Work, request: OpeningRequest) -> tuple[Search, ...]:
    """Loads what a request depends on, whatever the days: fifteen statements; then one search per site.

    Raises `Refused` when the visit cannot have this length.
    """
    kind, phases = needs_of(work, request.visit_type_id)
    minutes = request.minutes or kind.minutes
    of_length = tuple(visit_types.against_booking(kind, phases, minutes))
    if of_length or minutes is None:
        raise Refused(*of_length)
    first = max(request.first_day or work.today, work.today)
    last = first + timedelta(request.days - 1)
    needs = fitted(phases, kind.minutes, minutes)
    doctors = {
        id: doctor
        for id, doctor in resources.providers(work, request.provider_ids).items()
        if id not in request.without_provider_ids
    }
    things = resources.candidates(work, sorted({phase.want for phase in needs} - {PROVIDER}))
    worked = hours.load(work, first, last, tuple(doctors))
    origin, until = worked.origin, worked.origin + timedelta(worked.days)
    holidays = hours.holidays(work, work.today, last) if kind.needs_authorization else ()
    patient_id = request.patient_id
    acquaintance = known.acquaintance(work, patient_id) if patient_id is not None else None
    full = _full_sessions(work, kind, worked, acquaintance)
    ids = [thing.id for several in things.values() for thing in several]
    booked = taken.load_spans(work, origin, until, [*doctors, *ids])
    out = downtime.load(work, origin, until, ids)
    at_work = staff_hours.load(work, first, last, ids)
    now = minute_of(work.local_now, origin)
    days = days_of(work, origin, worked.days)
    ready = minute_of(lead.earliest(work, kind), origin)
    has_windows = bool(request.windows or request.not_before or request.done_by)
    wanted = intersection(windows_of(request, origin, worked.days), days) if has_windows else days
    own = taken.of_patient(work, patient_id, origin, until) if patient_id is not None else []
    can_come = difference(
        intersection(wanted, [(max(now, ready), worked.days * hours.DAY)]),
        normal((visit.starts, visit.ends) for visit in own),
    )

    def thing_free(thing_id: int) -> list[Interval]:
        there = intersection(days, at_work[thing_id]) if thing_id in at_work else days
        gone = downtime.spans(out.get(thing_id, ()))
        return difference(there, union([booked[thing_id], normal(gone)]) if gone else booked[thing_id])

    free_things = {id: thing_free(id) for id in ids}

    def at_site(site_id: int) -> Search:
        here = {
            want: tuple(thing for thing in several if thing.site_id == site_id)
            for want, several in things.items()
        }
        free = {
            id: difference(
                intersection(worked.bookable(id, kind.opens_blocks, now, site_id), days), booked[id]
            )
            for id in doctors
        }
        begins = {
            id: [
                own
                for session, own in worked.own_minutes(id)
                if session.site_id == site_id and (id, session) not in full
            ]
            for id in doctors
        }
        things_free = {want: {thing.id: free_things[thing.id] for thing in here[want]} for want in here}
        return Search(
            kind=kind,
            puzzle=fit.Puzzle(minutes, needs, free, things_free, can_come, begins, days),
            site_id=site_id,
            today=work.today,
            origin=origin,
            now=now,
            ready=ready,
            answered_on=lead.answered_on(work.today, kind.authorization_days, holidays),
            holidays=holidays,
            last=last,
            hours=worked,
            full=full,
            providers=doctors,
            things=here,
            wanted=wanted,
            has_windows=has_windows,
            own=own,
            taken=booked,
            out=out,
            at_work=at_work,
            acquaintance=acquaintance,
        )

    sites = worked.sites() if request.site_id is None else (request.site_id,)
    return tuple(at_site(site_id) for site_id in sites or (0,))


def _full_sessions(
    work: Work, kind: VisitType, worked: hours.Hours, acquaintance: known.Acquaintance | None
) -> dict[tuple[int, Session], str]:
    """The sessions that take no more visits of this kind, and what there are enough of."""
    if not caps.are_set(worked):
        return {}
    until = worked.origin + timedelta(worked.days)
    starts = caps.starts_of(work, worked.origin, until, tuple(worked.sessions))
    found = {}
    for provider_id, sessions in worked.sessions.items():
        of_provider = starts.get(provider_id, ())
        for session in sessions:
            on = time_of(session.starts, worked.origin)
            is_new = acquaintance is not None and acquaintance.is_new(on)
            for_new = kind.for_new_patients or is_new
            if what := caps.full(session, of_provider, for_new_patient=for_new):
                found[provider_id, session] = what
    return found


def days_of(work: Work, origin: datetime, days: int) -> list[Interval]:
    """One interval per day, which ends before midnight; without the hour that the clocks skip."""
    each = [(day * hours.DAY, (day + 1) * hours.DAY - 1) for day in range(days)]
    return difference(each, clock_changes.skipped(work.zone, origin, days))


def windows_of(request: OpeningRequest, origin: datetime, days: int) -> list[Interval]:
    """The patient's times, joined within a day only."""
    windows = request.windows or tuple(Window(weekday) for weekday in range(7))
    opens = _minute(request.not_before) if request.not_before else 0
    closes = _minute(request.done_by) if request.done_by else hours.DAY
    found: list[Interval] = []
    for day in range(days):
        midnight = day * hours.DAY
        weekday = (origin.weekday() + day) % 7
        found += normal(
            (
                midnight + max(opens, _minute(window.starts)),
                midnight + min(closes, _minute(window.ends) if window.ends else hours.DAY),
            )
            for window in windows
            if window.weekday == weekday
        )
    return found


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
