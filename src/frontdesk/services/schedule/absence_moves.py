"""Taking the visits of an absence to their new times: one or all, in one act with one undo."""

from dataclasses import dataclass
from functools import partial

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, EventKind, Lifecycle
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.schedule import booking, holds, known, lifecycle, occupancy
from frontdesk.services.schedule.series_changes import Placement
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.schedule.together import Happened, each_or_none, on, take_back_all
from frontdesk.services.work import Work


def _all_back(done: Performed) -> Undo:
    return Undo(take_back_all, events=done.result)


@command("Move to new times", permission="schedule.book", undo=_all_back)
def move_all(work: Work, *, placements: tuple[Placement, ...], reason: str = "") -> tuple[Happened, ...]:
    """Takes visits to their new times, all of them or none; each must be confirmed anew.

    Raises `Refused` with all that speaks against each of them, named: what another desk took meanwhile.
    """
    if not placements:
        raise Refused(Finding("There is no new time to move anybody to. Look for other times."))

    def said(one: Placement) -> str:
        visit = work.get(Appointment, one.appointment_id)
        return f"{known.spoken_name(work.get(Patient, visit.patient_id))}, {on(one.to.starts)}"

    visits = {visit.id: visit for visit in each_or_none(placements, partial(_still_there, work), said)}
    left = set(visits)
    holds.end_expired(work)
    occupancy.set_aside(work, left)

    def move(one: Placement) -> Happened:
        visit = visits[one.appointment_id]
        left.discard(visit.id)
        to = Slot(
            one.to.provider_id,
            one.to.starts,
            one.to.minutes or booking.minutes_of(visit),
            one.to.resource_ids,
        )
        event_id = booking.place_anew(work, visit, EventKind.MOVED, to, reason, "", beside_also=left)
        return Happened(visit.id, event_id)

    return each_or_none(placements, move, said)


def _still_there(work: Work, one: Placement) -> Appointment:
    try:
        return booking.booked(work, one.appointment_id, one.version, "moved")
    except Conflict:
        raise Refused(Finding("Another desk changed this visit meanwhile.")) from None


def _back(done: Performed) -> Undo:
    return Undo(take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Hand over visit", permission="schedule.book", undo=_back)
def hand_over(
    work: Work, *, appointment_id: int, to: Slot, reason: str = "", version: int | None = None
) -> int:
    """A patient who is here sees somebody else today; the arrival stands. Gives back the event's id.

    Raises `Refused` with all that speaks against it.
    """
    visit = work.get(Appointment, appointment_id, version)
    name = known.spoken_name(work.get(Patient, visit.patient_id))
    work.concerns(visit.patient_id)
    if visit.lifecycle is Lifecycle.IN_PROGRESS:
        raise Refused(Finding(f"{name} has been with the provider. Take that back before you hand over."))
    if visit.lifecycle is not Lifecycle.ARRIVED:
        raise Refused(Finding(f"{name} is not waiting here. Move the visit instead."))
    if to.starts.date() != work.today:
        raise Refused(
            Finding(
                f"{name} is here now. Choose a time today, or send them home with a new time.",
                field="slot",
            )
        )
    place = Slot(to.provider_id, to.starts, to.minutes or booking.minutes_of(visit), to.resource_ids)
    return booking.place_anew(work, visit, EventKind.MOVED, place, reason, "")


@dataclass(frozen=True, slots=True)
class SentHome:
    """A patient who left without being seen, and the visit that they have instead."""

    left_event_id: int
    appointment_id: int
    replaced_event_id: int


def _called_back(done: Performed) -> Undo:
    return Undo(
        call_back,
        appointment_id=done.arguments["appointment_id"],
        left_event_id=done.result.left_event_id,
        new_id=done.result.appointment_id,
        replaced_event_id=done.result.replaced_event_id,
    )


@command("Send home with a new time", permission="schedule.book", undo=_called_back)
def send_home(
    work: Work, *, appointment_id: int, to: Slot, reason: str = "", version: int | None = None
) -> SentHome:
    """A patient who is here leaves without being seen, and has another visit instead; the two are linked.

    Raises `Refused` with all that speaks against the new time.
    """
    work.get(Appointment, appointment_id, version)
    left = lifecycle.left_without_being_seen(work, appointment_id=appointment_id, reason=reason)
    new = booking.rebook(work, appointment_id=appointment_id, slot=to)
    return SentHome(left, new.appointment_id, new.replaced_event_id)


@command(
    "Call back who was sent home",
    permission="schedule.book",
    undo=irreversible("Send them home with a new time once more; the time may be gone."),
)
def call_back(
    work: Work, *, appointment_id: int, left_event_id: int, new_id: int, replaced_event_id: int
) -> None:
    """The patient waits here after all; the other visit was never booked."""
    booking.unrebook(
        work, appointment_id=new_id, replaced_id=appointment_id, replaced_event_id=replaced_event_id
    )
    take_back(work, appointment_id=appointment_id, event_id=left_event_id)
