"""Proposals for all visits of an absence at once: what they depend on, loaded at once, and the words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.text import us_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient, Sex
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.template import ScheduleException
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_type import VisitTypePhase
from frontdesk.services.command import query
from frontdesk.services.schedule import (
    affected,
    caps,
    downtime,
    fit,
    hours,
    replanning,
    resources,
    staff_hours,
    taken,
)
from frontdesk.services.schedule.affected import State, Visit
from frontdesk.services.schedule.hours import DAY
from frontdesk.services.schedule.intervals import (
    Interval,
    Intervals,
    difference,
    intersection,
    minute_of,
    normal,
    time_of,
)
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want, fitted
from frontdesk.services.schedule.replanning import Cap, Displaced, NewPlace
from frontdesk.services.schedule.resources import BookableProvider, BookableThing
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.taken import STANDING, Taken
from frontdesk.services.schedule.words import when
from frontdesk.services.work import Work

DAYS_AFTER: Final = 14
"""How long after an absence a new time is looked for."""
WEIGHTS: Final = {Urgency.TODAY: 8, Urgency.THIS_WEEK: 3, Urgency.ROUTINE: 1}
"""How much a minute of delay counts."""
OTHER_PROVIDER_MINUTES: Final = 60
"""So much later the patient's own provider may be before somebody else sees them."""
_SEEN_DAYS: Final = 90
_CHILD_UNTIL: Final = timedelta(days=18 * 365.25)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new time that can be booked as it stands, together with all the others."""

    appointment_id: int
    version: int
    slot: Slot
    starts: datetime
    ends: datetime
    provider: str
    things: tuple[str, ...]
    delay_minutes: int
    is_own_provider: bool
    say: str
    """The offer, as it is spoken on the phone."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A visit for which there is no time, and why."""

    appointment_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was found for the visits of an absence that still stand in it."""

    found: tuple[Proposal, ...]
    unplaced: tuple[Unplaced, ...]


@query(permission="schedule.view")
def propose(work: Work, *, absence_id: int) -> Proposals:
    """New times for all at once that respect everybody's time, with the least weighted delay together.

    Who is here already is offered somebody else today only. Seventeen statements, whatever the absence.
    Raises NotFound.
    """
    absence = work.get(ScheduleException, absence_id)
    out = work.get(Provider, absence.provider_id).short_name
    visits = [
        visit
        for visit in affected.visits_of(work, absence)
        if visit.state is State.TO_REPLAN
        or (visit.state is State.HERE and visit.row.lifecycle is Lifecycle.ARRIVED)
    ]
    if not visits:
        return Proposals((), ())
    book = _load(work, absence, visits)
    displaced = {visit.row.id: book.displaced(visit) for visit in visits}
    places = replanning.replan(list(displaced.values()), book.caps)
    found, unplaced = [], []
    for visit in visits:
        place = places.get(visit.row.id)
        if place is None:
            unplaced.append(Unplaced(visit.row.id, book.why_not(visit, displaced[visit.row.id], out)))
        else:
            found.append(book.proposal(visit, place, out))
    return Proposals(tuple(found), tuple(unplaced))


@dataclass(slots=True)
class _Book:
    """The book of the days in question, as far as these visits need it."""

    work: Work
    worked: hours.Hours
    providers: Mapping[int, BookableProvider]
    phases: Mapping[int, Sequence[Phase]]
    things: Mapping[Want, Sequence[BookableThing]]
    busy: Mapping[int, Sequence[Taken]]
    out_of_service: Mapping[int, Sequence[downtime.Out]]
    at_work: Mapping[int, Intervals]
    visits_of: Mapping[int, Mapping[int, Interval]]
    """When each patient has visits, by visit."""
    sees: Mapping[int, Collection[tuple[int, Sex, bool]]]
    """By provider: the kinds of visit, and of patients, that they have seen lately."""
    caps: Mapping[int, Sequence[Cap]]

    @property
    def days(self) -> list[Interval]:
        """Touching but not joined: no visit runs across midnight."""
        return [(day * DAY, (day + 1) * DAY) for day in range(self.worked.days)]

    def displaced(self, visit: Visit) -> Displaced:
        row = visit.row
        usual = {row.provider_id, visit.patient.usual_provider_id}
        allowed = [id for id in self.providers if self._may_see(id, visit)]
        here = row.lifecycle is Lifecycle.ARRIVED
        now = minute_of(self.work.local_now, self.worked.origin)
        until = (now // DAY + 1) * DAY if here else self.worked.days * DAY
        needs = self._needs(visit)
        return Displaced(
            id=row.id,
            patient_id=row.patient_id,
            planned=minute_of(row.starts, self.worked.origin),
            weight=WEIGHTS[Urgency.TODAY if here else visit.urgency],
            puzzle=fit.Puzzle(
                _minutes(visit),
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
                difference(intersection(self.days, [(0, until)]), self._elsewhere(row)),
            ),
            extra_minutes={id: OTHER_PROVIDER_MINUTES for id in allowed if id not in usual},
            is_new_patient=visit.kind.for_new_patients or row.is_new_patient,
        )

    def _elsewhere(self, row: Appointment) -> list[Interval]:
        """When the patient has other visits, those that lose their provider too among them."""
        return normal(span for id, span in self.visits_of.get(row.patient_id, {}).items() if id != row.id)

    def _needs(self, visit: Visit) -> tuple[Phase, ...]:
        return fitted(self.phases.get(visit.kind.id, ()), visit.kind.minutes, _minutes(visit))

    def _may_see(self, provider_id: int, visit: Visit) -> bool:
        """The own provider; whoever sees such visits of such patients; and who has seen nobody yet."""
        seen = self.sees.get(provider_id)
        if provider_id == visit.row.provider_id or not seen:
            return True
        return (visit.kind.id, visit.patient.sex, _is_child(visit.patient.born_on, self.work.today)) in seen

    def _free_provider(self, provider_id: int, visit: Visit, now: int) -> list[Interval]:
        bookable = self.worked.bookable(provider_id, visit.kind.opens_block, now, visit.row.site_id)
        return difference(bookable, self._busy(provider_id, visit.row.id))

    def _free_thing(self, thing_id: int, appointment_id: int) -> list[Interval]:
        free = difference(self.days, normal(downtime.spans(self.out_of_service.get(thing_id, ()))))
        if thing_id in self.at_work:
            free = intersection(free, self.at_work[thing_id])
        return difference(free, self._busy(thing_id, appointment_id))

    def _busy(self, resource_id: int, appointment_id: int) -> list[Interval]:
        """What is taken by others. The other visits of the absence keep theirs until they are moved."""
        return taken.spans([each for each in self.busy[resource_id] if each.appointment_id != appointment_id])

    def proposal(self, visit: Visit, place: NewPlace, out: str) -> Proposal:
        row, minutes = visit.row, _minutes(visit)
        starts = time_of(place.start, self.worked.origin)
        names = {thing.id: thing.name for several in self.things.values() for thing in several}
        provider = self.providers[place.provider_id].name
        return Proposal(
            appointment_id=row.id,
            version=row.version,
            slot=Slot(place.provider_id, starts, minutes, place.thing_ids),
            starts=starts,
            ends=starts + timedelta(minutes=minutes),
            provider=provider,
            things=tuple(names[id] for id in place.thing_ids),
            delay_minutes=int((starts - row.starts).total_seconds() // 60),
            is_own_provider=place.provider_id == row.provider_id,
            say=_offer(self.work, visit, out, starts, provider),
        )

    def why_not(self, visit: Visit, displaced: Displaced, out: str) -> str:
        """Which one thing is missing; else that the others have the times that there were."""
        puzzle, row = displaced.puzzle, visit.row
        here = row.lifecycle is Lifecycle.ARRIVED
        until = "today" if here else f"until {us_date(self.last)}"
        later = [(displaced.planned, self.worked.days * DAY)]
        needs = by_want(puzzle.phases)
        free = fit.starts_for_any(needs[PROVIDER], puzzle.provider_free.values())
        today = [puzzle.patient_free[0]] if here and puzzle.patient_free else later
        if not intersection(intersection(free, later), today if here else later):
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
            return f"The patient has other visits whenever there is a time {until}."
        return f"The others take every time there is {until}. Move them, then look again."

    @property
    def last(self) -> date:
        return self.worked.origin.date() + timedelta(self.worked.days - 1)


def _load(work: Work, absence: ScheduleException, visits: Sequence[Visit]) -> _Book:
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
    return _Book(
        work=work,
        worked=worked,
        providers=providers,
        phases=phases,
        things=things,
        busy=taken.load(work, origin, until, [*providers, *thing_ids]),
        out_of_service=downtime.load(work, origin, until, thing_ids),
        at_work=staff_hours.load(work, first, last, thing_ids),
        visits_of=_visits_of(work, origin, until, visits),
        sees=_seen_lately(work),
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
) -> dict[int, dict[int, Interval]]:
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
    found: dict[int, dict[int, Interval]] = {}
    for id, patient_id, starts, ends in work.session.execute(asked):
        found.setdefault(patient_id, {})[id] = (minute_of(starts, origin), minute_of(ends, origin))
    return found


def _seen_lately(work: Work) -> dict[int, set[tuple[int, Sex, bool]]]:
    """Whom each provider sees, read from the book itself: nobody keeps such a list."""
    is_child = Patient.born_on > work.today - _CHILD_UNTIL
    asked = (
        select(Appointment.provider_id, Appointment.visit_type_id, Patient.sex, is_child)
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            Appointment.starts >= work.local_now - timedelta(_SEEN_DAYS),
            Appointment.starts < work.local_now + timedelta(_SEEN_DAYS),
            Appointment.lifecycle.in_(STANDING),
        )
        .distinct()
    )
    found: dict[int, set[tuple[int, Sex, bool]]] = {}
    for provider_id, kind_id, sex, child in work.session.execute(asked):
        found.setdefault(provider_id, set()).add((kind_id, sex, bool(child)))
    return found


def _is_child(born_on: date, today: date) -> bool:
    return born_on > today - _CHILD_UNTIL


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


def _offer(work: Work, visit: Visit, out: str, starts: datetime, provider: str) -> str:
    """ "Dr. Lee is out today. I can offer you Thursday, March 19 at 9:30 AM with Dr. Okafor."."""
    day = "today" if visit.row.starts.date() == work.today else f"on {us_date(visit.row.starts.date())}"
    new = f"today at {when(starts, work.today)}" if starts.date() == work.today else when(starts, work.today)
    return f"{out} is out {day}. I can offer you {new} with {provider}."


def _minutes(visit: Visit) -> int:
    return int((visit.row.ends - visit.row.starts).total_seconds() // 60)
