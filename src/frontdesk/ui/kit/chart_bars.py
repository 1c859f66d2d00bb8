"""Bars, lying or upright, of one or several parts."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.chart import WHOLE, Chart
from frontdesk.ui.theme import theme

_ROW, _THICK, _GAP = 30, 16, 8
_UPRIGHT, _FOOT, _HEAD = 208, 22, 20
_WIDEST = 56
Areas = list[tuple[int, int, QRect]]


class BarChart(Chart):
    """Lying bars with their names on the left and sums on the right; upright ones with both above and below.

    What is below zero (a credit) goes to the other side of the zero line.
    """

    def __init__(
        self,
        says: str,
        said: Callable[[float], str],
        *,
        upright: bool = False,
        opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(says, said, opens=opens, parent=parent)
        self._is_upright = upright

    def sizeHint(self) -> QSize:
        px = theme().px
        if self._is_upright:
            return QSize(px(320), px(_UPRIGHT))
        return QSize(px(320), px(_ROW) * max(1, len(self.marks)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self.sizeHint().height())

    def step(self, key: int) -> tuple[int, int]:
        if self._is_upright:
            up_down = {Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
            return up_down.get(Qt.Key(key)) or super().step(key)
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        return steps.get(Qt.Key(key), (0, 0))

    def areas(self) -> Areas:
        return self._standing() if self._is_upright else self._lying()

    def paint_marks(self, painter: QPainter) -> None:
        for place, part, rect in self.areas():
            if part != WHOLE:
                self._paint_part(painter, rect, part)
            elif self._is_upright:
                self._name_upright(painter, place, rect)
            else:
                self._name_lying(painter, place, rect)
        self._paint_zero(painter)

    # -- where things stand -----------------------------------------------------------

    def _span(self) -> tuple[float, float]:
        """The lowest and highest end of any bar."""
        low = min((sum(v for v in mark.values if v < 0) for mark in self.marks), default=0.0)
        high = max((sum(v for v in mark.values if v > 0) for mark in self.marks), default=0.0)
        return low, max(high, low + 1.0)

    def _names_width(self) -> int:
        widest = max((draw.role_width(mark.name, "body") for mark in self.marks), default=0)
        return min(widest + theme().px(_GAP), self.width() * 2 // 5)

    def _sums_width(self) -> int:
        widths = [draw.role_width(self.said(sum(mark.values)), "strong") for mark in self.marks]
        return max(widths, default=0) + theme().px(_GAP)

    def _lying(self) -> Areas:
        px = theme().px
        left, room = self._names_width(), self.width() - self._names_width() - self._sums_width()
        low, high = self._span()
        areas: Areas = []
        for place, mark in enumerate(self.marks):
            top = place * px(_ROW) + (px(_ROW) - px(_THICK)) // 2
            areas.append((place, WHOLE, QRect(left, top, max(room, 1), px(_THICK))))
            for part, start, end in _ends(mark.values):
                first = left + round((start - low) / (high - low) * room)
                last = left + round((end - low) / (high - low) * room)
                areas.append((place, part, QRect(first, top, max(last - first, 1), px(_THICK))))
        return areas

    def _standing(self) -> Areas:
        px = theme().px
        height = self.height() - px(_FOOT) - px(_HEAD)
        low, high = self._span()
        slot = self.width() / max(1, len(self.marks))
        width = min(px(_WIDEST), max(px(4), round(slot * 0.6)))
        areas: Areas = []
        for place, mark in enumerate(self.marks):
            left = round(place * slot + (slot - width) / 2)
            areas.append((place, WHOLE, QRect(left, px(_HEAD), width, height)))
            for part, start, end in _ends(mark.values):
                top = px(_HEAD) + round((high - end) / (high - low) * height)
                bottom = px(_HEAD) + round((high - start) / (high - low) * height)
                areas.append((place, part, QRect(left, top, width, max(bottom - top, 1))))
        return areas

    # -- painting ---------------------------------------------------------------------

    def _paint_part(self, painter: QPainter, rect: QRect, part: int) -> None:
        color = theme().color
        painter.fillRect(rect, color(self.series[part].token))
        if theme().is_high_contrast and part % 2:
            draw.hatch(painter, rect, color("surface"))
        painter.setPen(color("surface"))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _name_lying(self, painter: QPainter, place: int, rect: QRect) -> None:
        mark, px = self.marks[place], theme().px
        row = QRect(0, place * px(_ROW), self._names_width() - px(_GAP), px(_ROW))
        draw.words(painter, row, mark.name)
        total = QRect(self.width() - self._sums_width(), row.y(), self._sums_width(), row.height())
        right = Qt.AlignmentFlag.AlignRight
        draw.words(painter, total, self.said(sum(mark.values)), "strong", align=right, elide=False)

    def _name_upright(self, painter: QPainter, place: int, rect: QRect) -> None:
        mark, px = self.marks[place], theme().px
        slot = self.width() // max(1, len(self.marks))
        left = rect.center().x() - slot // 2
        middle = Qt.AlignmentFlag.AlignHCenter
        name = QRect(left, self.height() - px(_FOOT), slot, px(_FOOT))
        draw.words(painter, name, mark.name, "secondary", "text-2", middle)
        said = self.said(sum(mark.values))
        if draw.role_width(said, "caption") <= slot:
            above = QRect(left, 0, slot, px(_HEAD) - px(2))
            draw.words(painter, above, said, "caption", "text-2", middle)

    def _paint_zero(self, painter: QPainter) -> None:
        """The line that the bars stand on."""
        px, (low, high) = theme().px, self._span()
        painter.setPen(theme().color("line-strong"))
        if self._is_upright:
            height = self.height() - px(_FOOT) - px(_HEAD)
            y = px(_HEAD) + round(high / (high - low) * height)
            painter.drawLine(0, y, self.width(), y)
        elif self.marks:
            room = self.width() - self._names_width() - self._sums_width()
            x = self._names_width() + round(-low / (high - low) * room)
            painter.drawLine(x, px(4), x, px(_ROW) * len(self.marks) - px(4))


def _ends(values: tuple[float, ...]) -> list[tuple[int, float, float]]:
    """The parts that are not zero, from where to where they reach; those below zero on their own side."""
    ends, above, below = [], 0.0, 0.0
    for part, value in enumerate(values):
        if value > 0:
            ends.append((part, above, above + value))
            above += value
        elif value < 0:
            ends.append((part, below + value, below))
            below += value
    return ends
