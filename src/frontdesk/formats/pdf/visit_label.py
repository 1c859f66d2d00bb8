"""The label of a visit: for the folder, the specimen, the form. Four inches by two, one on a page."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from frontdesk.formats.pdf.barcode import Barcode
from frontdesk.formats.pdf.fonts import BOLD, REGULAR, markup

SIZE: Final = (4 * inch, 2 * inch)
_EDGE: Final = 0.16 * inch
_NAME: Final = ParagraphStyle("label-name", fontName=BOLD, fontSize=15, leading=18)
_TEXT: Final = ParagraphStyle("label-text", fontName=REGULAR, fontSize=10, leading=13)


@dataclass(frozen=True, slots=True)
class VisitLabel:
    """What stands on it: two identifiers, and the visit; never why the patient comes."""

    patient: str
    born_on: str
    chart_number: str
    """Also what its barcode says."""
    when: str
    provider: str


def visit_label_pdf(label: VisitLabel) -> bytes:
    """The label as PDF; a long name goes on in a second line, and is cut after that."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    canvas.setTitle("Visit label")
    width, height = SIZE[0] - 2 * _EDGE, SIZE[1] - 2 * _EDGE
    top = SIZE[1] - _EDGE
    name = Paragraph(markup(label.patient), _NAME)
    _, tall = name.wrap(width, height)
    if tall > 2 * _NAME.leading:
        name = name.split(width, 2 * _NAME.leading)[0]
        _, tall = name.wrap(width, height)
    name.drawOn(canvas, _EDGE, top - tall)
    top -= tall + 4
    for line in (f"Born {label.born_on}", f"{label.when}, {label.provider}"):
        text = Paragraph(markup(line), _TEXT)
        _, tall = text.wrap(width, height)
        text.drawOn(canvas, _EDGE, top - tall)
        top -= tall
    Barcode(label.chart_number).drawOn(canvas, _EDGE, _EDGE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
