"""A release packet: cover, list, the chosen pages, each stamped; the same choice gives the same bytes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, STRONG, Column, Letter, Sender, grid
from frontdesk.formats.pdf.packet_notices import CONFIDENTIAL, PART_2, REDISCLOSURE
from frontdesk.formats.pdf.page_stamp import stamp
from frontdesk.formats.pdf.single_pages import alone
from frontdesk.kernel.page_ranges import said_pages, written_pages

MANIFEST: Final = "manifest.json"
_ENCLOSED: Final = (Column("Document", 4.4), Column("Dated", 1.3), Column("Pages", 2.2), Column("Here", 1.1))


class Damaged(Exception):
    """A source can no longer be taken apart; `title` says which."""

    def __init__(self, title: str) -> None:
        super().__init__("a source document is damaged")
        self.title = title


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The chosen pages of one document, counted from 1, and the address of its bytes."""

    title: str
    dated: str
    sha256: str
    pages: tuple[int, ...]
    of: int


@dataclass(frozen=True, slots=True)
class PacketSheet:
    """All that the cover says; dates and numbers as they are to stand there."""

    sender: Sender
    number: str
    """ "ROI-0261"."""
    made_on: str
    to: str
    to_lines: tuple[str, ...]
    patient: str
    born_on: str
    chart_number: str
    authority: str
    purpose: str
    enclosed: tuple[Enclosed, ...]
    statements: tuple[Enclosed, ...] = ()
    """What patients wrote to documents of theirs that are enclosed (45 CFR 164.526(d))."""
    has_part_2: bool = False
    is_to_patient: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """The finished file."""

    pdf: bytes
    pages: int
    """With the cover and the list."""
    record_pages: int


def packet_pdf(sheet: PacketSheet, sources: Iterable[bytes]) -> Packet:
    """The packet; `sources` are the PDFs of the documents and then of the statements, in their order.

    Raises Damaged where one of them cannot be taken apart.
    """
    parts = (*sheet.enclosed, *sheet.statements)
    records = sum(len(part.pages) for part in parts)
    ahead = 0
    while True:  # the list's own length moves the numbers in it: twice, as a rule
        front = PdfReader(BytesIO(_front(sheet, ahead)))
        if len(front.pages) == ahead:
            break
        ahead = len(front.pages)
    of = ahead + records
    writer = PdfWriter()
    place = 0
    readers: list[tuple[str, PdfReader, tuple[int, ...]]] = [("", front, tuple(range(1, ahead + 1)))]
    for title, reader, numbers in (*readers, *_readers(parts, sources)):
        try:
            for page in alone(reader, numbers):
                place += 1
                stamp(page, f"{sheet.number}   Confidential", f"Page {place} of {of}   {sheet.made_on}")
                writer.add_page(page)
        except (
            PyPdfError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            RecursionError,
        ) as error:
            raise Damaged(title) from error
    writer.add_metadata({"/Title": f"{sheet.number}, {of} pages", "/Author": sheet.sender.name})
    writer.add_attachment(MANIFEST, manifest(sheet))
    out = BytesIO()
    writer.write(out)
    return Packet(out.getvalue(), of, records)


def manifest(sheet: PacketSheet) -> bytes:
    """What is enclosed, for a machine: each source's SHA-256, its pages, and one SHA-256 over this list."""
    listed = [
        {
            "title": part.title,
            "dated": part.dated,
            "sha256": part.sha256,
            "pages": written_pages(part.pages),
            "of": part.of,
            "part": kind,
        }
        for kind, parts in (("record", sheet.enclosed), ("statement", sheet.statements))
        for part in parts
    ]
    said = {
        "request": sheet.number,
        "made_on": sheet.made_on,
        "documents": listed,
        "list_sha256": sha256(json.dumps(listed, sort_keys=True, separators=(",", ":")).encode()).hexdigest(),
    }
    return json.dumps(said, sort_keys=True, indent=1).encode()


def _readers(
    parts: Iterable[Enclosed], sources: Iterable[bytes]
) -> Iterable[tuple[str, PdfReader, tuple[int, ...]]]:
    for part, source in zip(parts, sources, strict=True):
        try:
            reader = PdfReader(BytesIO(source))
        except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise Damaged(part.title) from error
        yield part.title, reader, part.pages


def _front(sheet: PacketSheet, ahead: int) -> bytes:
    """The cover and the list, for `ahead` pages of them before the records."""
    letter = Letter(sheet.sender, f"Records {sheet.number}", is_numbered=False)
    letter.title("Copies of health records")
    letter.text(sheet.to, STRONG)
    for line in sheet.to_lines:
        letter.text(line)
    letter.space(6)
    records = sum(len(part.pages) for part in (*sheet.enclosed, *sheet.statements))
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Request", sheet.number),
            ("Birth date", sheet.born_on),
            ("Date", sheet.made_on),
            ("Chart number", sheet.chart_number),
            ("Pages of records", f"{records}, after {ahead} with this cover and the list"),
        )
    )
    letter.facts(
        (("By which authority", sheet.authority), ("Purpose", sheet.purpose or "Not stated")), columns=1
    )
    letter.section("Confidential")
    letter.text(CONFIDENTIAL)
    if not sheet.is_to_patient:
        letter.text(REDISCLOSURE)
    if sheet.has_part_2:
        letter.section("42 CFR part 2: prohibition of further use and disclosure")
        letter.text(PART_2)
    letter.section("Enclosed")
    place = ahead + 1
    rows: list[tuple[str, str, str, str]] = []
    for part in (*sheet.enclosed, *sheet.statements):
        last = place + len(part.pages) - 1
        here = str(place) if last == place else f"{place}-{last}"
        rows.append((part.title, part.dated, said_pages(part.pages, part.of), here))
        place = last + 1
    letter.add(grid(_ENCLOSED, rows, text=DENSE))
    if sheet.statements:
        letter.space(4)
        letter.text("Statements of the patient about enclosed records stand at the end.", SMALL)
    letter.space(4)
    letter.text(
        "The fingerprints (SHA-256) of the documents the pages were taken from are attached to this file as "
        f"{MANIFEST}; the office keeps the very file that was sent.",
        SMALL,
    )
    return letter.pdf()
