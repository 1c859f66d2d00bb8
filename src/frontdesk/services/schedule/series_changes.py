"""Changing a series: this visit, this and the following, or all; each one act that is taken back as one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, EventKind, Lifecycle
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule import booking, holds, occupancy, series
from frontdesk.services.schedule.series import Occurrence
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.together import Happened, each_or_none, on, take_back_all
from frontdesk.services.work import Work


class Scope(StrEnum):
    """Which visits of a series are meant."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Change:
    """A visit of a series and where it is to stand."""

    appointment_id: int
    version: int
    was: datetime
    then: Occurrence


@dataclass(frozen=True, slots=True)
class Placement:
    """What of a change is carried out."""

    appointment_id: int
    to: Slot
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on a visit."""

    appointment_id: int
    reason: str
    note: str


def members(work: Work, visit: Appointment, scope: Scope) -> list[Appointment]:
    """The visits that are meant, in order: the one itself, and of the others what is booked and to come."""
    if scope is Scope.THIS or visit.series_id is None:
        return [visit]
    since = visit.starts if scope is Scope.FOLLOWING else work.local_now
    others = select(Appointment).where(
        Appointment.series_id == visit.series_id,
        Appointment.lifecycle == Lifecycle.BOOKED,
        Appointment.starts >= since,
        Appointment.id != visit.id,
    )
    found = [visit, *work.session.scalars(others.order_by(Appointment.starts, Appointment.id))]
    return sorted(found, key=lambda each: (each.starts, each.id))


@query(permission="schedule.view")
def preview(work: Work, *, appointment_id: int, to: Slot, scope: Scope) -> tuple[Change, ...]:
    """Where each visit of the scope would stand if this one went to a place, and what is in its way.

    The others go as many days as this one does, take its time of day, its provider and its length where
    those change, and keep their own where they do not.
    """
    visit = work.get(Appointment, appointment_id)
    several = members(work, visit, scope)
    placed = series.looked_at(work, [(each, _shifted(each, visit, to)) for each in several], moves=True)
    return tuple(
        Change(appointment_id=each.id, version=each.version, was=each.starts, then=then)
        for each, then in zip(several, placed, strict=True)
    )


def _shifted(each: Appointment, visit: Appointment, to: Slot) -> Slot:
    day = each.starts.date() + (to.starts.date() - visit.starts.date())
    at = to.starts.time() if to.starts.time() != visit.starts.time() else each.starts.time()
    wanted = to.minutes or booking.minutes_of(visit)
    return Slot(
        to.provider_id if to.provider_id != visit.provider_id else each.provider_id,
        datetime.combine(day, at),
        wanted if wanted != booking.minutes_of(visit) else booking.minutes_of(each),
        to.resource_ids if each is visit else (),
    )


def _taken_back(done: Performed) -> Undo:
    return Undo(take_back_all, events=done.result)


@command("Move series", permission="schedule.book", undo=_taken_back)
def move(
    work: Work, *, placements: tuple[Placement, ...], reason: str = "", override_reason: str = ""
) -> tuple[Happened, ...]:
    """Takes visits to their new places and lengths, all of them or none; they stay in their series.

    Raises `Refused` with everything against each of them. A visit that only changes its length stays
    confirmed.
    """
    if not placements:
        raise Refused(Finding("None of the visits is left to move. They stand where they were."))
    visits = {
        each.appointment_id: booking.booked(work, each.appointment_id, each.version, "moved")
        for each in placements
    }
    left = set(visits)
    holds.end_expired(work)
    occupancy.set_aside(work, left)

    def place(one: Placement) -> Happened:
        visit = visits[one.appointment_id]
        left.discard(visit.id)
        slot = Slot(
            one.to.provider_id,
            one.to.starts,
            one.to.minutes or booking.minutes_of(visit),
            one.to.resource_ids,
        )
        stays = (slot.provider_id, slot.starts) == (visit.provider_id, visit.starts)
        kind = EventKind.RESIZED if stays else EventKind.MOVED
        return Happened(
            visit.id,
            booking.place_anew(work, visit, kind, slot, reason, override_reason, beside_also=left),
        )

    return each_or_none(placements, place, lambda one: on(visits[one.appointment_id].starts))


def _as_before(done: Performed) -> Undo:
    return Undo(write, words=done.result)


@command("Change note of series", permission="schedule.book", undo=_as_before)
def describe(work: Work, *, appointment_id: int, scope: Scope, reason: str, note: str) -> tuple[Words, ...]:
    """Says on each visit of the scope why the patient comes; gives back what was said before."""
    several = members(work, work.get(Appointment, appointment_id), scope)
    return write(work, words=tuple(Words(each.id, reason, note) for each in several))


@command("Write on visits", permission="schedule.book", undo=_as_before)
def write(work: Work, *, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Writes on each visit; gives back what stood there before."""
    before = []
    for each in words:
        was = booking.describe(work, appointment_id=each.appointment_id, reason=each.reason, note=each.note)
        before.append(Words(each.appointment_id, was.reason, was.note))
    return tuple(before)
