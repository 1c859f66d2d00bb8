"""The next step of a patient's way through the office, for one key on the board and in the day."""

from dataclasses import dataclass

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, Stage
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import lifecycle, taking_back
from frontdesk.services.visit import check_in, check_out
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Stepped:
    """The events of a step, oldest first."""

    event_ids: tuple[int, ...]


def _stepped_back(done: Performed) -> Undo:
    return Undo(step_back, appointment_id=done.arguments["appointment_id"], event_ids=done.result.event_ids)


@command("Take the next step", permission="visit.check_in", undo=_stepped_back)
def advance(work: Work, *, appointment_id: int, room_id: int | None = None, reason: str = "") -> Stepped:
    """From the door to the desk, the waiting room, a room, the provider, the desk again, and out.

    Raises `Refused` with the field "room_id" where a room must be named first.
    """
    visit = work.get(Appointment, appointment_id)
    match visit.stage:
        case Stage.EXPECTED:
            return Stepped((lifecycle.arrive(work, appointment_id=appointment_id),))
        case Stage.ARRIVED:
            return Stepped(check_in.begin(work, appointment_id=appointment_id).event_ids)
        case Stage.CHECKING_IN:
            return Stepped((check_in.finish(work, appointment_id=appointment_id, reason=reason),))
        case Stage.READY:
            if room_id is None:
                raise Refused(Finding("Choose a free room.", "room_id"))
            return Stepped((lifecycle.room(work, appointment_id=appointment_id, room_id=room_id),))
        case Stage.ROOMED:
            return Stepped((lifecycle.with_provider(work, appointment_id=appointment_id),))
        case Stage.WITH_PROVIDER:
            return Stepped(
                (
                    lifecycle.provider_out(work, appointment_id=appointment_id),
                    lifecycle.check_out_start(work, appointment_id=appointment_id),
                )
            )
        case Stage.SEEN:
            return Stepped((lifecycle.check_out_start(work, appointment_id=appointment_id),))
        case _:
            return Stepped((check_out.finish(work, appointment_id=appointment_id, reason=reason),))


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
