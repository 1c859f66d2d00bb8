"""Proposals for all visits of an absence at once: what they depend on, loaded at once, and the words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdesk.kernel.text import weekday_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.template import ScheduleException
from frontdesk.services.command import query
from frontdesk.services.schedule import affected, openings, replanning, resources
from frontdesk.services.schedule.absence_book import Book, Wish, load, minutes_of
from frontdesk.services.schedule.affected import State, Visit
from frontdesk.services.schedule.intervals import time_of
from frontdesk.services.schedule.openings import Opening, Reason
from frontdesk.services.schedule.replanning import NewPlace
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.who_sees import seen_lately, who_may_see
from frontdesk.services.schedule.words import when
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new time that can be booked as it stands, together with all the others."""

    appointment_id: int
    version: int
    opening: Opening
    delay_minutes: int
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
def propose(
    work: Work, *, absence_id: int, chosen: tuple[Placement, ...] = (), wishes: tuple[Wish, ...] = ()
) -> Proposals:
    """New times for all at once that respect everybody's time, with the least weighted delay together.

    Times that the desk has chosen for some of them are left to them. Who is here already counts as urgent.
    Seventeen statements, whatever the absence. Raises NotFound.
    """
    absence = work.get(ScheduleException, absence_id)
    out = work.get(Provider, absence.provider_id).short_name
    standing = {
        visit.row.id: visit
        for visit in affected.visits_of(work, absence)
        if visit.state is State.TO_REPLAN
        or (visit.state is State.HERE and visit.row.lifecycle is Lifecycle.ARRIVED)
    }
    kept = {each.appointment_id: each.to for each in chosen if each.appointment_id in standing}
    visits = [visit for id, visit in standing.items() if id not in kept]
    if not visits:
        return Proposals((), ())
    book = load(work, absence, list(standing.values()))
    for id, slot in kept.items():
        book.keep(standing[id], slot)
    wanted = {wish.appointment_id: wish for wish in wishes}
    displaced = {visit.row.id: book.displaced(visit, wanted.get(visit.row.id)) for visit in visits}
    places = replanning.replan(list(displaced.values()), book.caps)
    found, unplaced = [], []
    for visit in visits:
        place = places.get(visit.row.id)
        if place is None:
            unplaced.append(Unplaced(visit.row.id, book.why_not(visit, displaced[visit.row.id], out)))
        else:
            found.append(_proposal(book, visit, place, out))
    return Proposals(tuple(found), tuple(unplaced))


@query(permission="schedule.view")
def other_times(work: Work, *, appointment_id: int, windows: tuple[Window, ...] = ()) -> tuple[Opening, ...]:
    """The few best openings for one visit with those who see such visits of such patients."""
    visit = work.get(Appointment, appointment_id)
    patient = work.get(Patient, visit.patient_id)
    request = OpeningRequest(
        visit_type_id=visit.visit_type_id,
        patient_id=visit.patient_id,
        provider_ids=who_may_see(
            visit, patient, tuple(resources.providers(work)), seen_lately(work), work.today
        ),
        minutes=int((visit.ends - visit.starts).total_seconds() // 60),
        site_id=visit.site_id,
        windows=windows,
        first_day=max(visit.starts.date(), work.today),
        days=30,
        limit=5,
    )
    return openings.first_openings(work, request=request).found


def _proposal(book: Book, visit: Visit, place: NewPlace, out: str) -> Proposal:
    row, minutes = visit.row, minutes_of(visit)
    starts = time_of(place.start, book.worked.origin)
    names = {thing.id: thing.name for several in book.things.values() for thing in several}
    provider = book.providers[place.provider_id].name
    reasons = [Reason("Least delay for all together")]
    if place.provider_id in (row.provider_id, visit.patient.usual_provider_id):
        reasons.append(Reason("Usual provider"))
    return Proposal(
        appointment_id=row.id,
        version=row.version,
        opening=Opening(
            slot=Slot(place.provider_id, starts, minutes, place.thing_ids),
            starts=starts,
            ends=starts + timedelta(minutes=minutes),
            arrive_at=starts - timedelta(minutes=visit.kind.arrive_early_minutes),
            provider=provider,
            things=tuple(names[id] for id in place.thing_ids),
            reasons=tuple(reasons),
        ),
        delay_minutes=int((starts - row.starts).total_seconds() // 60),
        say=offer(out, row.starts, starts, provider, book.work.today),
    )


def offer(out: str, was: datetime, starts: datetime, provider: str, today: date) -> str:
    """ "Dr. Lee is out today. I can offer you Thursday, March 19 at 9:30 AM with Dr. Okafor."."""
    day = "today" if was.date() == today else f"on {weekday_date(was.date())}"
    new = f"today at {when(starts, today)}" if starts.date() == today else when(starts, today)
    return f"{out} is out {day}. I can offer you {new} with {provider}."
