"""Bars and a line as vectors, in colours that people who see few colours can tell apart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from frontdesk.formats.pdf.fonts import BOLD, REGULAR
from frontdesk.formats.pdf.letterhead import INK, QUIET, TEXT_WIDTH

# After Okabe and Ito, darkened for paper; the ranked ones go from light to dark and end in a warning.
_COLORS: Final = tuple(map(HexColor, (0x0072B2, 0xC07C00, 0x008A65, 0xB0568A, 0x75868E)))
_RANKED: Final = tuple(map(HexColor, (0xBEDDE0, 0x8FC3C8, 0x4F969F, 0xC44F00, 0x75868E)))
_SIZE: Final = 8.5
_ROW, _THICK, _GAP = 17.0, 10.0, 6.0
_LEGEND = 14.0


class Bars(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Lying bars of one or several parts, their names on the left, what they come to on the right."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[tuple[str, Sequence[float]]],
        totals: Sequence[str],
        *,
        is_ranked: bool = False,
    ) -> None:
        super().__init__()
        self._columns = tuple(columns) if len(columns) > 1 else ()
        self._rows = tuple(rows)
        self._totals = tuple(totals)
        self._colors = _RANKED if is_ranked else _COLORS
        self.width = TEXT_WIDTH
        self.height = _ROW * len(self._rows) + (_LEGEND if self._columns else 0) + 4

    def draw(self) -> None:
        self._legend()
        names = min(max((_width(name) for name, _ in self._rows), default=0), TEXT_WIDTH / 3) + _GAP
        sums = max((_width(total, BOLD) for total in self._totals), default=0) + _GAP
        low = min((sum(v for v in values if v < 0) for _, values in self._rows), default=0)
        high = max((sum(v for v in values if v > 0) for _, values in self._rows), default=0)
        per = (TEXT_WIDTH - names - sums) / max(high - low, 1)
        zero = names - low * per
        top = self.height - (_LEGEND if self._columns else 0)
        for place, ((name, values), total) in enumerate(zip(self._rows, self._totals, strict=True)):
            y = top - (place + 1) * _ROW + (_ROW - _THICK) / 2
            self._write(0, y + 2, _fitted(name, names - _GAP))
            self._parts(values, zero, y, per)
            self.canv.setFont(BOLD, _SIZE)
            self.canv.setFillColor(INK)
            self.canv.drawRightString(TEXT_WIDTH, y + 2, total)
        self.canv.setStrokeColor(QUIET)
        self.canv.setLineWidth(0.6)
        self.canv.line(zero, top - len(self._rows) * _ROW, zero, top)

    def _parts(self, values: Sequence[float], zero: float, y: float, per: float) -> None:
        above = below = zero
        for place, value in enumerate(values):
            self.canv.setFillColor(self._colors[place % len(self._colors)])
            if value > 0:
                self.canv.rect(above, y, value * per, _THICK, stroke=0, fill=1)
                above += value * per
            elif value < 0:
                below += value * per
                self.canv.rect(below, y, -value * per, _THICK, stroke=0, fill=1)

    def _legend(self) -> None:
        x, y = 0.0, self.height - 10
        for place, name in enumerate(self._columns):
            self.canv.setFillColor(self._colors[place % len(self._colors)])
            self.canv.rect(x, y, 7, 7, stroke=0, fill=1)
            self._write(x + 10, y + 0.5, name)
            x += 10 + _width(name) + 14

    def _write(self, x: float, y: float, text: str) -> None:
        self.canv.setFont(REGULAR, _SIZE)
        self.canv.setFillColor(QUIET)
        self.canv.drawString(x, y, text)


class Line(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A line through values from left to right, the scale from zero; each value above its point."""

    def __init__(self, points: Sequence[tuple[str, float, str]]) -> None:
        super().__init__()
        self._points = tuple(points)
        self.width, self.height = TEXT_WIDTH, 110.0

    def draw(self) -> None:
        highest = max((value for _, value, _ in self._points), default=0) or 1
        slot = TEXT_WIDTH / max(1, len(self._points))
        at = [
            ((place + 0.5) * slot, 16 + max(0.0, value) / highest * 72)
            for place, (_, value, _) in enumerate(self._points)
        ]
        self.canv.setStrokeColor(QUIET)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, 14, TEXT_WIDTH, 14)
        self.canv.setStrokeColor(_COLORS[0])
        self.canv.setLineWidth(1.4)
        for (x1, y1), (x2, y2) in pairwise(at):
            self.canv.line(x1, y1, x2, y2)
        for (x, y), (name, _, said) in zip(at, self._points, strict=True):
            self.canv.setFillColor(_COLORS[0])
            self.canv.circle(x, y, 2.2, stroke=0, fill=1)
            self.canv.setFont(REGULAR, _SIZE)
            self.canv.setFillColor(QUIET)
            self.canv.drawCentredString(x, 3, _fitted(name, slot))
            self.canv.drawCentredString(x, y + 5, said)


def _width(text: str, font: str = REGULAR) -> float:
    return float(stringWidth(text, font, _SIZE))


def _fitted(text: str, room: float) -> str:
    """As much of a name as there is room for."""
    if _width(text) <= room:
        return text
    while text and _width(text + "…") > room:
        text = text[:-1]
    return text + "…"
