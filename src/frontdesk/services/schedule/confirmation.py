"""What patients say about coming: the second axis, which never touches the first."""

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import (
    Appointment,
    Channel,
    Confirmation,
    EventKind,
    Lifecycle,
)
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import history
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.work import Work


def _take_back(done: Performed) -> Undo:
    return Undo(take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Record confirmation", permission="schedule.book", undo=_take_back)
def record(
    work: Work, *, appointment_id: int, channel: Channel, outcome: Confirmation, note: str = ""
) -> int:
    """Notes what came of asking the patient; a move sets it back. Gives back the event's id."""
    appointment = work.get(Appointment, appointment_id)
    work.concerns(appointment.patient_id)
    if outcome is Confirmation.NONE:
        raise Refused(Finding("Say what came of it: confirmed, message left, no answer.", field="outcome"))
    if appointment.lifecycle is not Lifecycle.BOOKED:
        raise Refused(Finding("Only a visit that is still to come can be confirmed."))
    event = history.record(
        work, appointment, EventKind.CONTACTED, channel=channel, outcome=outcome, reason=note.strip()
    )
    return event.id
