"""A line through one value for each step of time."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.chart import WHOLE, Chart
from frontdesk.ui.theme import theme

_HEIGHT, _FOOT, _HEAD, _DOT = 208, 22, 26, 9


class LineChart(Chart):
    """One series; each point with its name below and its value above, the scale from zero."""

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(_HEIGHT))

    def areas(self) -> list[tuple[int, int, QRect]]:
        half = theme().px(_DOT)
        return [
            (place, WHOLE, QRect(round(point.x()) - half, round(point.y()) - half, 2 * half, 2 * half))
            for place, point in enumerate(self._points())
        ]

    def paint_marks(self, painter: QPainter) -> None:
        if not self.marks:
            return
        px, color = theme().px, theme().color
        points = self._points()
        bottom = self.height() - px(_FOOT)
        painter.setPen(color("line-strong"))
        painter.drawLine(0, bottom, self.width(), bottom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = color(self.series[0].token)
        painter.setPen(QPen(ink, px(2)))
        painter.drawPolyline(points)
        painter.setBrush(ink)
        for point in points:
            painter.drawEllipse(point, px(4), px(4))
        self._paint_words(painter, points)

    def _points(self) -> list[QPointF]:
        px = theme().px
        top, height = px(_HEAD), self.height() - px(_FOOT) - px(_HEAD)
        highest = max((mark.values[0] for mark in self.marks), default=0.0) or 1.0
        slot = self.width() / max(1, len(self.marks))
        return [
            QPointF((place + 0.5) * slot, top + (1 - max(0.0, mark.values[0]) / highest) * height)
            for place, mark in enumerate(self.marks)
        ]

    def _paint_words(self, painter: QPainter, points: list[QPointF]) -> None:
        px, slot = theme().px, self.width() // max(1, len(self.marks))
        middle = Qt.AlignmentFlag.AlignHCenter
        for mark, point in zip(self.marks, points, strict=True):
            left = round(point.x()) - slot // 2
            name = QRect(left, self.height() - px(_FOOT), slot, px(_FOOT))
            draw.words(painter, name, mark.name, "secondary", "text-2", middle)
            above = QRect(left, round(point.y()) - px(24), slot, px(18))
            draw.words(painter, above, self.said(mark.values[0]), "caption", "text-2", middle)
