"""The label of a storage box: number, vendor, from when it may be destroyed. Four inches by three."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from frontdesk.formats.pdf.barcode import Barcode
from frontdesk.formats.pdf.fonts import BOLD, REGULAR, markup
from frontdesk.kernel.text import counted

SIZE: Final = (4 * inch, 3 * inch)
_EDGE: Final = 0.2 * inch
_NUMBER: Final = ParagraphStyle("box-number", fontName=BOLD, fontSize=30, leading=36)
_TEXT: Final = ParagraphStyle("box-text", fontName=REGULAR, fontSize=11, leading=15)
_STRONG: Final = ParagraphStyle("box-strong", _TEXT, fontName=BOLD)


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """What stands on it; whose charts are inside does not."""

    office: str
    number: str
    """Also what its barcode says."""
    vendor: str
    count: int
    destroy: str


def box_label_pdf(label: BoxLabel) -> bytes:
    """The label as PDF, one page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    canvas.setTitle("Box label")
    width, top = SIZE[0] - 2 * _EDGE, SIZE[1] - _EDGE
    lines = (
        (label.office, _STRONG),
        (label.number, _NUMBER),
        (label.vendor, _TEXT),
        (counted(label.count, "volume"), _TEXT),
        (f"Destroy not before: {label.destroy}", _STRONG),
    )
    for words, style in lines:
        text = Paragraph(markup(words), style)
        _, tall = text.wrap(width, top)
        if tall > 2 * style.leading:
            text = text.split(width, 2 * style.leading)[0]
            _, tall = text.wrap(width, top)
        text.drawOn(canvas, _EDGE, top - tall)
        top -= tall + 2
    Barcode(label.number).drawOn(canvas, _EDGE, _EDGE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
