"""The preparation packet: for each visit a cover, then the pages of the chosen documents."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid

IN_MEMORY: Final = 8 * 1024 * 1024
"""A larger packet is written to a file of its own while it grows."""

_DOCUMENTS: Final = (
    Column("Date", 62),
    Column("Document", 210),
    Column("From", 130),
    Column("Pages", 50, is_number=True),
    Column("Remark", 130),
)
_CHANGES: Final = (Column("What", 110), Column("Before", 180), Column("Now", 180), Column("By", 80))


@dataclass(frozen=True, slots=True)
class PacketDocument:
    """A document of the packet; `load` gives its PDF when its turn comes, one after another."""

    on: str
    title: str
    source: str
    remark: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class PacketChange:
    """What is not as it was at the last visit."""

    what: str
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover of a visit."""

    patient: str
    facts: tuple[tuple[str, str], ...]
    open_items: tuple[str, ...]
    last_visit: str
    """ "12/18/2025"; empty where the patient was never here."""
    changes: tuple[PacketChange, ...]
    left_out: tuple[str, ...]
    """Sentences about what is not in the packet."""


@dataclass(frozen=True, slots=True)
class PacketPart:
    """One visit."""

    cover: Cover
    documents: tuple[PacketDocument, ...]


_Readable = Sequence[tuple[PacketDocument, PdfReader | None]]


def packet_pdf(sender: Sender, printed_at: str, parts: Iterable[PacketPart]) -> bytes:
    """The packet as one PDF; what cannot be read is named on its cover, and never left out silently."""
    whole = PdfWriter()
    for part in parts:
        readable: _Readable = [(document, _pages_of(document.load())) for document in part.documents]
        cover = _cover(sender, printed_at, part.cover, readable)
        whole.append(PdfReader(BytesIO(cover)), outline_item=part.cover.patient)
        for document, pages in readable:
            if pages is not None:
                whole.append(pages, outline_item=document.title)
    whole.add_metadata({"/Title": "Preparation packet", "/Producer": "Frontdesk"})
    with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        whole.write(cast("IO[bytes]", out))
        out.seek(0)
        return out.read()


def _pages_of(data: bytes) -> PdfReader | None:
    """None for what is broken, or locked with a password."""
    try:
        pages = PdfReader(BytesIO(data))
        return pages if len(pages.pages) else None
    except (PyPdfError, ValueError, KeyError, NotImplementedError):
        return None


def _cover(sender: Sender, printed_at: str, cover: Cover, documents: "_Readable") -> bytes:
    foot = f"Printed {printed_at}. Contains health records: shred it after use."
    letter = Letter(sender, "Preparation packet", foot=foot)
    letter.title(cover.patient)
    letter.facts(cover.facts)
    letter.section("Open before this visit")
    for item in cover.open_items or ("Nothing is open.",):
        letter.item(item)
    if cover.last_visit:
        letter.section(f"Changed since the last visit on {cover.last_visit}")
        if cover.changes:
            rows = [(each.what, each.before or "-", each.after or "-", each.by) for each in cover.changes]
            letter.add(grid(_CHANGES, rows, text=DENSE))
        else:
            letter.text("Nothing on file has changed.", SMALL)
    letter.section("In this packet")
    if documents:
        letter.add(grid(_DOCUMENTS, [_row(document, pages) for document, pages in documents], text=DENSE))
    else:
        letter.text("This cover only.", SMALL)
    for sentence in cover.left_out:
        letter.space(4)
        letter.text(sentence, SMALL)
    return letter.pdf()


def _row(document: PacketDocument, pages: PdfReader | None) -> tuple[str, ...]:
    if pages is None:
        return (document.on, document.title, document.source, "-", "Cannot be read: not included")
    return (document.on, document.title, document.source, str(len(pages.pages)), document.remark)
