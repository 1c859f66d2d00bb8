"""The next step of a patient's way through the office, for one key on the board and in the day."""

from dataclasses import dataclass

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Stage
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import known, lifecycle, taking_back
from frontdesk.services.visit import check_in, check_out
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Stepped:
    """The events of a step, oldest first."""

    event_ids: tuple[int, ...]
    said: str = ""
    """What is so now, as a person would say it: "Keiko Tanaka is in a room"."""


_NOW = {
    Stage.ARRIVED: "has arrived",
    Stage.CHECKING_IN: "is checking in",
    Stage.READY: "is ready",
    Stage.ROOMED: "is in a room",
    Stage.WITH_PROVIDER: "is with the provider",
    Stage.SEEN: "has been seen",
    Stage.CHECKING_OUT: "is checking out",
    Stage.GONE: "has left, the visit is done",
}


def _stepped_back(done: Performed) -> Undo:
    return Undo(step_back, appointment_id=done.arguments["appointment_id"], event_ids=done.result.event_ids)


@command("Take the next step", permission="visit.check_in", undo=_stepped_back)
def advance(work: Work, *, appointment_id: int, room_id: int | None = None, reason: str = "") -> Stepped:
    """From the door to the desk, the waiting room, a room, the provider, the desk again, and out.

    Raises `Refused` with the field "room_id" where a room must be named first.
    """
    visit = work.get(Appointment, appointment_id)
    events = _next_step(work, visit, room_id, reason)
    name = known.spoken_name(work.get(Patient, visit.patient_id))
    return Stepped(events, f"{name} {_NOW[visit.stage]}")


def _next_step(work: Work, visit: Appointment, room_id: int | None, reason: str) -> tuple[int, ...]:
    match visit.stage:
        case Stage.EXPECTED:
            return (lifecycle.arrive(work, appointment_id=visit.id),)
        case Stage.ARRIVED:
            return check_in.begin(work, appointment_id=visit.id).event_ids
        case Stage.CHECKING_IN:
            return (check_in.finish(work, appointment_id=visit.id, reason=reason),)
        case Stage.READY:
            if room_id is None:
                raise Refused(Finding("Choose a free room.", "room_id"))
            return (lifecycle.room(work, appointment_id=visit.id, room_id=room_id),)
        case Stage.ROOMED:
            return (lifecycle.with_provider(work, appointment_id=visit.id),)
        case Stage.WITH_PROVIDER:
            return (
                lifecycle.provider_out(work, appointment_id=visit.id),
                lifecycle.check_out_start(work, appointment_id=visit.id),
            )
        case Stage.SEEN:
            return (lifecycle.check_out_start(work, appointment_id=visit.id),)
        case _:
            return (check_out.finish(work, appointment_id=visit.id, reason=reason),)


def _stepped_again(done: Performed) -> Undo:
    return Undo(step_back, appointment_id=done.arguments["appointment_id"], event_ids=done.result.event_ids)


@command("Take back the last step", permission="visit.check_in", undo=_stepped_again)
def step_back(work: Work, *, appointment_id: int, event_ids: tuple[int, ...]) -> Stepped:
    """The step was taken too early."""
    return Stepped(
        tuple(
            taking_back.take_back(work, appointment_id=appointment_id, event_id=event_id)
            for event_id in reversed(event_ids)
        )
    )
