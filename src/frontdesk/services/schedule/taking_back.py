"""Taking back the last thing that happened to a visit: the one inverse of all its acts."""

from frontdesk.kernel.errors import Finding, NotFound, Refused
from frontdesk.kernel.text import us_time
from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, EventKind
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import history, holds
from frontdesk.services.schedule.happened import SAID
from frontdesk.services.schedule.standing import live, void
from frontdesk.services.work import Work


def _again(done: Performed) -> Undo:
    return Undo(take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Take back", permission="schedule.book", undo=_again)
def take_back(work: Work, *, appointment_id: int, event_id: int) -> int:
    """Takes an event back, as if it had not been; taking back a taking-back brings it again.

    Raises `Refused` when something else has happened since, or the time or room is taken meanwhile.
    Gives back the id of the event that says so.
    """
    appointment = work.get(Appointment, appointment_id)
    work.concerns(appointment.patient_id)
    events = history.events_of(work, appointment_id)
    event = next((each for each in events if each.id == event_id), None)
    if event is None:
        raise NotFound("This is no longer in the visit's history.")
    _refuse_if_followed(work, event, events)
    holds.end_expired(work)
    return history.record(work, appointment, EventKind.TAKEN_BACK, corrects_id=event_id).id


def _refuse_if_followed(work: Work, event: AppointmentEvent, events: list[AppointmentEvent]) -> None:
    """A telephone call or a corrected time stands alone; of the rest only the last can be taken back."""
    if event.id in void(events):
        raise Refused(Finding("This has been taken back or corrected already."))
    is_correction = event.corrects_id is not None and event.kind is not EventKind.TAKEN_BACK
    if event.kind is EventKind.CONTACTED or is_correction:
        return
    later = [each for each in live(events) if each.id > event.id and each.kind is not EventKind.CONTACTED]
    if later:
        last = later[-1]
        at = us_time(work.wall(last.at))
        raise Refused(Finding(f"This visit was {SAID[last.kind]} at {at} since. Take that back first."))
