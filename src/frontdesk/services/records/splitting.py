"""A document cut into several, or several put into one; either can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from frontdesk.formats.pdf.page_work import Taken
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.records import content, rendition, scans, tray, versions
from frontdesk.services.records.scans import PageFound
from frontdesk.services.records.versions import VersionCause
from frontdesk.services.work import Work

MOST_TOGETHER: Final = 50


@dataclass(frozen=True, slots=True)
class Split:
    """A whole document, and its parts."""

    document_id: int
    part_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A document that is to be put together with others, as it was seen."""

    document_id: int
    version: int | None = None


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
    pdf = rendition.pdf_of(work, document.sha256, document.media_type)
    return _cut(work, document, pdf, _runs(found, versions.counted(pdf)))


@command("Split document", permission="records.file", undo=_together)
def split_at(work: Work, *, document_id: int, starts: tuple[int, ...], version: int | None = None) -> Split:
    """A part from each of these pages on, and one of what stands before the first of them."""
    document = tray.waiting(work, document_id, version)
    pdf = rendition.pdf_of(work, document.sha256, document.media_type)
    count = versions.counted(pdf)
    cuts = sorted({start for start in starts if start > 1})
    if not cuts:
        raise Refused(Finding("Choose the page with which the next document begins."))
    if cuts[-1] > count:
        raise Refused(Finding(f"This document has {count} pages. Another page was named. Look at it again."))
    edges = [1, *cuts, count + 1]
    runs = [(document.patient_id, list(range(first - 1, after - 1))) for first, after in pairwise(edges)]
    return _cut(work, document, pdf, runs)


@command("Put documents together", permission="records.file", undo=_apart)
def join(work: Work, *, pieces: tuple[Piece, ...], title: str = "") -> Split:
    """One document of the pages of several, in this order; the single ones leave the tray."""
    if len({piece.document_id for piece in pieces}) < 2:
        raise Refused(Finding("Choose two documents or more to put together."))
    if len(pieces) > MOST_TOGETHER:
        raise Refused(Finding(f"At most {MOST_TOGETHER} documents are put together at once."))
    documents = [tray.waiting(work, piece.document_id, piece.version) for piece in pieces]
    owners = {document.patient_id for document in documents if document.patient_id is not None}
    if len(owners) > 1:
        raise Refused(
            Finding("These documents are of several patients. Put together only what goes into one chart.")
        )
    pdfs = [rendition.pdf_of(work, document.sha256, document.media_type) for document in documents]
    counts = [versions.counted(pdf) for pdf in pdfs]
    taken = [Taken(source, page) for source, count in enumerate(counts) for page in range(count)]
    address = content.keep_made(work, versions.put(pdfs, taken), MediaType.PDF)
    work.flush()
    first = documents[0]
    whole = work.add(
        Document(
            patient_id=next(iter(owners), None),
            title=title.strip() or first.title,
            source=next((document.source for document in documents if document.source), ""),
            arrived_as=first.arrived_as,
            received_at=min(document.received_at for document in documents),
            sha256=address,
            media_type=MediaType.PDF.value,
            pages=len(taken),
        )
    )
    work.flush()
    made_of = versions.written((documents[each.source].sha256, each.page + 1, 0) for each in taken)
    versions.add(work, whole, VersionCause.JOINED, made_of)
    for document in documents:
        document.state = DocumentState.WITHDRAWN
    return Split(whole.id, tuple(document.id for document in documents))


@command("Put parts together again", permission="records.file", undo=_apart)
def put_together(work: Work, *, document_id: int, part_ids: tuple[int, ...]) -> Split:
    """The whole is back in the tray, the parts leave it; refused once a part was filed."""
    for part_id in part_ids:
        tray.waiting(work, part_id, None).state = DocumentState.WITHDRAWN
    _restore(work, document_id)
    return Split(document_id, part_ids)


@command("Take document apart again", permission="records.file", undo=_together)
def take_apart_again(work: Work, *, document_id: int, part_ids: tuple[int, ...]) -> Split:
    """The parts are back in the tray, the whole leaves it; refused once the whole was filed."""
    tray.waiting(work, document_id, None).state = DocumentState.WITHDRAWN
    for part_id in part_ids:
        _restore(work, part_id)
    return Split(document_id, part_ids)


def _cut(work: Work, document: Document, pdf: bytes, runs: Sequence[tuple[int | None, list[int]]]) -> Split:
    parts = []
    for number, (patient_id, pages) in enumerate(runs, start=1):
        data = versions.put((pdf,), [Taken(0, page) for page in pages])
        address = content.keep_made(work, data, MediaType.PDF)
        work.flush()
        part = work.add(
            Document(
                patient_id=patient_id,
                title=f"{document.title or document.arrived_as or 'Scan'}, part {number}",
                source=document.source,
                arrived_as=document.arrived_as,
                received_at=document.received_at,
                sha256=address,
                media_type=MediaType.PDF.value,
                pages=len(pages),
            )
        )
        work.flush()
        made_of = versions.written((document.sha256, page + 1, 0) for page in pages)
        versions.add(work, part, VersionCause.SPLIT, made_of)
        parts.append(part.id)
        if patient_id is not None:
            work.concerns(patient_id)
    document.state = DocumentState.WITHDRAWN
    return Split(document.id, tuple(parts))


def _restore(work: Work, document_id: int) -> None:
    document = work.get(Document, document_id)
    if document.state is not DocumentState.WITHDRAWN:
        raise Refused(Finding("This document was not withdrawn."))
    document.state = DocumentState.TO_FILE
    if document.patient_id is not None:
        work.concerns(document.patient_id)


def _runs(found: tuple[PageFound, ...], pages: int) -> list[tuple[int | None, list[int]]]:
    """The pages of each patient, from 0, in the order in which they come first."""
    owners = {page.page: page.patient_id for page in found if page.patient_id is not None}
    current = owners[min(owners)]
    runs: dict[int | None, list[int]] = {}
    for number in range(1, pages + 1):
        current = owners.get(number, current)
        runs.setdefault(current, []).append(number - 1)
    return list(runs.items())
