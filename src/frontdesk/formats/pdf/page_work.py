"""Pages of PDFs put into another order, turned, left out, or together: the same bytes each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError


@dataclass(frozen=True, slots=True)
class Taken:
    """A page of one of the sources, both from 0, and the degrees it is turned to the right."""

    source: int
    page: int
    turned: int = 0


def count_pages(pdf: bytes) -> int:
    """How many pages it has; raises ValueError where it cannot be read."""
    try:
        return len(PdfReader(BytesIO(pdf)).pages)
    except _BROKEN as error:
        raise ValueError("no PDF that can be read") from error


def put(sources: Sequence[bytes], pages: Sequence[Taken]) -> bytes:
    """One PDF of these pages; raises ValueError where a source cannot be taken apart."""
    try:
        readers = [PdfReader(BytesIO(source)) for source in sources]
        writer = PdfWriter()
        for taken in pages:
            page = writer.add_page(readers[taken.source].pages[taken.page])
            if taken.turned % 360:
                page.rotate(taken.turned % 360)
        out = BytesIO()
        writer.write(out)
    except _BROKEN as error:
        raise ValueError("no PDF that can be taken apart") from error
    return out.getvalue()


def joined(sources: Sequence[bytes]) -> bytes:
    """All pages of several PDFs, one after another; raises ValueError where one cannot be read."""
    counts = [count_pages(source) for source in sources]
    return put(sources, [Taken(source, page) for source, count in enumerate(counts) for page in range(count)])


# What pypdf raises for a broken file depends on where it is broken.
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
