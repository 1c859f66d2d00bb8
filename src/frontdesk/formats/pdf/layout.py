"""Where things stand on a page: beside each other, at its foot; and where to write or tick by hand."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table, TableStyle

from frontdesk.formats.pdf.fonts import REGULAR
from frontdesk.formats.pdf.letterhead import INK, QUIET, SMALL, TEXT_WIDTH


def beside(*cells: Sequence[Flowable], widths: Sequence[float] = ()) -> Table:
    """Blocks side by side, their tops level; `widths` in points, else all the same."""
    shared = list(widths) or [TEXT_WIDTH / len(cells)] * len(cells)
    row = Table([[list(cell) for cell in cells]], colWidths=shared)
    row.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return row


class AtFoot(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Something at the foot of the page, or of the next one where this page has no room for it."""

    def __init__(self, inner: Flowable) -> None:
        super().__init__()
        self._inner = inner

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _, needed = self._inner.wrap(width, height)
        return width, max(needed, height)

    def draw(self) -> None:
        self._inner.drawOn(self.canv, 0, 0)


class LineToSign(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A line to write on, and what is to be written there."""

    def __init__(self, what: str, *, width: float = 140.0) -> None:
        super().__init__()
        self._what = what
        self.width, self.height = width, 26.0

    def draw(self) -> None:
        self.canv.setStrokeColor(QUIET)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, 12, self.width, 12)
        self.canv.setFont(REGULAR, SMALL.fontSize)
        self.canv.setFillColor(QUIET)
        self.canv.drawString(0, 2, self._what)


class Box(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A box to tick, or one that was ticked."""

    def __init__(self, *, is_ticked: bool = False) -> None:
        super().__init__()
        self._is_ticked = is_ticked
        self.width = self.height = 9.0

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0.5, 0, 8, 8)
        if self._is_ticked:
            self.canv.setLineWidth(1.2)
            self.canv.line(2.2, 1.7, 6.8, 6.3)
            self.canv.line(2.2, 6.3, 6.8, 1.7)
