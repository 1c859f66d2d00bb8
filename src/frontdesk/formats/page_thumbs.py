"""Small pictures of pages, for choosing among them: drawn off the window's thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontdesk.formats.page_codes import Unreadable
from frontdesk.formats.pdf.looking import LOCK

if TYPE_CHECKING:
    import pypdfium2


@dataclass(frozen=True, slots=True)
class PageThumb:
    """A page, counted from 1, as rows of red, green and blue."""

    page: int
    width: int
    height: int
    rgb: bytes


def page_thumbs(pdf: bytes, pages: Iterable[int], *, width: int, height: int) -> tuple[PageThumb, ...]:
    """These pages, each as large as fits; raises Unreadable. Some 10 ms a page."""
    # Loaded here: a desk that chooses no pages pays nothing.
    import pypdfium2

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("the PDF cannot be drawn") from error
        try:
            return tuple(_drawn(document, page, width, height) for page in pages if page <= len(document))
        except pypdfium2.PdfiumError as error:
            raise Unreadable("a page cannot be drawn") from error
        finally:
            document.close()


def _drawn(document: "pypdfium2.PdfDocument", page: int, width: int, height: int) -> PageThumb:
    sheet = document[page - 1]
    wide, high = sheet.get_size()
    scale = min(width / max(1.0, wide), height / max(1.0, high))
    picture = sheet.render(scale=scale).to_pil().convert("RGB")
    sheet.close()
    return PageThumb(page, picture.width, picture.height, picture.tobytes())
