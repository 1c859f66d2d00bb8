"""The book of the days after an absence, as far as the visits that need a new time depend on it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.text import us_date
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.template import ScheduleException
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitTypePhase
from frontdesk.services.schedule import caps, downtime, fit, hours, resources, staff_hours, taken
from frontdesk.services.schedule.affected import Visit
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    minute_of,
    normal,
)
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want, fitted
from frontdesk.services.schedule.replanning import Cap, Displaced
from frontdesk.services.schedule.resources import BookableProvider, BookableThing
from frontdesk.services.schedule.search import OpeningRequest, Window, windows_of
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.taken import STANDING, Taken
from frontdesk.services.schedule.who_sees import Seen, seen_lately, who_may_see
from frontdesk.services.work import Work

DAYS_AFTER: Final = 14
"""How long after an absence a new time is looked for."""
WEIGHTS: Final = {Urgency.TODAY: 8, Urgency.THIS_WEEK: 3, Urgency.ROUTINE: 1}
"""How much a minute of delay counts."""
OTHER_PROVIDER_MINUTES: Final = 60
"""So much later the patient's own provider may be before somebody else sees them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a patient said on the telephone. Empty windows mean any time."""

    appointment_id: int
    urgency: Urgency
    windows: tuple[Window, ...] = ()


@dataclass(slots=True)
class Book:
    """The book of the days in question, as far as these visits need it."""

    work: Work
    worked: hours.Hours
    providers: Mapping[int, BookableProvider]
    phases: Mapping[int, Sequence[Phase]]
    things: Mapping[Want, Sequence[BookableThing]]
    busy: Mapping[int, list[Taken]]
    out_of_service: Mapping[int, Sequence[downtime.Out]]
    at_work: Mapping[int, Intervals]
    visits_of: dict[int, list[tuple[int, Interval]]]
    """Each patient's visits, and when."""
    seen: Mapping[int, Collection[Seen]]
    caps: Mapping[int, Sequence[Cap]]

    @property
    def days(self) -> list[Interval]:
        """Touching but not joined: no visit runs across midnight."""
        return [(day * DAY, (day + 1) * DAY) for day in range(self.worked.days)]

    def keep(self, visit: Visit, slot: Slot) -> None:
        """A time that is chosen: as if the visit had it besides the one where it stands."""
        start, row = minute_of(slot.starts, self.worked.origin), visit.row
        for phase in self._needs(visit):
            candidates = {thing.id for thing in self.things.get(phase.want, ())}
            ids = (slot.provider_id,) if phase.want == PROVIDER else candidates & set(slot.resource_ids)
            for id in sorted(ids):
                self.busy[id].append(Taken(start + phase.offset, start + phase.ends, row.id, "", None))
        span = (start, start + minutes_of(visit))
        self.visits_of.setdefault(row.patient_id, []).append((row.id, span))

    def displaced(self, visit: Visit, wish: Wish | None = None) -> Displaced:
        row = visit.row
        usual = {row.provider_id, visit.patient.usual_provider_id}
        allowed = who_may_see(row, visit.patient, self.providers, self.seen, self.work.today)
        here = row.lifecycle is Lifecycle.ARRIVED
        now = minute_of(self.work.local_now, self.worked.origin)
        needs = self._needs(visit)
        return Displaced(
            id=row.id,
            patient_id=row.patient_id,
            planned=minute_of(row.starts, self.worked.origin),
            weight=WEIGHTS[Urgency.TODAY if here else wish.urgency if wish else visit.urgency],
            puzzle=fit.Puzzle(
                minutes_of(visit),
                needs,
                {id: self._free_provider(id, visit, now) for id in allowed},
                {
                    want: {
                        thing.id: self._free_thing(thing.id, row.id)
                        for thing in self.things[want]
                        if thing.site_id == row.site_id
                    }
                    for want in by_want(needs)
                    if want != PROVIDER
                },
                difference(self._can_come(wish), self._elsewhere(row)),
            ),
            extra_minutes={id: OTHER_PROVIDER_MINUTES for id in allowed if id not in usual},
            is_new_patient=visit.kind.for_new_patients or row.is_new_patient,
        )

    def _can_come(self, wish: Wish | None) -> list[Interval]:
        if wish is None or not wish.windows:
            return self.days
        asked = OpeningRequest(visit_type_id=0, windows=wish.windows)
        return intersection(self.days, windows_of(asked, self.worked.origin, self.worked.days))

    def _elsewhere(self, row: Appointment) -> list[Interval]:
        """When the patient has other visits, those that lose their provider too among them."""
        return normal(span for id, span in self.visits_of.get(row.patient_id, ()) if id != row.id)

    def _needs(self, visit: Visit) -> tuple[Phase, ...]:
        return fitted(self.phases.get(visit.kind.id, ()), visit.kind.minutes, minutes_of(visit))

    def _free_provider(self, provider_id: int, visit: Visit, now: int) -> list[Interval]:
        bookable = self.worked.bookable(provider_id, visit.kind.opens_blocks, now, visit.row.site_id)
        return difference(bookable, self._busy(provider_id, visit.row.id))

    def _free_thing(self, thing_id: int, appointment_id: int) -> list[Interval]:
        free = difference(self.days, normal(downtime.spans(self.out_of_service.get(thing_id, ()))))
        if thing_id in self.at_work:
            free = intersection(free, self.at_work[thing_id])
        return difference(free, self._busy(thing_id, appointment_id))

    def _busy(self, resource_id: int, appointment_id: int) -> list[Interval]:
        """What is taken by others. The other visits of the absence keep theirs until they are moved."""
        return taken.spans([each for each in self.busy[resource_id] if each.appointment_id != appointment_id])

    def why_not(self, visit: Visit, displaced: Displaced, out: str) -> str:
        """Which one thing is missing; else that the others have the times that there were."""
        puzzle = displaced.puzzle
        until = f"until {us_date(self.last)}"
        later = [(displaced.planned, self.worked.days * DAY)]
        needs = by_want(puzzle.phases)
        free = fit.starts_for_any(needs[PROVIDER], puzzle.provider_free.values())
        if not intersection(free, later):
            only = [self.providers[id].name for id in puzzle.provider_free]
            if only == [out]:
                return f"Only {out} sees such visits, and has no {puzzle.minutes} minutes free {until}."
            return f"Nobody who sees such visits has {puzzle.minutes} minutes free {until}."
        for want, phases in needs.items():
            if want != PROVIDER:
                several = puzzle.things_free[want]
                if not several:
                    return f"There is no {want[1]} that could be booked."
                both = intersection(free, fit.starts_for_any(phases, several.values()))
                if not intersection(both, later):
                    return f"No {want[1]} is free {until} when a provider is."
        if not any(intersection(starts, later) for starts in fit.starts_of(puzzle).values()):
            return f"The patient cannot come at any time that there is {until}."
        return f"The others take every time there is {until}. Move them, then look again."

    @property
    def last(self) -> date:
        return self.worked.origin.date() + timedelta(self.worked.days - 1)


def load(work: Work, absence: ScheduleException, visits: Sequence[Visit]) -> Book:
    first = max(min(visit.row.starts.date() for visit in visits), work.today)
    last = max(absence.ends.date(), first) + timedelta(DAYS_AFTER)
    providers = resources.providers(work)
    phases = _phases(work, sorted({visit.kind.id for visit in visits}))
    wants = {phase.want for several in phases.values() for phase in several} - {PROVIDER}
    things = resources.candidates(work, sorted(wants))
    thing_ids = sorted({thing.id for several in things.values() for thing in several})
    worked = hours.load(work, first, last, tuple(providers))
    origin, until = worked.origin, worked.origin + timedelta(worked.days)
    starts = caps.starts_of(work, origin, until, tuple(providers)) if caps.are_set(worked) else {}
    return Book(
        work=work,
        worked=worked,
        providers=providers,
        phases=phases,
        things=things,
        busy=taken.load(work, origin, until, [*providers, *thing_ids]),
        out_of_service=downtime.load(work, origin, until, thing_ids),
        at_work=staff_hours.load(work, first, last, thing_ids),
        visits_of=_visits_of(work, origin, until, visits),
        seen=seen_lately(work),
        caps=_caps_left(worked, starts),
    )


def _phases(work: Work, kind_ids: Sequence[int]) -> dict[int, list[Phase]]:
    asked = (
        select(VisitTypePhase)
        .where(VisitTypePhase.visit_type_id.in_(kind_ids))
        .order_by(VisitTypePhase.visit_type_id, VisitTypePhase.offset_minutes, VisitTypePhase.id)
    )
    found: dict[int, list[Phase]] = {}
    for row in work.session.scalars(asked):
        phase = Phase(row.kind, (row.role, row.wanted), row.offset_minutes, row.minutes)
        found.setdefault(row.visit_type_id, []).append(phase)
    return found


def _visits_of(
    work: Work, origin: datetime, until: datetime, visits: Sequence[Visit]
) -> dict[int, list[tuple[int, Interval]]]:
    asked = (
        select(Appointment.id, Appointment.patient_id, Appointment.starts, Appointment.ends)
        .where(
            Appointment.patient_id.in_(sorted({visit.row.patient_id for visit in visits})),
            Appointment.starts >= origin,
            Appointment.starts < until,
            Appointment.lifecycle.in_(STANDING),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    found: dict[int, list[tuple[int, Interval]]] = {}
    for id, patient_id, starts, ends in work.session.execute(asked):
        found.setdefault(patient_id, []).append((id, (minute_of(starts, origin), minute_of(ends, origin))))
    return found


def _caps_left(worked: hours.Hours, starts: Mapping[int, Sequence[caps.Start]]) -> dict[int, list[Cap]]:
    """What the sessions with a limit still take."""
    found: dict[int, list[Cap]] = {}
    for provider_id, sessions in worked.sessions.items():
        for session in sessions:
            if session.most_visits is None and session.most_new_patients is None:
                continue
            inside = [
                each for each in starts.get(provider_id, ()) if session.starts <= each.minute < session.ends
            ]
            new = sum(each.is_new_patient for each in inside)
            found.setdefault(provider_id, []).append(
                Cap(
                    session.starts,
                    session.ends,
                    None if session.most_visits is None else session.most_visits - len(inside),
                    None if session.most_new_patients is None else session.most_new_patients - new,
                )
            )
    return found


def minutes_of(visit: Visit) -> int:
    """How long it is booked for."""
    return int((visit.row.ends - visit.row.starts).total_seconds() // 60)
