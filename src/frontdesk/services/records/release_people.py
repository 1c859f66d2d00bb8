"""Who may ask in a patient's place: the guardians and holders of authority that registration knows."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.names import first_last, last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import query
from frontdesk.services.work import Work

MOST_PAPERS: Final = 300


@dataclass(frozen=True, slots=True)
class OnFile:
    """A representative; `words` name the right and its last day."""

    contact_id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document by its title and date."""

    document_id: int
    words: str
    is_filed: bool


@dataclass(frozen=True, slots=True)
class RequestPatient:
    """The patient of a request, and who may act for them."""

    patient_id: int
    name: str
    spoken: str
    born_on: date
    representatives: tuple[OnFile, ...]
    papers: tuple[Paper, ...]
    """What lies in the chart or waits in the tray for it: the request itself may be among it."""


@query(permission="records.view")
def people(work: Work, *, patient_id: int) -> RequestPatient:
    """Three statements."""
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
        papers=_papers(work, patient_id),
    )


def authority_on_file(work: Work, contact_id: int | None) -> str:
    """ "power of attorney, to 03/10/2026": what registration knows of a representative's right."""
    contact = work.session.get(PatientContact, contact_id) if contact_id is not None else None
    if contact is None or contact.ended_on is not None:
        return ""
    until = f", to {us_date(contact.authority_until)}" if contact.authority_until is not None else ""
    return f"{contact.authority}{until}"


def _papers(work: Work, patient_id: int) -> tuple[Paper, ...]:
    rows = work.session.execute(
        select(Document.id, Document.title, Document.arrived_as, Document.document_on, Document.state)
        .where(Document.patient_id == patient_id, Document.state != DocumentState.WITHDRAWN)
        .order_by(Document.state, Document.document_on.desc(), Document.id.desc())
        .limit(MOST_PAPERS)
    )
    return tuple(
        Paper(
            row.id,
            ", ".join(
                part
                for part in (
                    row.title or row.arrived_as,
                    us_date(row.document_on) if row.document_on else "in the tray",
                )
                if part
            ),
            row.state is DocumentState.FILED,
        )
        for row in rows
    )


def _words(row: PatientContact) -> str:
    until = f" to {us_date(row.authority_until)}" if row.authority_until is not None else ""
    return f"{row.name}, {row.relationship} ({row.authority}{until})"
