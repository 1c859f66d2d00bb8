"""The patient's photo and guardians' papers: documents of the chart, tied to what they show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.records.content import DocumentContent, MediaType
from frontdesk.models.records.document import Category, Document, DocumentState
from frontdesk.models.records.tied import PaperPurpose as PaperPurpose
from frontdesk.models.records.tied import TiedPaper
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import erasure
from frontdesk.services.work import Work

LARGEST_PHOTO_BYTES: Final = 10 * 1024 * 1024
PICTURES: Final = frozenset({MediaType.JPEG, MediaType.PNG})
SCANS: Final = PICTURES | {MediaType.TIFF, MediaType.PDF}
_TITLES: Final[Mapping[PaperPurpose, str]] = {
    PaperPurpose.PHOTO: "Photo of the patient",
    PaperPurpose.AUTHORITY: "Guardian's authority",
}


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What the desk says of a scan; of an authority whose it is, and its last day."""

    purpose: PaperPurpose
    contact_id: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A tied document as it stands."""

    id: int
    document_id: int
    draft: PaperDraft
    scanned_on: date
    is_expired: bool


@query(permission="registration.view")
def papers(work: Work, *, patient_id: int) -> tuple[Paper, ...]:
    """What is tied to the patient now, in the order of the purposes; one statement."""
    rows = work.session.scalars(
        select(TiedPaper)
        .join(Document, Document.id == TiedPaper.document_id)
        .where(
            TiedPaper.patient_id == patient_id,
            TiedPaper.ended_at.is_(None),
            Document.state != DocumentState.WITHDRAWN,
        )
        .order_by(TiedPaper.id)
    )
    purposes = list(PaperPurpose)
    return tuple(
        sorted((_view(work, row) for row in rows), key=lambda paper: purposes.index(paper.draft.purpose))
    )


def _add_undone(done: Performed) -> Undo:
    return Undo(untie, paper_id=done.result)


@command("Add photo or authority", permission="registration.edit", undo=_add_undone)
def add(work: Work, *, patient_id: int, sha256: str, draft: PaperDraft) -> int:
    """File content that is kept already into the chart and tie it; the one before it in this place ends."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    content = erasure.arrived(work, sha256)
    if content is None:
        raise Refused(Finding("The file's content did not arrive. Add the file again.", "file"))
    refuse_if_any(_findings(work, patient, content, draft))
    document = work.add(
        Document(
            patient_id=patient_id,
            state=DocumentState.FILED,
            category=Category.IDENTITY,
            title=_TITLES[draft.purpose],
            source="Front desk",
            document_on=work.today,
            received_at=work.now,
            filed_at=work.now,
            sha256=sha256,
            media_type=content.media_type.value,
            pages=content.pages,
        )
    )
    work.flush()
    for row in _in_force(work, patient_id, draft):
        row.ended_at = work.now
    work.flush()
    return work.add(
        TiedPaper(
            patient_id=patient_id,
            document_id=document.id,
            purpose=draft.purpose,
            contact_id=draft.contact_id,
            expires_on=draft.expires_on,
            tied_at=work.now,
        )
    ).id


def _untie_undone(done: Performed) -> Undo:
    return Undo(tie_again, paper_id=done.arguments["paper_id"])


@command("Take photo or authority off", permission="registration.edit", undo=_untie_undone)
def untie(work: Work, *, paper_id: int) -> None:
    """It no longer stands for anything; the document stays in the chart."""
    row = work.get(TiedPaper, paper_id)
    work.concerns(row.patient_id)
    row.ended_at = work.now


def _tie_again_undone(done: Performed) -> Undo:
    return Undo(untie, paper_id=done.arguments["paper_id"])


@command("Put photo or authority back", permission="registration.edit", undo=_tie_again_undone)
def tie_again(work: Work, *, paper_id: int) -> None:
    """What was taken off stands again, in the place of what came after it."""
    row = work.get(TiedPaper, paper_id)
    work.concerns(row.patient_id)
    for other in _in_force(work, row.patient_id, _draft_of(row)):
        other.ended_at = work.now
    work.flush()
    row.ended_at = None


def authority_papers(work: Work, contact_ids: tuple[int, ...]) -> dict[int, Paper]:
    """The papers that guardians showed, by contact; one statement."""
    rows = work.session.scalars(
        select(TiedPaper).where(
            TiedPaper.contact_id.in_(contact_ids),
            TiedPaper.purpose == PaperPurpose.AUTHORITY,
            TiedPaper.ended_at.is_(None),
        )
    )
    return {row.contact_id: _view(work, row) for row in rows if row.contact_id is not None}


def _findings(work: Work, patient: Patient, content: DocumentContent, draft: PaperDraft) -> list[Finding]:
    findings: list[Finding] = []
    if draft.purpose is PaperPurpose.PHOTO:
        if content.media_type not in PICTURES:
            findings.append(Finding("This is no picture. A photo is a JPEG or PNG file.", "file"))
        elif content.size_bytes > LARGEST_PHOTO_BYTES:
            megabytes = content.size_bytes // 1024**2
            findings.append(
                Finding(f"The photo has {megabytes} MB, and 10 MB can be kept. Take a smaller one.", "file")
            )
    elif content.media_type not in SCANS:
        findings.append(Finding("This is no scan. Add a picture or a PDF.", "file"))
    if draft.expires_on is not None and draft.expires_on < patient.born_on:
        findings.append(Finding("This day is before the birth date. Check the year.", "expires_on"))
    if draft.purpose is PaperPurpose.AUTHORITY:
        guardian = work.session.get(PatientContact, draft.contact_id) if draft.contact_id else None
        if guardian is None or guardian.patient_id != patient.id or not guardian.is_guardian:
            findings.append(Finding("Choose the guardian whose authority this shows.", "contact_id"))
    elif draft.contact_id is not None:
        findings.append(Finding("Only a guardian's paper names a guardian. Take the name out.", "contact_id"))
    return findings


def _in_force(work: Work, patient_id: int, draft: PaperDraft) -> list[TiedPaper]:
    asked = select(TiedPaper).where(
        TiedPaper.patient_id == patient_id,
        TiedPaper.purpose == draft.purpose,
        TiedPaper.ended_at.is_(None),
    )
    if draft.purpose is PaperPurpose.AUTHORITY:
        asked = asked.where(TiedPaper.contact_id == draft.contact_id)
    return list(work.session.scalars(asked.order_by(TiedPaper.id)))


def _draft_of(row: TiedPaper) -> PaperDraft:
    return PaperDraft(row.purpose, row.contact_id, row.expires_on)


def _view(work: Work, row: TiedPaper) -> Paper:
    is_expired = row.expires_on is not None and row.expires_on < work.today
    return Paper(row.id, row.document_id, _draft_of(row), work.wall(row.tied_at).date(), is_expired)
