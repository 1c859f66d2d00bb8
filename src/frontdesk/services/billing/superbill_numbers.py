"""Every superbill number and what became of its sheet: none is lost, and a gap says so."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.formats import superbill_code
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.charges import Superbill, SuperbillState
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.command import query
from frontdesk.services.work import Work

DID_NOT_TAKE_PLACE = (
    Lifecycle.CANCELLED,
    Lifecycle.NO_SHOW,
    Lifecycle.LEFT,
    Lifecycle.RESCHEDULED,
    Lifecycle.IN_ERROR,
)
_FATES = {
    Lifecycle.CANCELLED: "Not used: the visit was canceled.",
    Lifecycle.NO_SHOW: "Not used: the patient did not come.",
    Lifecycle.LEFT: "Not used: the patient left without being seen.",
    Lifecycle.RESCHEDULED: "Not used: the visit was moved to another day.",
    Lifecycle.IN_ERROR: "Not used: the visit was entered in error.",
}
_STATES = {
    SuperbillState.ISSUED: "With the patient, not back yet.",
    SuperbillState.RETURNED: "Back, not entered yet.",
    SuperbillState.ENTERED: "Entered, not checked yet.",
    SuperbillState.CHECKED: "Checked, not released yet.",
    SuperbillState.RELEASED: "Released.",
}


@dataclass(frozen=True, slots=True)
class SheetNumber:
    """A number and the fate of its sheet; without a superbill it is a gap."""

    number: int
    said: str
    fate: str
    superbill_id: int | None = None
    patient: str = ""
    provider: str = ""
    service_on: date | None = None


@query(permission="billing.view")
def numbers(work: Work, *, since: date, until: date) -> tuple[SheetNumber, ...]:
    """The numbers issued for visits of these days, in their order, with every number between them."""
    of_days = Superbill.service_on.between(since, until)
    low = work.session.scalar(select(func.min(Superbill.number)).where(of_days))
    high = work.session.scalar(select(func.max(Superbill.number)).where(of_days))
    if low is None or high is None:
        return ()
    found = {
        bill.number: _number(bill, visit, patient, provider)
        for bill, visit, patient, provider in work.session.execute(
            select(Superbill, Appointment, Patient, Provider.short_name)
            .join(Appointment, Superbill.appointment_id == Appointment.id)
            .join(Patient, Superbill.patient_id == Patient.id)
            .join(Provider, Superbill.provider_id == Provider.id)
            .where(Superbill.number.between(low, high))
        )
    }
    return tuple(found.get(number) or _gap(number) for number in range(low, high + 1))


def _number(bill: Superbill, visit: Appointment, patient: Patient, provider: str) -> SheetNumber:
    fate = _STATES[bill.state]
    if bill.state is SuperbillState.ISSUED:
        fate = _FATES.get(visit.lifecycle, fate)
    return SheetNumber(
        number=bill.number,
        said=superbill_code.written(bill.number),
        fate=fate,
        superbill_id=bill.id,
        patient=last_first(patient.legal_last, patient.legal_first),
        provider=provider,
        service_on=bill.service_on,
    )


def _gap(number: int) -> SheetNumber:
    fate = "No sheet of this number is on record. Ask the office's administrator."
    return SheetNumber(number, superbill_code.written(number), fate)
