"""Where things stand on a page: beside each other, or at its foot."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table, TableStyle

from frontdesk.formats.pdf.letterhead import TEXT_WIDTH


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
