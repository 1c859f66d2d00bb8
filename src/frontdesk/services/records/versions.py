"""Work on a document's pages: each arrangement is a new version, and none before it is lost."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.formats.pdf import page_work
from frontdesk.formats.pdf.page_work import Taken
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Document, DocumentState, Sensitivity
from frontdesk.models.records.document_version import DocumentVersion
from frontdesk.models.records.document_version import VersionCause as VersionCause
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import content, rendition
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_document_version", "A version of a document is never changed or deleted.")
says(
    "uq_document_version_document_id",
    "Another desk arranged these pages in the same moment. Look at them, then try again.",
)


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page of the document as it is shown now, from 1, and the degrees it is turned to the right."""

    page: int
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Arranged:
    """A document with other pages, and the number of the version that was shown before."""

    document_id: int
    before: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version as people read of it."""

    number: int
    cause: VersionCause
    pages: int | None
    reason: str
    at: datetime
    """The office's wall time."""
    by: str
    is_shown: bool


def _shown_before(done: Performed) -> Undo:
    return Undo(
        bring_back, document_id=done.result.document_id, number=done.result.before, reason="Taken back"
    )


@command("Arrange pages of document", permission="records.file", undo=_shown_before)
def arrange(
    work: Work, *, document_id: int, pages: tuple[PageOf, ...], reason: str = "", version: int | None = None
) -> Arranged:
    """These pages of what is shown now, in this order, as a new version; the bytes that came in stay."""
    document = workable(work, document_id, version)
    if not pages:
        raise Refused(Finding("Leave at least one page. To take all of it away, take the document out."))
    pdf = rendition.pdf_of(work, document.sha256, document.media_type)
    count = counted(pdf)
    _refuse_what_is_not_there(pages, count)
    if pages == tuple(PageOf(number) for number in range(1, count + 1)):
        raise Refused(Finding("The pages are as they were. There is nothing to keep."))
    data = put((pdf,), [Taken(0, each.page - 1, each.turned) for each in pages])
    before = shown_number(work, document)
    made_of = written((document.sha256, each.page, each.turned) for each in pages)
    address = content.keep_made(work, data, MediaType.PDF)
    work.flush()
    _show(document, address, MediaType.PDF.value, len(pages))
    add(work, document, VersionCause.ARRANGED, made_of, reason)
    return Arranged(document_id, before)


@command("Show earlier version of document", permission="records.file", undo=_shown_before)
def bring_back(
    work: Work, *, document_id: int, number: int, reason: str = "", version: int | None = None
) -> Arranged:
    """The pages as they were in an earlier version, as a new one; nothing in between is lost."""
    document = workable(work, document_id, version)
    wanted = _of_number(work, document, number)
    before = shown_number(work, document)
    if wanted.sha256 == document.sha256:
        raise Refused(Finding("This version is the one that is shown."))
    _show(document, wanted.sha256, wanted.media_type, wanted.pages)
    add(work, document, VersionCause.BROUGHT_BACK, wanted.made_of, reason)
    return Arranged(document_id, before)


@query(permission="records.view")
def versions_of(work: Work, *, document_id: int) -> tuple[VersionLine, ...]:
    """All versions of a document, the first one first; empty while it is as it came in."""
    document = _seen(work, document_id)
    rows = work.session.execute(
        select(DocumentVersion, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == DocumentVersion.made_by_id)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number)
    ).all()
    return tuple(
        VersionLine(
            number=row.number,
            cause=row.cause,
            pages=row.pages,
            reason=row.reason,
            at=work.wall(row.made_at),
            by=name or "Frontdesk",
            is_shown=row is rows[-1][0],
        )
        for row, name in rows
    )


@query(permission="records.view")
def version_pdf(work: Work, *, document_id: int, number: int) -> bytes:
    """An earlier version to look at; the opening of the document is in the log already."""
    wanted = _of_number(work, _seen(work, document_id), number)
    return rendition.pdf_of(work, wanted.sha256, wanted.media_type)


# -- for splitting and putting together -------------------------------------------


def workable(work: Work, document_id: int, version: int | None) -> Document:
    """A document whose pages may be worked on; its patient is named for the audit."""
    document = work.get(Document, document_id, version)
    if document.state not in (DocumentState.TO_FILE, DocumentState.FILED):
        raise Refused(Finding("This document is not in use any more. Its pages stay as they are."))
    if document.sensitivity is not Sensitivity.ORDINARY:
        work.require("records.view_sensitive")
    if document.patient_id is not None:
        work.concerns(document.patient_id)
    return document


def add(work: Work, document: Document, cause: VersionCause, made_of: str, reason: str = "") -> None:
    """Write a version down as the document shows it now; before the first one, how it came in."""
    work.add(
        DocumentVersion(
            document_id=document.id,
            number=_last_number(work, document) + 1,
            cause=cause,
            sha256=document.sha256,
            media_type=document.media_type,
            pages=document.pages,
            made_of=made_of,
            reason=reason.strip(),
            made_at=work.now,
            made_by_id=work.actor.user_id,
        )
    )
    work.flush()


def shown_number(work: Work, document: Document) -> int:
    """The number of the version that is shown; writes down how the document came in where nobody did."""
    number = _last_number(work, document)
    if number:
        return number
    work.add(
        DocumentVersion(
            document_id=document.id,
            number=1,
            cause=VersionCause.CAME_IN,
            sha256=document.sha256,
            media_type=document.media_type,
            pages=document.pages,
            made_at=document.received_at,
        )
    )
    work.flush()
    return 1


def written(pages: Iterable[tuple[str, int, int]]) -> str:
    """The pages of a version as JSON: content, page from 1, degrees."""
    return json.dumps(list(pages), separators=(",", ":"))


def put(sources: Sequence[bytes], pages: Sequence[Taken]) -> bytes:
    """One PDF of these pages, or the sentence why not."""
    try:
        return page_work.put(sources, pages)
    except ValueError as error:
        raise Refused(
            Finding("The pages of this file cannot be taken apart. Scan the paper again, page by page.")
        ) from error


def counted(pdf: bytes) -> int:
    """The pages of a PDF, or the sentence why not."""
    try:
        return page_work.count_pages(pdf)
    except ValueError as error:
        raise Refused(
            Finding("The pages of this file cannot be read. Ask the sender for it again.")
        ) from error


def _refuse_what_is_not_there(pages: Sequence[PageOf], count: int) -> None:
    numbers = [each.page for each in pages]
    if any(not 1 <= number <= count for number in numbers):
        raise Refused(Finding(f"This document has {count} pages. Another page was named. Look at it again."))
    if len(set(numbers)) < len(numbers):
        raise Refused(Finding("A page can stand in a document once only."))
    if any(each.turned % 90 for each in pages):
        raise Refused(Finding("A page is turned by quarters."))


def _show(document: Document, address: str, media_type: str, pages: int | None) -> None:
    document.sha256, document.media_type, document.pages = address, media_type, pages


def _last_number(work: Work, document: Document) -> int:
    last = (
        select(DocumentVersion.number)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    )
    return work.session.scalar(last) or 0


def _of_number(work: Work, document: Document, number: int) -> DocumentVersion:
    found = work.session.scalar(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document.id, DocumentVersion.number == number
        )
    )
    if found is None:
        raise Refused(Finding("There is no such version of this document."))
    return found


def _seen(work: Work, document_id: int) -> Document:
    document = work.get(Document, document_id)
    if document.sensitivity is not Sensitivity.ORDINARY:
        work.require("records.view_sensitive")
    return document
