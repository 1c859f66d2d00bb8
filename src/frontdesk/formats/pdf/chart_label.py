"""Labels of paper charts on sheets from the stationer's, and the slip that stands in a chart's place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import inch
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from frontdesk.formats.pdf.fonts import BOLD, REGULAR, markup
from frontdesk.formats.pdf.letterhead import DENSE, INK, LINE, QUIET, STRONG

_PAD: Final = 0.1 * inch


class Stock(StrEnum):
    """The sheets of labels that offices buy, on US letter."""

    ADDRESS = "address"
    """1 by 2 5/8 inches, 30 to a sheet."""
    FOLDER = "folder"
    """2 by 4 inches, 10 to a sheet."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the labels of a sheet lie, in points, from the upper left corner."""

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    step: float
    """From one label's left edge to the next one's."""

    @property
    def count(self) -> int:
        return self.across * self.down


LAYOUTS: Final = {
    Stock.ADDRESS: Layout(3, 10, 2.625 * inch, 1 * inch, 0.1875 * inch, 0.5 * inch, 2.75 * inch),
    Stock.FOLDER: Layout(2, 5, 4 * inch, 2 * inch, 0.15625 * inch, 0.5 * inch, 4.1875 * inch),
}


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """What stands on the label of a volume: two identifiers, its number and its place."""

    patient: str
    born_on: str
    volume: str
    """ "HP-09177, volume 1"."""
    home: str
    barcode: str


@dataclass(frozen=True, slots=True)
class OutSlip:
    """What stands on the shelf in the place of a volume that is out."""

    label: ChartLabel
    where: str
    """ "at Dr. Lee's desk"."""
    out_for: str
    since: str
    due: str


def labels_pdf(labels: Sequence[ChartLabel], stock: Stock, start: int = 1) -> bytes:
    """The labels as PDF, the first of them on the label numbered `start` of the first sheet."""
    layout = LAYOUTS[stock]
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=1)
    canvas.setTitle("Chart labels")
    for place, label in enumerate(labels, start=max(0, min(start, layout.count) - 1)):
        on_sheet = place % layout.count
        if on_sheet == 0 and place:
            canvas.showPage()
        x = layout.left + (on_sheet % layout.across) * layout.step
        y = LETTER[1] - layout.top - (on_sheet // layout.across + 1) * layout.height
        _label(canvas, label, x + _PAD, y + _PAD * 0.7, layout.width - 2 * _PAD, layout.height - 1.4 * _PAD)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def out_slips_pdf(slips: Sequence[OutSlip]) -> bytes:
    """Slips for the out-guides' pockets, four to a page with lines to cut along."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=1)
    canvas.setTitle("Out slips")
    width, height = LETTER[0] / 2, LETTER[1] / 2
    for place, slip in enumerate(slips):
        on_sheet = place % 4
        if on_sheet == 0:
            if place:
                canvas.showPage()
            canvas.setStrokeColor(LINE)
            canvas.setDash(3, 3)
            canvas.line(width, 20, width, LETTER[1] - 20)
            canvas.line(20, height, LETTER[0] - 20, height)
            canvas.setDash()
        _slip(canvas, slip, (on_sheet % 2) * width + 36, (1 - on_sheet // 2) * height + 40, width - 72)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _label(canvas: Canvas, label: ChartLabel, x: float, y: float, width: float, height: float) -> None:
    is_large = height > 1.2 * inch
    size = 15.0 if is_large else 10.0
    top = y + height - size * 0.8
    _line(canvas, label.patient, x, top, width, BOLD, size)
    canvas.setFillColor(QUIET)
    small = 10.0 if is_large else 7.5
    _line(canvas, f"Born {label.born_on}", x, top - small * 1.35, width, REGULAR, small)
    canvas.setFillColor(INK)
    _line(canvas, label.home, x, top - small * 2.6, width, BOLD, small)
    tall = 0.55 * inch if is_large else 0.3 * inch
    _bars(canvas, label.barcode, x, y + small * 1.1, width, tall)
    _line(canvas, label.volume, x, y, width, REGULAR, small)


def _slip(canvas: Canvas, slip: OutSlip, x: float, y: float, width: float) -> None:
    top = y + 5.5 * inch - 110
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 40)
    canvas.drawString(x, top, "OUT")
    top -= 30
    for words, style in (
        (slip.label.patient, STRONG),
        (f"Born {slip.label.born_on}. {slip.label.volume}", DENSE),
        (slip.label.home, DENSE),
    ):
        top -= _paragraph(canvas, words, style, x, top, width) + 3
    top -= 10
    for name, value in (
        ("Where", slip.where),
        ("For", slip.out_for),
        ("Since", slip.since),
        ("Due back", slip.due),
    ):
        if value:
            canvas.setFont(REGULAR, 8.5)
            canvas.setFillColor(QUIET)
            canvas.drawString(x, top - 10, name)
            canvas.setFillColor(INK)
            top -= max(15.0, _paragraph(canvas, value, DENSE, x + 60, top, width - 60) + 4)
    _bars(canvas, slip.label.barcode, x, y + 12, width, 0.5 * inch)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(x, y, slip.label.barcode)


def _bars(canvas: Canvas, value: str, x: float, y: float, width: float, height: float) -> None:
    """As wide as fits, quiet zones included; never narrower than a scanner reads, never wider than usual."""
    modules = Code128(value, barWidth=1, quiet=0).width
    bar = min(0.0125 * inch, width / (modules + 20))
    Code128(value, barWidth=bar, barHeight=height, quiet=0).drawOn(canvas, x + 10 * bar, y)


def _line(canvas: Canvas, words: str, x: float, y: float, width: float, font: str, size: float) -> None:
    """One line: smaller where it is long, and cut where that is not enough."""
    while size > 6.5 and stringWidth(words, font, size) > width:
        size -= 0.5
    if stringWidth(words, font, size) > width:
        while stringWidth(f"{words}…", font, size) > width:
            words = words[:-1]
        words = f"{words.rstrip(', ')}…"
    text = Paragraph(markup(words), STRONG.clone("line", fontName=font, fontSize=size, leading=size * 1.2))
    text.wrap(width + size, 200)  # a letter that the wider font draws may be wider than it was counted
    text.drawOn(canvas, x, y - size * 0.25)


def _paragraph(canvas: Canvas, words: str, style: object, x: float, top: float, width: float) -> float:
    text = Paragraph(markup(words), style)
    _, tall = text.wrap(width, 200)
    text.drawOn(canvas, x, top - tall)
    return float(tall)
