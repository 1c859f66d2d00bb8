"""What the desk's scanner reads: Code 128 with its value written below, and a square to find a page by."""

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from frontdesk.formats.pdf.fonts import REGULAR

_HEIGHT = 0.4 * inch
_BAR = 0.0105 * inch
_TEXT_SIZE = 8.0
_BELOW = 11.0


class Barcode(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A value of ASCII letters, digits and signs, in bars and below them in words."""

    def __init__(self, value: str) -> None:
        super().__init__()
        # The quiet zones are the paper's: nothing stands beside it, and its edge lines up with the text.
        self._code = Code128(value, barWidth=_BAR, barHeight=_HEIGHT, quiet=0)
        self._value = value
        self.hAlign = "LEFT"
        self.width, self.height = self._code.width, _HEIGHT + _BELOW

    def draw(self) -> None:
        self._code.drawOn(self.canv, 0, _BELOW)
        self.canv.setFont(REGULAR, _TEXT_SIZE)
        self.canv.drawCentredString(self.width / 2, 2, self._value)


class Square(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The same value as a QR code, which a poor or slanting scan still reads; its side in points."""

    def __init__(self, value: str, side: float) -> None:
        super().__init__()
        self._value = value
        self.width = self.height = side

    def draw(self) -> None:
        draw_square(self.canv, self._value, 0, 0, self.width)


def draw_square(canvas: Canvas, value: str, x: float, y: float, size: float) -> None:
    """A QR code, corner at x and y in points; a quarter of it may be lost and it still reads."""
    square = QrCodeWidget(value, barLevel="Q")
    square.barWidth = square.barHeight = size
    square.barBorder = 2
    drawing = Drawing(size, size)
    drawing.add(square)
    renderPDF.draw(drawing, canvas, x, y)
