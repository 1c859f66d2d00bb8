"""Looking at documents: who saw what is in the audit log, and who had to read it has read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Final, cast

from sqlalchemy import select

from frontdesk.formats import page_picture
from frontdesk.formats.page_picture import PagePicture
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last, last_first
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.content import DocumentContent, MediaType
from frontdesk.models.records.document import Document, DocumentReading, DocumentState, Sensitivity
from frontdesk.models.records.document_version import DocumentVersion
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import content, rendition
from frontdesk.services.records.chunk_file import ChunkFile
from frontdesk.services.records.filing import Indexing, indexing_of
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """What the preview and the form beside it need; the bytes follow by `document_bytes`."""

    document_id: int
    version: int
    patient_id: int | None
    indexing: Indexing
    arrived_as: str
    received_at: datetime
    """The office's wall time."""
    is_filed: bool
    media_type: str
    pages: int | None
    is_long: bool = False
    """Too much to be read before its first page is shown."""
    is_archived: bool = False
    is_arranged: bool = False
    """Whether its pages are not those that came in: there is an original to look at."""
    readings: tuple["ReadingOf", ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingOf:
    """Who was asked to read the opened document, and whether they have."""

    reading_id: int
    version: int
    provider_name: str
    asked_on: date
    read_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document is now, for a desk that has had it open for a while."""

    document_id: int
    version: int
    patient_id: int | None
    is_filed: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A document that a provider has been asked to read."""

    reading_id: int
    version: int
    document_id: int
    patient_id: int
    patient_name: str
    title: str
    document_on: date
    asked_at: datetime
    provider_id: int
    provider_name: str


LONG_BYTES: Final = 3 * 1024 * 1024
"""From here on the first page is shown before the rest has been read."""
_ENDINGS = {
    MediaType.PDF.value: "pdf",
    MediaType.PNG.value: "png",
    MediaType.JPEG.value: "jpg",
    MediaType.TIFF.value: "tif",
    MediaType.TEXT.value: "txt",
    MediaType.X12.value: "txt",
}


def _unread(done: Performed) -> Undo:
    return Undo(mark_unread, reading_id=done.arguments["reading_id"])


def _read(done: Performed) -> Undo:
    return Undo(mark_read, reading_id=done.arguments["reading_id"])


@command(
    "Open document",
    permission="records.view",
    undo=irreversible("That a document was seen stays in the log."),
)
def open_document(work: Work, *, document_id: int) -> OpenedDocument:
    """Write down that this person saw the document, and give what the screen shows of it."""
    document = _seen(work, document_id)
    if document.patient_id is not None:
        work.concerns(document.patient_id)
    return OpenedDocument(
        document_id=document.id,
        version=document.version,
        patient_id=document.patient_id,
        indexing=indexing_of(work, document),
        arrived_as=document.arrived_as,
        received_at=work.wall(document.received_at),
        is_filed=document.state is DocumentState.FILED,
        media_type=document.media_type,
        pages=document.pages,
        is_long=_size(work, document) >= LONG_BYTES,
        is_archived=document.archived_at is not None,
        is_arranged=_is_arranged(work, document_id),
        readings=_readings(work, document_id),
    )


@query(permission="records.view")
def standing(work: Work, *, document_id: int) -> Standing:
    """What another desk made of a document meanwhile, in words."""
    document = work.get(Document, document_id)
    row = (
        work.session.execute(
            select(Patient.legal_last, Patient.legal_first, Patient.chart_number).where(
                Patient.id == document.patient_id
            )
        ).one_or_none()
        if document.patient_id is not None
        else None
    )
    chart = f"{last_first(row.legal_last, row.legal_first)}, chart {row.chart_number}" if row else ""
    if document.state is DocumentState.FILED:
        said = f"It is filed as “{document.title}” in the chart of {chart}."
    elif document.state is DocumentState.TO_FILE:
        said = f"It waits to be filed for {chart}." if chart else "It waits to be filed, for no chart yet."
    else:
        said = "It was taken out of the tray."
    is_filed = document.state is DocumentState.FILED
    return Standing(document.id, document.version, document.patient_id, is_filed, said)


@query(permission="records.view")
def document_bytes(work: Work, *, document_id: int) -> bytes:
    """The verified bytes of a document that was opened; raises `content.Damaged`."""
    return content.read(work.session, _seen(work, document_id).sha256)


@query(permission="records.view")
def document_pdf(work: Work, *, document_id: int) -> bytes:
    """The same as a PDF, whatever kind it is of: for the preview and the printer."""
    document = _seen(work, document_id)
    return rendition.pdf_of(work, document.sha256, document.media_type)


@query(permission="records.view")
def first_page(work: Work, *, document_id: int, width: int) -> PagePicture | None:
    """The first page of a long PDF, from as little of it as it takes; None for what is short or no PDF."""
    document = _seen(work, document_id)
    if document.media_type != MediaType.PDF:
        return None
    opened = content.opened(work.session, document.sha256)
    if opened.size_bytes < LONG_BYTES:
        return None
    return page_picture.first_page(cast("BinaryIO", ChunkFile(opened)), width=width)


@query(permission="records.view")
def pour_pdf(work: Work, *, document_id: int, write: Callable[[bytes], object]) -> bool:
    """The document as a PDF, given to `write` in verified pieces, so that it is in memory once."""
    document = _seen(work, document_id)
    if document.media_type == MediaType.PDF:
        for chunk in content.stream(work.session, document.sha256):
            write(chunk)
    else:
        write(rendition.pdf_of(work, document.sha256, document.media_type))
    return True


@command(
    "Print document",
    permission="records.view",
    undo=irreversible("That a document was printed stays in the log."),
)
def note_print(work: Work, *, document_id: int, pages: int) -> None:
    """Write down that paper of a document left the printer."""
    document = _seen(work, document_id)
    if document.patient_id is not None:
        work.concerns(document.patient_id)
    if pages < 1:
        raise Refused(Finding("Nothing was printed."))


@command(
    "Export document",
    permission="records.export",
    undo=irreversible("That a copy left the office stays in the log."),
)
def export(work: Work, *, document_id: int) -> str:
    """Write down that a copy is saved as a file; the ending that the copy's name should have."""
    document = _seen(work, document_id)
    if document.patient_id is not None:
        work.concerns(document.patient_id)
    return _ENDINGS.get(document.media_type, "pdf")


@query(permission="records.view")
def to_read(work: Work, *, provider_id: int | None = None) -> tuple[ReadingLine, ...]:
    """What a provider, or every one, still has to read: by provider, longest waiting first."""
    statement = (
        select(
            DocumentReading.id,
            DocumentReading.version,
            Document.id.label("document_id"),
            Patient.id.label("patient_id"),
            Patient.legal_first,
            Patient.legal_last,
            Document.title,
            Document.document_on,
            DocumentReading.asked_at,
            Provider.id.label("provider_id"),
            Provider.short_name,
        )
        .join(Document, Document.id == DocumentReading.document_id)
        .join(Patient, Patient.id == Document.patient_id)
        .join(Provider, Provider.id == DocumentReading.provider_id)
        .where(DocumentReading.read_at.is_(None), Document.state == DocumentState.FILED)
        .order_by(Provider.short_name, Provider.id, DocumentReading.asked_at, DocumentReading.id)
    )
    if provider_id is not None:
        statement = statement.where(DocumentReading.provider_id == provider_id)
    return tuple(
        ReadingLine(
            reading_id=row.id,
            version=row.version,
            document_id=row.document_id,
            patient_id=row.patient_id,
            patient_name=first_last(row.legal_first, row.legal_last),
            title=row.title,
            document_on=row.document_on,
            asked_at=work.wall(row.asked_at),
            provider_id=row.provider_id,
            provider_name=row.short_name,
        )
        for row in work.session.execute(statement)
    )


@command(
    "Mark document as read",
    permission="records.sign_off",
    undo=_unread,
)
def mark_read(work: Work, *, reading_id: int, version: int | None = None) -> None:
    """Sign a document off."""
    reading = work.get(DocumentReading, reading_id, version)
    if reading.read_at is not None:
        raise Refused(Finding("This document was signed off already."))
    reading.read_at, reading.read_by_id = work.now, work.actor.user_id
    _concern_reading(work, reading)


@command(
    "Mark document as unread",
    permission="records.sign_off",
    undo=_read,
)
def mark_unread(work: Work, *, reading_id: int, version: int | None = None) -> None:
    """Put a document back before the eyes of whoever must read it."""
    reading = work.get(DocumentReading, reading_id, version)
    if reading.read_at is None:
        raise Refused(Finding("This document is not signed off."))
    reading.read_at, reading.read_by_id = None, None
    _concern_reading(work, reading)


def _concern_reading(work: Work, reading: DocumentReading) -> None:
    document = work.get(Document, reading.document_id)
    if document.patient_id is not None:
        work.concerns(document.patient_id)


def _readings(work: Work, document_id: int) -> tuple[ReadingOf, ...]:
    rows = work.session.execute(
        select(
            DocumentReading.id,
            DocumentReading.version,
            Provider.short_name,
            DocumentReading.asked_at,
            DocumentReading.read_at,
        )
        .join(Provider, Provider.id == DocumentReading.provider_id)
        .where(DocumentReading.document_id == document_id)
        .order_by(DocumentReading.id)
    )
    return tuple(
        ReadingOf(id, version, name, work.wall(asked).date(), work.wall(read).date() if read else None)
        for id, version, name, asked, read in rows
    )


def _size(work: Work, document: Document) -> int:
    size = select(DocumentContent.size_bytes).where(DocumentContent.sha256 == document.sha256)
    return work.session.scalar(size) or 0


def _is_arranged(work: Work, document_id: int) -> bool:
    changed = select(DocumentVersion.id).where(
        DocumentVersion.document_id == document_id, DocumentVersion.number > 1
    )
    return work.session.scalar(changed.limit(1)) is not None


def _seen(work: Work, document_id: int) -> Document:
    document = work.get(Document, document_id)
    if document.state is DocumentState.DISPOSED:
        raise content.Erased
    if document.sensitivity is not Sensitivity.ORDINARY:
        work.require("records.view_sensitive")
    return document
