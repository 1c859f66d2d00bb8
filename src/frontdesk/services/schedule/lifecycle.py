"""The patient's way through the office, one stamp per step. Any step may be skipped, none repeated."""

from datetime import datetime

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_time
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, EventKind, Lifecycle, Stage
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import history, known
from frontdesk.services.schedule.happened import SAID
from frontdesk.services.schedule.standing import STAGES, live
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.work import Work

_ORDER = list(STAGES.values())
_NOW = {
    Stage.ARRIVED: "has arrived",
    Stage.CHECKING_IN: "is checking in",
    Stage.READY: "is ready",
    Stage.ROOMED: "is in a room",
    Stage.WITH_PROVIDER: "is with the provider",
    Stage.SEEN: "has been seen",
    Stage.CHECKING_OUT: "is checking out",
}


def _take_back(done: Performed) -> Undo:
    return Undo(take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Mark as arrived", permission="schedule.flow", undo=_take_back)
def arrive(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The patient is here. Gives back the event's id, as every step does."""
    return _step(work, appointment_id, EventKind.ARRIVED, version)


@command("Start check-in", permission="schedule.flow", undo=_take_back)
def start_check_in(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The desk begins with the patient."""
    return _step(work, appointment_id, EventKind.CHECK_IN_STARTED, version)


@command("Mark as ready", permission="schedule.flow", undo=_take_back)
def ready(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The desk is done; the patient waits for a room."""
    return _step(work, appointment_id, EventKind.READY, version)


@command("Take to room", permission="schedule.flow", undo=_take_back)
def room(work: Work, *, appointment_id: int, room_id: int, version: int | None = None) -> int:
    """The patient goes into a room, or from one to another; raises `Refused` unless it is free."""
    return _step(work, appointment_id, EventKind.ROOMED, version, room_id)


@command("Provider goes in", permission="schedule.flow", undo=_take_back)
def with_provider(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The visit itself begins."""
    return _step(work, appointment_id, EventKind.PROVIDER_IN, version)


@command("Provider comes out", permission="schedule.flow", undo=_take_back)
def provider_out(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The provider is done."""
    return _step(work, appointment_id, EventKind.PROVIDER_OUT, version)


@command("Start check-out", permission="schedule.flow", undo=_take_back)
def check_out_start(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The patient is back at the desk; the room is to be cleaned."""
    return _step(work, appointment_id, EventKind.CHECK_OUT_STARTED, version)


@command("Complete visit", permission="schedule.flow", undo=_take_back)
def complete(work: Work, *, appointment_id: int, version: int | None = None) -> int:
    """The patient leaves; the visit is done."""
    return _step(work, appointment_id, EventKind.COMPLETED, version)


@command("Left without being seen", permission="schedule.flow", undo=_take_back)
def left_without_being_seen(
    work: Work, *, appointment_id: int, reason: str = "", version: int | None = None
) -> int:
    """The patient went before the provider came."""
    appointment = work.get(Appointment, appointment_id, version)
    work.concerns(appointment.patient_id)
    if appointment.lifecycle is not Lifecycle.ARRIVED:
        name = known.spoken_name(work.get(Patient, appointment.patient_id))
        seen = appointment.provider_in_at is not None
        said = "has been with the provider" if seen else "is not waiting here"
        raise Refused(Finding(f"{name} {said}."))
    return history.record(work, appointment, EventKind.LEFT, reason=reason.strip()).id


@command("Correct time", permission="schedule.flow", undo=_take_back)
def correct_time(work: Work, *, appointment_id: int, event_id: int, at: datetime, reason: str = "") -> int:
    """Says when a step really was (office wall time); the wrong stamp stays in the history."""
    appointment = work.get(Appointment, appointment_id)
    work.concerns(appointment.patient_id)
    steps = [
        each
        for each in live(history.events_of(work, appointment_id))
        if each.kind in (*STAGES, EventKind.LEFT)
    ]
    index = next((i for i, each in enumerate(steps) if each.id == event_id), None)
    if index is None:
        raise Refused(Finding("Only the time of a step that stands can be corrected."))
    wrong = steps[index]
    _refuse_out_of_order(work, at, steps[index - 1] if index else None, (*steps[index + 1 :], None)[0])
    facts: history.Facts = {"at": work.instant(at), "corrects_id": wrong.id, "reason": reason.strip()}
    if wrong.room_id is not None:
        facts["room_id"] = wrong.room_id
    return history.record(work, appointment, wrong.kind, **facts).id


def _refuse_out_of_order(
    work: Work, at: datetime, before: AppointmentEvent | None, after: AppointmentEvent | None
) -> None:
    if at > work.local_now:
        raise Refused(Finding(f"{us_time(at)} has not come yet.", field="at"))
    for other, is_wrong, order in ((before, int.__lt__, "before"), (after, int.__gt__, "after")):
        if other is None:
            continue
        stamp = work.wall(other.at)
        minutes = int((at - stamp).total_seconds() // 60)
        if is_wrong(minutes, 0):
            sentence = f"{us_time(at)} is {order} {us_time(stamp)}, when the visit was {SAID[other.kind]}."
            raise Refused(Finding(sentence, field="at"))


def _step(
    work: Work, appointment_id: int, kind: EventKind, version: int | None, room_id: int | None = None
) -> int:
    # Held: some steps change no column of the visit, and two desks would both take them.
    appointment = work.get(Appointment, appointment_id, version, is_held=True)
    work.concerns(appointment.patient_id)
    _refuse_out_of_turn(work, appointment, kind, room_id)
    if room_id is None:
        return history.record(work, appointment, kind).id
    return history.record(work, appointment, kind, room_id=room_id).id


def _refuse_out_of_turn(work: Work, appointment: Appointment, kind: EventKind, room_id: int | None) -> None:
    name = known.spoken_name(work.get(Patient, appointment.patient_id))
    lifecycle, stage = appointment.lifecycle, appointment.stage
    if lifecycle not in (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS):
        ended = "completed" if lifecycle is Lifecycle.COMPLETED else "called off"
        mend = "Take that back first." if lifecycle is Lifecycle.COMPLETED else "Restore it first."
        raise Refused(Finding(f"{name}'s visit was {ended}. {mend}"))
    if kind is EventKind.ARRIVED and appointment.starts.date() != work.today:
        raise Refused(
            Finding(
                f"{name}'s visit is on {us_date(appointment.starts.date())}. Only today's patients arrive."
            )
        )
    if kind is not EventKind.ARRIVED and lifecycle is Lifecycle.BOOKED:
        raise Refused(Finding(f"{name} has not arrived yet."))
    changes_room = kind is EventKind.ROOMED and stage is Stage.ROOMED and room_id != appointment.room_id
    reached = stage is not Stage.EXPECTED and _ORDER.index(STAGES[kind]) <= _ORDER.index(stage)
    if reached and not changes_room:
        raise Refused(Finding(f"{name} {_NOW[stage]} already."))
