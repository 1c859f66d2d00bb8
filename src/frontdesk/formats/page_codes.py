"""The bar codes and QR codes on the pages of a PDF or picture, however the page lies."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from frontdesk.formats.pdf.looking import LOCK

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES: Final = 300
_DPI: Final = 200
_MOST_PIXELS: Final = 5_000


class Unreadable(Exception):
    """The file cannot be drawn, so nothing is known of its codes."""


@dataclass(frozen=True, slots=True)
class PageCodes:
    """What stands on one page, counted from 1."""

    page: int
    texts: tuple[str, ...]


def codes_of(data: bytes | BinaryIO, *, is_pdf: bool) -> tuple[PageCodes, ...]:
    """Each page with the codes found on it; raises Unreadable. Some 50 ms a page."""
    file = BytesIO(data) if isinstance(data, bytes) else data
    pages = _pages_of_pdf(file) if is_pdf else _pages_of_picture(file)
    return tuple(PageCodes(number, _codes_on(picture)) for number, picture in enumerate(pages, start=1))


def _codes_on(picture: "Image") -> tuple[str, ...]:
    # Loaded here: a desk that scans nothing pays nothing.
    import zxingcpp
    from PIL import ImageFilter

    found = zxingcpp.read_barcodes(picture)
    if not found:
        # A scan with specks: what a dot of dust breaks up, a median mends.
        found = zxingcpp.read_barcodes(picture.filter(ImageFilter.MedianFilter(3)))
    return tuple(dict.fromkeys(each.text for each in found if each.text))


def _pages_of_pdf(data: BinaryIO) -> Iterator["Image"]:
    import pypdfium2

    try:
        with LOCK:
            document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("the PDF cannot be drawn") from error
    try:
        for number in range(min(len(document), MOST_PAGES)):
            with LOCK:  # between two pages others may have it
                page = document[number]
                scale = min(_DPI / 72, _MOST_PIXELS / max(1.0, *page.get_size()))
                picture: Image = page.render(scale=scale, grayscale=True).to_pil()
                page.close()
            yield picture
    except pypdfium2.PdfiumError as error:
        raise Unreadable("a page cannot be drawn") from error
    finally:
        with LOCK:
            document.close()


def _pages_of_picture(data: BinaryIO) -> Iterator["Image"]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(data) as opened:
            if max(opened.size) > 4 * _MOST_PIXELS:
                raise Unreadable("the picture is too large")
            for number, frame in enumerate(ImageSequence.Iterator(opened)):
                if number == MOST_PAGES:
                    break
                picture = frame.convert("L")
                picture.thumbnail((_MOST_PIXELS, _MOST_PIXELS))
                yield picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable("the picture cannot be drawn") from error
