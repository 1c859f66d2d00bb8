"""What changed of a patient since the last visit, for the sheet: each thing once, the old beside the new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.command import query
from frontdesk.services.registration import changed
from frontdesk.services.registration.reviews import Change
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """Since when is looked at: the arrival at the last visit, else the registration."""

    since: datetime
    is_first_visit: bool
    changes: tuple[Change, ...]


@query(permission="registration.view")
def since_last_visit(work: Work, *, patient_id: int) -> SheetChanges:
    """The newest change first."""
    patient = work.get(Patient, patient_id)
    last = work.session.execute(
        select(Appointment.starts, Appointment.arrived_at)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.lifecycle == Lifecycle.COMPLETED,
            Appointment.starts < datetime.combine(work.today, datetime.min.time()),
        )
        .order_by(Appointment.starts.desc())
        .limit(1)
    ).first()
    if last is None:
        since = work.wall(patient.registered_at)
    else:
        since = work.wall(last.arrived_at) if last.arrived_at else last.starts
    # What the desk changed while the patient stood there at that visit is known to the patient.
    until_known = since if last is None else since + timedelta(hours=1)
    return SheetChanges(
        since=since,
        is_first_visit=last is None,
        changes=changed.changed_since(work, patient_id=patient_id, since=until_known),
    )
