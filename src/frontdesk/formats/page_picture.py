"""One page of a PDF drawn by itself, for the eye, before the rest of the file has been read."""

from dataclasses import dataclass
from typing import BinaryIO, Final

from frontdesk.formats.pdf.looking import LOCK

_MOST_PIXELS: Final = 6_000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Blue, green, red and a spare byte for each pixel, line by line."""

    width: int
    height: int
    stride: int
    pixels: bytes
    pages: int


def first_page(file: BinaryIO, *, width: int) -> PagePicture | None:
    """The first page so many pixels wide, read with as few bytes as it takes; None where it cannot be."""
    import pypdfium2  # loaded here: a desk that looks at nothing pays nothing

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError:
            return None
        try:
            page = document[0]
            across, down = page.get_size()
            scale = min(width / max(across, 1.0), _MOST_PIXELS / max(down, 1.0))
            bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            picture = PagePicture(
                bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), len(document)
            )
            bitmap.close()
            page.close()
        except (pypdfium2.PdfiumError, IndexError):
            return None
        finally:
            document.close()
    return picture
