"""A scan with the forms of several patients, cut into a document for each; the whole can come back."""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.records import content, scans, tray
from frontdesk.services.records.scans import PageFound
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Split:
    """A document that was cut, and its parts."""

    document_id: int
    part_ids: tuple[int, ...]


def _together(done: Performed) -> Undo:
    return Undo(put_together, document_id=done.result.document_id, part_ids=done.result.part_ids)


def _apart(done: Performed) -> Undo:
    return Undo(take_apart_again, document_id=done.result.document_id, part_ids=done.result.part_ids)


@command("Split scan by patient", permission="records.file", undo=_together)
def split(work: Work, *, document_id: int, version: int | None = None) -> Split:
    """A part for each patient whose forms the scan holds; a page without a code goes with those before it."""
    document = tray.waiting(work, document_id, version)
    found = scans.pages_found(work, document)
    if len({page.patient_id for page in found if page.patient_id is not None}) < 2:
        raise Refused(Finding("This scan holds forms of one patient only. There is nothing to split."))
    if document.media_type != MediaType.PDF.value:
        raise Refused(Finding("Only a PDF can be split here. Scan the forms again, each by itself."))
    data = content.read(work.session, document.sha256)
    runs = _runs(found, document.pages or 1)
    parts = []
    for number, (patient_id, pages) in enumerate(runs, start=1):
        address = content.keep_made(work, _cut(data, pages), MediaType.PDF)
        work.flush()
        title = f"{document.title or document.arrived_as or 'Scan'}, part {number}"
        parts.append(
            work.add(
                Document(
                    patient_id=patient_id,
                    title=title,
                    source=document.source,
                    arrived_as=document.arrived_as,
                    received_at=document.received_at,
                    sha256=address,
                    media_type=MediaType.PDF.value,
                    pages=len(pages),
                )
            ).id
        )
        work.concerns(patient_id)
    document.state = DocumentState.WITHDRAWN
    return Split(document_id, tuple(parts))


@command("Put split scan together again", permission="records.file", undo=_apart)
def put_together(work: Work, *, document_id: int, part_ids: tuple[int, ...]) -> Split:
    """The whole is back in the tray, the parts leave it; refused once a part was filed."""
    for part_id in part_ids:
        tray.waiting(work, part_id, None).state = DocumentState.WITHDRAWN
    _restore(work, document_id)
    return Split(document_id, part_ids)


@command("Split scan again", permission="records.file", undo=_together)
def take_apart_again(work: Work, *, document_id: int, part_ids: tuple[int, ...]) -> Split:
    """The parts are back in the tray, the whole leaves it."""
    tray.waiting(work, document_id, None).state = DocumentState.WITHDRAWN
    for part_id in part_ids:
        _restore(work, part_id)
    return Split(document_id, part_ids)


def _restore(work: Work, document_id: int) -> None:
    document = work.get(Document, document_id)
    if document.state is not DocumentState.WITHDRAWN:
        raise Refused(Finding("This document was not withdrawn."))
    document.state = DocumentState.TO_FILE
    if document.patient_id is not None:
        work.concerns(document.patient_id)


def _runs(found: tuple[PageFound, ...], pages: int) -> list[tuple[int, list[int]]]:
    """The pages of each patient, from 0, in the order in which they come first."""
    owners = {page.page: page.patient_id for page in found if page.patient_id is not None}
    current = owners[min(owners)]
    runs: dict[int, list[int]] = {}
    for number in range(1, pages + 1):
        current = owners.get(number, current)
        runs.setdefault(current, []).append(number - 1)
    return list(runs.items())


def _cut(data: bytes, pages: list[int]) -> bytes:
    try:
        writer = PdfWriter()
        reader = PdfReader(BytesIO(data))
        for number in pages:
            writer.add_page(reader.pages[number])
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise Refused(Finding("This PDF cannot be split. Scan the forms again, each by itself.")) from error
    return out.getvalue()
