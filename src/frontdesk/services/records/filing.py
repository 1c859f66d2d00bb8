"""From the tray into the chart, and out of the wrong one."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.records.document import Category as Category
from frontdesk.models.records.document import Document, DocumentMove, DocumentReading, DocumentState
from frontdesk.models.records.document import Sensitivity as Sensitivity
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records.stubs import DESTROYED
from frontdesk.services.records.tray import waiting
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("ck_document_filed_whole", "A filed document needs a patient, a category, a title and a date.")
says("append_only_document_move", "The log of moved documents is never changed.")


@dataclass(frozen=True, slots=True)
class Indexing:
    """What the chart says about a document."""

    category: Category | None
    title: str
    document_on: date | None
    source: str = ""
    reader_ids: tuple[int, ...] = ()
    """The providers who must read it."""
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    author: str = ""
    received_on: date | None = None
    """The day on which the paper came; None: the day it came into the tray."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A changed index, and what it was before."""

    document_id: int
    before: Indexing


@dataclass(frozen=True, slots=True)
class Moved:
    """A document in its right chart, and where it was."""

    document_id: int
    from_patient_id: int


@dataclass(frozen=True, slots=True)
class Reader:
    """A provider who can be asked to read a document."""

    provider_id: int
    name: str


def _taken_out(done: Performed) -> Undo:
    return Undo(unfile, document_id=done.arguments["document_id"])


def _put_back(done: Performed) -> Undo:
    return Undo(file_again, document_id=done.arguments["document_id"])


def _corrected_back(done: Performed) -> Undo:
    return Undo(correct, document_id=done.result.document_id, indexing=done.result.before)


def _moved_back(done: Performed) -> Undo:
    return Undo(
        refile,
        document_id=done.result.document_id,
        patient_id=done.result.from_patient_id,
        reason="Moved by mistake",
    )


@query(permission="records.view")
def possible_readers(work: Work) -> tuple[Reader, ...]:
    """The providers who work here, in the office's order."""
    rows = work.session.execute(
        select(Provider.id, Provider.short_name)
        .join(Resource, Resource.id == Provider.id)
        .where(Resource.is_active)
        .order_by(Resource.sort_order, Provider.short_name, Provider.id)
    )
    return tuple(Reader(provider_id, name) for provider_id, name in rows)


@command(
    "File document",
    permission="records.file",
    undo=_taken_out,
)
def file(
    work: Work, *, document_id: int, patient_id: int, indexing: Indexing, version: int | None = None
) -> None:
    """Put a document of the tray into a patient's chart."""
    document = waiting(work, document_id, version)
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    refuse_if_any(_findings(work, patient, indexing))
    document.patient_id = patient_id
    document.state = DocumentState.FILED
    document.filed_at = work.now
    document.set_aside_at = None
    _index(work, document, indexing)


@command(
    "Take document out of the chart",
    permission="records.file",
    undo=_put_back,
)
def unfile(work: Work, *, document_id: int, version: int | None = None) -> None:
    """Put a filed document back into the tray; what was entered stays entered."""
    document = _filed(work, document_id, version)
    document.state = DocumentState.TO_FILE
    document.filed_at = None


@command(
    "Put document back into the chart",
    permission="records.file",
    undo=_taken_out,
)
def file_again(work: Work, *, document_id: int, version: int | None = None) -> None:
    """File a document once more as it was entered before."""
    document = waiting(work, document_id, version)
    if document.patient_id is None or document.document_on is None or document.category is None:
        raise Refused(Finding("This document was never filed. File it with its category, title and date."))
    document.state = DocumentState.FILED
    document.filed_at = work.now


@command(
    "Correct document entry",
    permission="records.file",
    undo=_corrected_back,
)
def correct(work: Work, *, document_id: int, indexing: Indexing, version: int | None = None) -> Corrected:
    """Change what the chart says about a filed document."""
    document = _filed(work, document_id, version)
    assert document.patient_id is not None  # the database keeps it so for what is filed
    refuse_if_any(_findings(work, work.get(Patient, document.patient_id), indexing))
    before = indexing_of(work, document)
    _index(work, document, indexing)
    return Corrected(document_id, before)


@command(
    "Move document to another chart",
    permission="records.file",
    undo=_moved_back,
)
def refile(
    work: Work, *, document_id: int, patient_id: int, reason: str, version: int | None = None
) -> Moved:
    """Move a filed document out of the wrong chart; both charts keep the trace."""
    document = _filed(work, document_id, version)
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    findings = []
    if patient_id == document.patient_id:
        findings.append(Finding("The document is in this chart already.", "patient_id"))
    if not reason.strip():
        findings.append(Finding("Write why the document is moved.", "reason"))
    refuse_if_any(findings)
    assert document.patient_id is not None
    before = document.patient_id
    work.add(
        DocumentMove(
            document_id=document_id,
            from_patient_id=before,
            to_patient_id=patient_id,
            reason=reason.strip(),
            moved_at=work.now,
            moved_by_id=work.actor.user_id,
        )
    )
    document.patient_id = patient_id
    return Moved(document_id, before)


def indexing_of(work: Work, document: Document) -> Indexing:
    """What is entered about a document now."""
    readers = work.session.scalars(
        select(DocumentReading.provider_id)
        .where(DocumentReading.document_id == document.id)
        .order_by(DocumentReading.id)
    )
    return Indexing(
        category=document.category,
        title=document.title,
        document_on=document.document_on,
        source=document.source,
        reader_ids=tuple(readers),
        sensitivity=document.sensitivity,
        author=document.author,
        received_on=document.received_on,
    )


def _filed(work: Work, document_id: int, version: int | None) -> Document:
    document = work.get(Document, document_id, version)
    if document.state is DocumentState.DISPOSED:
        raise Refused(DESTROYED)
    if document.state is not DocumentState.FILED or document.patient_id is None:
        raise Refused(Finding("This document is not in a chart. File it first."))
    work.concerns(document.patient_id)
    return document


def _findings(work: Work, patient: Patient, indexing: Indexing) -> list[Finding]:
    findings = []
    if indexing.category is None:
        findings.append(Finding("Choose the part of the chart it belongs to.", "category"))
    if not indexing.title.strip():
        findings.append(Finding("Enter a title, so that it is found again.", "title"))
    if indexing.document_on is None:
        findings.append(Finding("Enter the date of the document, not of its arrival.", "document_on"))
    elif indexing.document_on > work.today:
        findings.append(
            Finding(
                f"{us_date(indexing.document_on)} is still to come. Look at the date again.", "document_on"
            )
        )
    elif indexing.document_on < patient.born_on:
        findings.append(
            Finding(
                "The document is older than the patient. Look at the date and the chart again.", "document_on"
            )
        )
    if indexing.received_on is not None:
        if indexing.received_on > work.today:
            findings.append(
                Finding(
                    f"{us_date(indexing.received_on)} is still to come. Enter the day on which it came.",
                    "received_on",
                )
            )
        elif indexing.document_on is not None and indexing.received_on < indexing.document_on:
            findings.append(
                Finding("It cannot have come before it was written. Look at both dates.", "received_on")
            )
    return findings


def _index(work: Work, document: Document, indexing: Indexing) -> None:
    document.category = indexing.category
    document.title = indexing.title.strip()
    document.document_on = indexing.document_on
    document.source = indexing.source.strip()
    document.sensitivity = indexing.sensitivity
    document.author = indexing.author.strip()
    document.received_on = indexing.received_on
    asked = {
        reading.provider_id: reading
        for reading in work.session.scalars(
            select(DocumentReading)
            .where(DocumentReading.document_id == document.id)
            .order_by(DocumentReading.id)
        )
    }
    for provider_id in indexing.reader_ids:
        if provider_id not in asked:
            work.get(Provider, provider_id)
            work.add(DocumentReading(document_id=document.id, provider_id=provider_id, asked_at=work.now))
    for provider_id, reading in asked.items():
        if provider_id not in indexing.reader_ids and reading.read_at is None:
            work.session.delete(reading)
