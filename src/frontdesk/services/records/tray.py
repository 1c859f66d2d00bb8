"""The incoming tray: documents that came in and are not in a chart yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import erasure
from frontdesk.services.records.sniff import shown_name, visible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_document_content", "The bytes of a document are never changed or deleted.")
says("append_only_document_chunk", "The bytes of a document are never changed or deleted.")


@dataclass(frozen=True, slots=True)
class TrayLine:
    """A document that waits to be filed; the patient is whose chart it was dropped on."""

    document_id: int
    version: int
    title: str
    arrived_as: str
    source: str
    received_at: datetime
    """The office's wall time."""
    media_type: str
    pages: int | None
    patient_id: int | None
    patient_name: str
    is_set_aside: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """A changed guess, and what it was before."""

    document_id: int
    before_patient_id: int | None


def _withdrawn(done: Performed) -> Undo:
    return Undo(withdraw, document_id=done.result, reason="Added by mistake")


def _suggested_before(done: Performed) -> Undo:
    return Undo(suggest_chart, document_id=done.result.document_id, patient_id=done.result.before_patient_id)


def _taken_up_again(done: Performed) -> Undo:
    return Undo(take_up_again, document_id=done.arguments["document_id"])


def _kept_for_later(done: Performed) -> Undo:
    return Undo(keep_for_later, document_id=done.arguments["document_id"])


def _restored(done: Performed) -> Undo:
    return Undo(restore, document_id=done.arguments["document_id"])


def _withdrawn_again(done: Performed) -> Undo:
    return Undo(withdraw, document_id=done.arguments["document_id"], reason="Restored by mistake")


@query(permission="records.view")
def tray(work: Work, *, patient_id: int | None = None) -> tuple[TrayLine, ...]:
    """What waits to be filed, oldest first, what was set aside last; of one patient where named."""
    statement = (
        select(
            Document.id,
            Document.version,
            Document.title,
            Document.arrived_as,
            Document.source,
            Document.received_at,
            Document.media_type,
            Document.pages,
            Document.patient_id,
            Patient.legal_last,
            Patient.legal_first,
            Document.set_aside_at,
        )
        .outerjoin(Patient, Patient.id == Document.patient_id)
        .where(Document.state == DocumentState.TO_FILE)
        .order_by(
            Document.set_aside_at.is_not(None), Document.set_aside_at, Document.received_at, Document.id
        )
    )
    if patient_id is not None:
        statement = statement.where(Document.patient_id == patient_id)
    return tuple(
        TrayLine(
            document_id=row.id,
            version=row.version,
            title=row.title or row.arrived_as or "Without a title",
            arrived_as=row.arrived_as,
            source=row.source,
            received_at=work.wall(row.received_at),
            media_type=row.media_type,
            pages=row.pages,
            patient_id=row.patient_id,
            patient_name=last_first(row.legal_last, row.legal_first) if row.patient_id else "",
            is_set_aside=row.set_aside_at is not None,
        )
        for row in work.session.execute(statement)
    )


@query(permission="records.view")
def waiting_count(work: Work) -> int:
    """How many documents wait to be filed."""
    waiting = select(func.count()).select_from(Document).where(Document.state == DocumentState.TO_FILE)
    return work.session.scalar(waiting) or 0


@command(
    "Add document to the tray",
    permission="records.file",
    undo=_withdrawn,
)
def receive(
    work: Work,
    *,
    sha256: str,
    arrived_as: str = "",
    title: str = "",
    source: str = "",
    patient_id: int | None = None,
    again: bool = False,
) -> int:
    """Put content that is kept already (`content.store`) into the tray; `again` allows a second copy."""
    content = erasure.arrived(work, sha256)
    if content is None:
        raise Refused(Finding("The file's content did not arrive. Add the file again."))
    if patient_id is not None:
        work.get(Patient, patient_id)
        work.concerns(patient_id)
    if not again and _is_here_already(work, sha256, patient_id):
        raise Refused(
            Finding(
                "This very file is here already, in this chart or in the tray.", "again", overridable=True
            )
        )
    return work.add(
        Document(
            patient_id=patient_id,
            title=visible(title),
            source=source.strip(),
            arrived_as=shown_name(arrived_as),
            received_at=work.now,
            sha256=sha256,
            media_type=content.media_type.value,
            pages=content.pages,
        )
    ).id


@command(
    "Suggest a chart for document",
    permission="records.file",
    undo=_suggested_before,
)
def suggest_chart(
    work: Work, *, document_id: int, patient_id: int | None, version: int | None = None
) -> Suggested:
    """Move a document that is not filed yet to another patient's part of the tray, or to nobody's."""
    document = waiting(work, document_id, version)
    before = document.patient_id
    if patient_id is not None:
        work.get(Patient, patient_id)
    work.concerns(*(patient for patient in (before, patient_id) if patient is not None))
    document.patient_id = patient_id
    return Suggested(document_id, before)


@command(
    "Keep document for later",
    permission="records.file",
    undo=_taken_up_again,
)
def keep_for_later(work: Work, *, document_id: int, version: int | None = None) -> None:
    """Put a document behind the others of the tray."""
    waiting(work, document_id, version).set_aside_at = work.now


@command(
    "Take document up again",
    permission="records.file",
    undo=_kept_for_later,
)
def take_up_again(work: Work, *, document_id: int, version: int | None = None) -> None:
    """Put a document that was set aside back into its place."""
    waiting(work, document_id, version).set_aside_at = None


@command(
    "Withdraw document",
    permission="records.file",
    undo=_restored,
)
def withdraw(work: Work, *, document_id: int, reason: str, version: int | None = None) -> None:
    """Take what was added by mistake off every list; the bytes and the audit stay."""
    if not reason.strip():
        raise Refused(Finding("Write why the document is withdrawn.", "reason"))
    waiting(work, document_id, version).state = DocumentState.WITHDRAWN


@command(
    "Restore document",
    permission="records.file",
    undo=_withdrawn_again,
)
def restore(work: Work, *, document_id: int) -> None:
    """Put a withdrawn document back into the tray."""
    document = work.get(Document, document_id)
    if document.state is not DocumentState.WITHDRAWN:
        raise Refused(Finding("This document was not withdrawn."))
    _concern(work, document)
    document.state = DocumentState.TO_FILE


def title_from(name: str) -> str:
    """A file's name as a first guess of a title; a fax server's number says nothing and is left out."""
    words = name.rpartition(".")[0].replace("_", " ").replace("-", " ").strip()
    letters = sum(1 for letter in words if letter.isalpha())
    return words[:1].upper() + words[1:] if letters * 2 > len(words) else ""


def waiting(work: Work, document_id: int, version: int | None) -> Document:
    """A document of the tray; raises Refused where it is filed or withdrawn."""
    document = work.get(Document, document_id, version)
    if document.state is DocumentState.FILED:
        raise Refused(Finding("This document is filed already. Open it in the chart."))
    if document.state is DocumentState.WITHDRAWN:
        raise Refused(Finding("This document was withdrawn. Restore it first."))
    _concern(work, document)
    return document


def _concern(work: Work, document: Document) -> None:
    if document.patient_id is not None:
        work.concerns(document.patient_id)


def _is_here_already(work: Work, sha256: str, patient_id: int | None) -> bool:
    same = select(Document.id).where(
        Document.sha256 == sha256,
        Document.state != DocumentState.WITHDRAWN,
        (Document.patient_id == patient_id) | (Document.state == DocumentState.TO_FILE),
    )
    return work.session.scalar(same.limit(1)) is not None
