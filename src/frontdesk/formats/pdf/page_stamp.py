"""A line of words below a page, in a strip of its own: no page is scaled, and no word of it is covered."""

from typing import Final

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
)
from reportlab.pdfbase.pdfmetrics import stringWidth

from frontdesk.formats.pdf.fonts import REGULAR
from frontdesk.formats.pdf.single_pages import new_stream

STRIP: Final = 20.0
_SIZE: Final = 7.5
_EDGE: Final = 18.0
_GAP: Final = 12.0
_SMALLEST: Final = 3.0
_FONT: Final = "/FdStampFont"


def stamp(page: PageObject, left: str, right: str) -> None:
    """Write both ends of the line; whichever way the page is turned, it stands below what one reads."""
    box = _seen(page)
    turned = page.rotation % 360
    matrix, page_box, width = _strip(box, turned)
    size = _fitting(left, right, width)
    edge = min(_EDGE, width / 10)
    lines = (
        f"q {matrix} cm 1 1 1 rg 0 0 {width:.3f} {STRIP:.3f} re f\n"
        f"0.76 0.80 0.82 RG 0.5 w {edge:.3f} {STRIP - 2:.3f} m {width - edge:.3f} {STRIP - 2:.3f} l S\n"
        f"0.34 0.42 0.45 rg BT {_FONT} {size:.3f} Tf\n"
        f"1 0 0 1 {edge:.3f} 7 Tm ({_escaped(left)}) Tj\n"
        f"1 0 0 1 {width - edge - _long(right, size):.3f} 7 Tm ({_escaped(right)}) Tj\n"
        "ET Q\n"
    )
    contents = page["/Contents"]
    assert isinstance(contents, ArrayObject), "a page from single_pages"
    contents.append(new_stream(lines.encode("cp1252")))
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources.get("/Font")
    fonts = fonts.get_object() if fonts is not None else None
    own = DictionaryObject(
        {NameObject(key): fonts.raw_get(key) for key in fonts} if isinstance(fonts, DictionaryObject) else {}
    )
    own[NameObject(_FONT)] = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    resources[NameObject("/Font")] = own
    for key in ("/MediaBox", "/CropBox"):
        page[NameObject(key)] = RectangleObject([FloatObject(f"{value:.3f}") for value in page_box])


def _seen(page: PageObject) -> tuple[float, float, float, float]:
    """What of the page is shown: its crop box, within its media box."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(float(media.left), float(crop.left)), max(float(media.bottom), float(crop.bottom))
    right, top = min(float(media.right), float(crop.right)), min(float(media.top), float(crop.top))
    if right - left < 1 or top - bottom < 1:
        return float(media.left), float(media.bottom), float(media.right), float(media.top)
    return left, bottom, right, top


def _strip(
    box: tuple[float, float, float, float], turned: int
) -> tuple[str, tuple[float, float, float, float], float]:
    """The matrix of the strip, the page's new box, and how long the strip is."""
    x0, y0, x1, y1 = box
    if turned == 90:
        return f"0 1 -1 0 {x1 + STRIP:.3f} {y0:.3f}", (x0, y0, x1 + STRIP, y1), y1 - y0
    if turned == 180:
        return f"-1 0 0 -1 {x1:.3f} {y1 + STRIP:.3f}", (x0, y0, x1, y1 + STRIP), x1 - x0
    if turned == 270:
        return f"0 -1 1 0 {x0 - STRIP:.3f} {y1:.3f}", (x0 - STRIP, y0, x1, y1), y1 - y0
    return f"1 0 0 1 {x0:.3f} {y0 - STRIP:.3f}", (x0, y0 - STRIP, x1, y1), x1 - x0


def _fitting(left: str, right: str, width: float) -> float:
    needed = _long(left, _SIZE) + _long(right, _SIZE) + _GAP
    room = width - 2 * min(_EDGE, width / 10)
    return max(_SMALLEST, min(_SIZE, _SIZE * room / needed))


def _long(text: str, size: float) -> float:
    return float(stringWidth(_spelled(text), REGULAR, size))


def _spelled(text: str) -> str:
    """What the standard fonts can write."""
    return text.encode("cp1252", errors="replace").decode("cp1252")


def _escaped(text: str) -> str:
    return _spelled(text).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
