"""Who may ask in a patient's place: the guardians and holders of authority that registration knows."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.names import first_last, last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class OnFile:
    """A representative; `words` name the right and its last day."""

    contact_id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestPatient:
    """The patient of a request, and who may act for them."""

    patient_id: int
    name: str
    spoken: str
    born_on: date
    representatives: tuple[OnFile, ...]


@query(permission="records.view")
def people(work: Work, *, patient_id: int) -> RequestPatient:
    """Two statements."""
    patient = work.get(Patient, patient_id)
    rows = work.session.scalars(
        select(PatientContact)
        .where(
            PatientContact.patient_id == patient_id,
            PatientContact.is_guardian,
            PatientContact.ended_on.is_(None),
        )
        .order_by(PatientContact.rank, PatientContact.id)
    )
    return RequestPatient(
        patient_id=patient.id,
        name=last_first(patient.legal_last, patient.legal_first),
        spoken=first_last(patient.legal_first, patient.legal_last),
        born_on=patient.born_on,
        representatives=tuple(OnFile(row.id, row.name, _words(row)) for row in rows),
    )


def _words(row: PatientContact) -> str:
    until = f" to {us_date(row.authority_until)}" if row.authority_until is not None else ""
    return f"{row.name}, {row.relationship} ({row.authority}{until})"
