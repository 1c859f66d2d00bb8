"""Statements that must go out with enclosed records: texts on pages of their own, their scans behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Final

from pypdf import PdfReader

from frontdesk.formats.pdf.enclosed_statements import SaidAbout, enclosed_statements_pdf
from frontdesk.formats.pdf.packet import Enclosed
from frontdesk.kernel.text import us_date
from frontdesk.models.records.document import Document
from frontdesk.services.records import amendments, sheets, viewing
from frontdesk.services.records.amendment_views import StatementKind
from frontdesk.services.records.page_counts import pages_of
from frontdesk.services.work import Work

KINDS: Final = {
    StatementKind.AMENDED: "Amended",
    StatementKind.REQUEST: "The patient asked for an amendment",
    StatementKind.DENIAL: "The office denied it",
    StatementKind.DISAGREEMENT: "The patient disagrees",
    StatementKind.REBUTTAL: "The office answers",
}


@dataclass(frozen=True, slots=True)
class Appended:
    """Pages behind the records: the words as they were made here, or a scan."""

    enclosed: Enclosed
    pdf: bytes = b""
    """Made here; empty for a scan."""
    document_id: int | None = None

    def bytes_of(self, work: Work) -> bytes:
        """The pages to be appended."""
        if self.document_id is None:
            return self.pdf
        return viewing.document_pdf(work, document_id=self.document_id)


def appended(work: Work, titles: Mapping[int, str]) -> tuple[Appended, ...]:
    """What goes out with these documents, named by their ids; the same for the same chart."""
    found = amendments.statements_for(work, tuple(titles))
    if not found:
        return ()
    said = [
        SaidAbout(titles[each.document_id], KINDS[each.kind], each.number, us_date(each.on), each.text)
        for each in sorted(found, key=lambda each: list(titles).index(each.document_id))
    ]
    pdf = enclosed_statements_pdf(sheets.sender(work), said)
    count = len(PdfReader(BytesIO(pdf)).pages)
    last = max(each.on for each in found)
    pages = Enclosed(
        "Statements about enclosed records",
        us_date(last),
        sha256(pdf).hexdigest(),
        tuple(range(1, count + 1)),
        count,
    )
    scans = dict.fromkeys(each.scan_id for each in found if each.scan_id is not None)
    return (Appended(pages, pdf), *_scans(work, tuple(scans)))


def _scans(work: Work, scan_ids: Sequence[int]) -> list[Appended]:
    made = []
    for scan_id in scan_ids:
        document = work.get(Document, scan_id)
        count = pages_of(work, document)
        on = document.document_on or work.wall(document.received_at).date()
        whole = Enclosed(
            document.title or "Statement", us_date(on), document.sha256, tuple(range(1, count + 1)), count
        )
        made.append(Appended(whole, document_id=scan_id))
    return made
