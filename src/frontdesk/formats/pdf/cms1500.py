"""CMS-1500 (02/12) claims as PDF: the letters alone for the pre-printed red form, or with a drawn form.

Payers that read by machine take the red original only; the drawn one is for files, for fax, and for payers
that take copies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter, Transformation
from reportlab.pdfgen.canvas import Canvas

from frontdesk.formats.pdf.cms1500_form import RED, draw_form
from frontdesk.formats.pdf.cms1500_grid import PAGE_HEIGHT, PAGE_WIDTH
from frontdesk.formats.pdf.cms1500_sheet import Piece
from frontdesk.formats.pdf.cms1500_test_page import draw_marks

_FONT: Final = "Courier"
_SIZE: Final = 12.0
"""Courier of 12 points has ten letters to the inch."""
_HUNDREDTH: Final = 0.72


class FormKind(StrEnum):
    """What the paper is before it is printed on."""

    RED = "red"
    """The pre-printed form: only the letters are printed."""
    PLAIN = "plain"
    """White paper: the form is drawn too."""


@dataclass(frozen=True, slots=True)
class Offset:
    """How far everything moves, in hundredths of an inch: a printer or a lot of forms may be off."""

    right: int = 0
    down: int = 0


HERE: Final = Offset()
_SUBJECTS: Final = {FormKind.RED: "Letters for the red form", FormKind.PLAIN: "With the form drawn"}


def cms1500_pdf(
    forms: Iterable[Sequence[Piece]], *, kind: FormKind = FormKind.RED, offset: Offset = HERE
) -> bytes:
    """One page a form; the same forms give the same bytes."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle("CMS-1500 (02/12)")
    canvas.setSubject(_SUBJECTS[kind])
    for pieces in forms:
        canvas.translate(offset.right * _HUNDREDTH, -offset.down * _HUNDREDTH)
        if kind is FormKind.PLAIN:
            draw_form(canvas)
        canvas.setFont(_FONT, _SIZE)
        for piece in pieces:
            canvas.drawString(piece.spot.x(piece.text), piece.spot.y, piece.text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def alignment_pdf(*, offset: Offset = HERE) -> bytes:
    """Marks to lay over a blank red form against the light: they show how far a printer is off."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    canvas.setTitle("CMS-1500 test page")
    canvas.translate(offset.right * _HUNDREDTH, -offset.down * _HUNDREDTH)
    draw_marks(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def looked_at(pdf: bytes) -> bytes:
    """The same pages for the screen: letters for the red form stand on a drawing of it."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    about = writer.metadata
    if about is None or about.subject != _SUBJECTS[FormKind.RED]:
        return pdf
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    draw_form(canvas, RED)
    canvas.showPage()
    canvas.save()
    (form,) = PdfReader(drawn).pages
    for page in writer.pages:
        page.merge_page(form, over=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def moved(pdf: bytes, offset: Offset) -> bytes:
    """The same pages a little elsewhere, for the printer of one station; what is kept stays as it is."""
    if offset == HERE:
        return pdf
    writer = PdfWriter(clone_from=BytesIO(pdf))
    shift = Transformation().translate(offset.right * _HUNDREDTH, -offset.down * _HUNDREDTH)
    for page in writer.pages:
        page.add_transformation(shift)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
