"""Booking a visit, moving it, calling it off, and all that brings it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import (
    Appointment,
    CancelledBy,
    EventKind,
    Lifecycle,
)
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.registration import search_keys
from frontdesk.services.schedule import checks, history, holds, known, occupancy, reminder_rules
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.work import Work

LATE_NOTICE = timedelta(hours=24)
"""A patient who calls off later than this before the visit does so late."""
NO_SHOW_GRACE = timedelta(minutes=15)

_ENDED = {
    Lifecycle.CANCELLED: "canceled",
    Lifecycle.NO_SHOW: "marked as a no-show",
    Lifecycle.LEFT: "ended when the patient left",
    Lifecycle.RESCHEDULED: "rescheduled",
    Lifecycle.IN_ERROR: "entered in error",
    Lifecycle.COMPLETED: "completed",
}


@dataclass(frozen=True, slots=True)
class Rebooked:
    """A visit that took the place of another."""

    appointment_id: int
    replaced_event_id: int
    """The event that says so on the old visit."""


def _unbook(done: Performed) -> Undo:
    return Undo(unbook, appointment_id=done.result)


def _take_back(done: Performed) -> Undo:
    return Undo(take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Book visit", permission="schedule.book", undo=_unbook)
def book(
    work: Work,
    *,
    patient_id: int,
    slot: Slot,
    visit_type_id: int,
    reason: str = "",
    note: str = "",
    override_reason: str = "",
    hold_id: int | None = None,
    no_reminders: tuple[int, ...] = (),
) -> int:
    """Books a visit with everything its type needs; a hold on the time is used up.

    `no_reminders`: the rules by which this patient does not want to be reminded of it.

    Raises `Refused` with all that speaks against it, and the next opening. Overridable findings
    pass with `override_reason`, for those who may overbook.
    """
    work.concerns(patient_id)
    patient = work.get(Patient, patient_id)
    holds.end_expired(work)
    place = checks.place(
        work,
        patient=patient,
        visit_type_id=visit_type_id,
        slot=slot,
        override_reason=override_reason,
        beside_hold=hold_id,
    )
    if hold_id is not None:
        holds.end(work, hold_id)
    appointment = Appointment(
        patient_id=patient_id,
        provider_id=slot.provider_id,
        site_id=place.site_id,
        visit_type_id=visit_type_id,
        reason=reason.strip(),
        note=note.strip(),
        is_new_patient=place.is_new_patient,
        override_reason=override_reason.strip() if place.needed_reason else "",
        booked_at=work.now,
    )
    event = history.begin(
        work,
        appointment,
        starts=place.slot.starts,
        ends=place.ends,
        provider_id=slot.provider_id,
        is_overbooked=place.is_overbooked,
        reason=appointment.override_reason,
    )
    _reserve(work, appointment.id, event.id, place)
    search_keys.mark_recent(work, patient_id, place.slot.starts.date())
    reminder_rules.leave_out(work, appointment.id, no_reminders)
    return appointment.id


@command("Copy visit", permission="schedule.book", undo=_unbook)
def copy(work: Work, *, appointment_id: int, to: Slot, override_reason: str = "") -> int:
    """Books another visit of the same kind and length for the patient; gives back its id."""
    pattern = work.get(Appointment, appointment_id)
    return book(
        work,
        patient_id=pattern.patient_id,
        slot=Slot(to.provider_id, to.starts, to.minutes or minutes_of(pattern), to.resource_ids),
        visit_type_id=pattern.visit_type_id,
        reason=pattern.reason,
        note=pattern.note,
        override_reason=override_reason,
    )


@command("Take back booking", permission="schedule.book", undo=_take_back)
def unbook(work: Work, *, appointment_id: int) -> int:
    """Takes back a booking that nothing has followed yet."""
    first = history.events_of(work, appointment_id)[0]
    return take_back(work, appointment_id=appointment_id, event_id=first.id)


@command("Move visit", permission="schedule.book", undo=_take_back)
def move(
    work: Work,
    *,
    appointment_id: int,
    to: Slot,
    reason: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> int:
    """Moves a booked visit to another time or provider; it must be confirmed anew. Gives back the event's id.

    Raises `Refused` with all that speaks against the new place.
    """
    appointment = booked(work, appointment_id, version, "moved")
    slot = Slot(to.provider_id, to.starts, to.minutes or minutes_of(appointment), to.resource_ids)
    return place_anew(work, appointment, EventKind.MOVED, slot, reason, override_reason)


@command("Change length of visit", permission="schedule.book", undo=_take_back)
def resize(
    work: Work,
    *,
    appointment_id: int,
    minutes: int,
    reason: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> int:
    """Makes a visit longer or shorter; its start and its confirmation stay. Gives back the event's id."""
    appointment = work.get(Appointment, appointment_id, version)
    if appointment.lifecycle not in (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS):
        raise Refused(Finding(f"This visit was {_ENDED[appointment.lifecycle]}. Its length cannot change."))
    slot = Slot(appointment.provider_id, appointment.starts, minutes)
    return place_anew(work, appointment, EventKind.RESIZED, slot, reason, override_reason)


@command("Cancel visit", permission="schedule.book", undo=_take_back)
def cancel(
    work: Work,
    *,
    appointment_id: int,
    by: CancelledBy,
    reason: str = "",
    version: int | None = None,
    wants_rebooking: bool = False,
    leaves_book: bool = False,
) -> int:
    """Calls a visit off and frees its time; whether it is late is computed. Gives back the event's id.

    `wants_rebooking` puts it on the unscheduled list; with `leaves_book` its day no longer shows it.
    """
    appointment = booked(work, appointment_id, version, "canceled")
    event = history.record(
        work,
        appointment,
        EventKind.CANCELLED,
        cancelled_by=by,
        reason=reason.strip(),
        is_late=by is CancelledBy.PATIENT and is_late_notice(work, appointment),
        wants_rebooking=wants_rebooking,
        leaves_book=leaves_book,
    )
    return event.id


def is_late_notice(work: Work, appointment: Appointment) -> bool:
    """Whether a patient who calls off now does so late."""
    return work.local_now > appointment.starts - LATE_NOTICE


@command("Mark as no-show", permission="schedule.book", undo=_take_back)
def mark_no_show(
    work: Work,
    *,
    appointment_id: int,
    version: int | None = None,
    wants_rebooking: bool = False,
    leaves_book: bool = False,
) -> int:
    """Notes that the patient did not come; from 15 minutes after the start. Gives back the event's id."""
    appointment = booked(work, appointment_id, version, "marked as a no-show")
    from_then = appointment.starts + NO_SHOW_GRACE
    if work.local_now < from_then:
        on = "" if from_then.date() == work.today else f" on {weekday_date(from_then.date())}"
        name = known.spoken_name(work.get(Patient, appointment.patient_id))
        raise Refused(
            Finding(
                f"{name} is expected at {us_time(appointment.starts)}{on}. "
                f"This can be marked from {us_time(from_then)} on."
            )
        )
    return history.record(
        work,
        appointment,
        EventKind.NO_SHOW,
        wants_rebooking=wants_rebooking,
        leaves_book=leaves_book,
    ).id


@command("Restore visit", permission="schedule.book", undo=_take_back)
def restore(work: Work, *, appointment_id: int, reason: str = "", version: int | None = None) -> int:
    """Puts a canceled or missed visit back where it was, if that is still free. Gives back the event's id."""
    appointment = work.get(Appointment, appointment_id, version)
    work.concerns(appointment.patient_id)
    if appointment.rescheduled_to_id is not None:
        raise Refused(Finding("This visit was rescheduled. Cancel the new one, or move it back."))
    if appointment.lifecycle not in (Lifecycle.CANCELLED, Lifecycle.NO_SHOW, Lifecycle.IN_ERROR):
        raise Refused(Finding("Only a canceled or missed visit can be restored."))
    holds.end_expired(work)
    return history.record(work, appointment, EventKind.RESTORED, reason=reason.strip()).id


@command("Mark as entered in error", permission="schedule.book", undo=_take_back)
def enter_in_error(work: Work, *, appointment_id: int, reason: str, version: int | None = None) -> int:
    """Says that a visit never should have been in the book. Gives back the event's id."""
    appointment = booked(work, appointment_id, version, "marked as an error")
    if not reason.strip():
        raise Refused(Finding("Say what was wrong with this entry.", field="reason"))
    return history.record(work, appointment, EventKind.IN_ERROR, reason=reason.strip()).id


def _unrebook(done: Performed) -> Undo:
    return Undo(
        unrebook,
        appointment_id=done.result.appointment_id,
        replaced_id=done.arguments["appointment_id"],
        replaced_event_id=done.result.replaced_event_id,
    )


@command("Rebook visit", permission="schedule.book", undo=_unrebook)
def rebook(
    work: Work,
    *,
    appointment_id: int,
    slot: Slot,
    note: str = "",
    override_reason: str = "",
    visit_type_id: int | None = None,
    hold_id: int | None = None,
) -> Rebooked:
    """Books a canceled or missed visit anew, of the same type if not said, and links the two."""
    old = work.get(Appointment, appointment_id)
    if old.lifecycle not in (Lifecycle.CANCELLED, Lifecycle.NO_SHOW, Lifecycle.LEFT):
        raise Refused(Finding("Cancel this visit first, or move it."))
    if old.rescheduled_to_id is not None:
        raise Refused(Finding("This visit has been rebooked already."))
    minutes = slot.minutes or minutes_of(old)
    new_id = book(
        work,
        patient_id=old.patient_id,
        slot=Slot(slot.provider_id, slot.starts, minutes, slot.resource_ids),
        visit_type_id=visit_type_id or old.visit_type_id,
        reason=old.reason,
        note=note,
        override_reason=override_reason,
        hold_id=hold_id,
    )
    event = history.record(work, old, EventKind.RESCHEDULED, rescheduled_to_id=new_id)
    return Rebooked(new_id, event.id)


@command(
    "Take back rebooking",
    permission="schedule.book",
    undo=irreversible("Book the visit anew; the time may be gone."),
)
def unrebook(work: Work, *, appointment_id: int, replaced_id: int, replaced_event_id: int) -> None:
    """Takes back the new visit and the link to it."""
    take_back(work, appointment_id=replaced_id, event_id=replaced_event_id)
    unbook(work, appointment_id=appointment_id)


@dataclass(frozen=True, slots=True)
class Described:
    """What was written on a visit."""

    reason: str
    note: str


def _described_as_before(done: Performed) -> Undo:
    before = done.result
    return Undo(
        describe, appointment_id=done.arguments["appointment_id"], reason=before.reason, note=before.note
    )


@command("Change visit note", permission="schedule.book", undo=_described_as_before)
def describe(
    work: Work, *, appointment_id: int, reason: str, note: str, version: int | None = None
) -> Described:
    """Says anew why the patient comes and what the desk should know. Gives back what was said before."""
    appointment = work.get(Appointment, appointment_id, version)
    work.concerns(appointment.patient_id)
    before = Described(appointment.reason, appointment.note)
    appointment.reason, appointment.note = reason.strip(), note.strip()
    return before


def place_anew(
    work: Work,
    appointment: Appointment,
    kind: EventKind,
    slot: Slot,
    reason: str,
    override_reason: str,
    beside_also: Collection[int] = (),
) -> int:
    """Takes a visit elsewhere, or gives it another length; gives back the event's id."""
    work.concerns(appointment.patient_id)
    holds.end_expired(work)
    place = checks.place(
        work,
        patient=work.get(Patient, appointment.patient_id),
        visit_type_id=appointment.visit_type_id,
        slot=slot,
        override_reason=override_reason,
        beside=appointment,
        may_have_begun=kind is EventKind.RESIZED,
        beside_also=beside_also,
    )
    if place.needed_reason:
        appointment.override_reason = override_reason.strip()
    appointment.site_id = place.site_id
    event = history.record(
        work,
        appointment,
        kind,
        starts=place.slot.starts,
        ends=place.ends,
        provider_id=slot.provider_id,
        is_overbooked=place.is_overbooked,
        reason=reason.strip() or (override_reason.strip() if place.needed_reason else ""),
    )
    _reserve(work, appointment.id, event.id, place)
    search_keys.mark_recent(work, appointment.patient_id, place.slot.starts.date())
    return event.id


def _reserve(work: Work, appointment_id: int, event_id: int, place: checks.Place) -> None:
    occupancy.reserve(
        work,
        place.stretches,
        appointment_id=appointment_id,
        event_id=event_id,
        beside_others=place.beside_others,
    )


def booked(work: Work, appointment_id: int, version: int | None, done: str) -> Appointment:
    """The visit, where it is booked and nothing has begun."""
    appointment = work.get(Appointment, appointment_id, version)
    work.concerns(appointment.patient_id)
    if appointment.lifecycle is Lifecycle.BOOKED:
        return appointment
    if appointment.lifecycle in (Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS):
        name = known.spoken_name(work.get(Patient, appointment.patient_id))
        raise Refused(Finding(f"{name} has arrived. Take the arrival back before this visit is {done}."))
    raise Refused(Finding(f"This visit was {_ENDED[appointment.lifecycle]}. It cannot be {done}."))


def minutes_of(appointment: Appointment) -> int:
    return int((appointment.ends - appointment.starts).total_seconds() // 60)
