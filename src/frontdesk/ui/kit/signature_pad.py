"""Where a patient signs: pen, finger or mouse; strokes are kept as points with their time."""

from PySide6.QtCore import QElapsedTimer, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Point = tuple[int, ...]
"""x and y in thousandths of the pad's width, milliseconds since the first touch; a pen's pressure besides."""
Strokes = tuple[tuple[Point, ...], ...]

_UNITS = 1000


class SignaturePad(QWidget):
    """Takes the strokes of one signature. The keyboard's way is the page's "Signed on paper"."""

    changed = Signal()

    def __init__(self, *, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(theme().px(90))
        self._strokes: list[list[Point]] = []
        self._clock = QElapsedTimer()
        self._drawing = False
        self._stamp = ""
        self._hint = tr("× Sign above the line")
        self._pressure = -1

    def strokes(self) -> Strokes:
        return tuple(tuple(stroke) for stroke in self._strokes)

    def is_signed(self) -> bool:
        """Whether there is more than a dot or two."""
        return sum(len(stroke) for stroke in self._strokes) >= 5

    def show_stamp(self, text: str) -> None:
        """The date and time under the line."""
        self._stamp = text
        self.update()

    def show_hint(self, text: str) -> None:
        """What stands under the line, in the language of who signs."""
        self._hint = text
        self.update()

    def clear(self) -> None:
        self._strokes = []
        self._drawing = False
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(128))

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        self._pressure = round(event.pressure() * _UNITS)
        if kind == QTabletEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QTabletEvent.Type.TabletMove and event.pressure() > 0:
            self._draw_to(event.position())
        elif kind == QTabletEvent.Type.TabletRelease:
            self._end()
        self._pressure = -1
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        draw.box(painter, self.rect(), color("surface"), radius=6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("line-strong"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), px(6), px(6))
        base = self.height() - px(22)
        painter.setPen(QPen(color("line-2"), 1))
        painter.drawLine(px(16), base, self.width() - px(16), base)
        under = QRect(px(16), base, self.width() - px(32), px(20))
        draw.words(painter, under, self._hint, "secondary", "text-3")
        draw.words(painter, under, self._stamp, "secondary", "text-3", Qt.AlignmentFlag.AlignRight)
        pen = QPen(color("text"), px(2), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPath(_path(stroke, self.width() / _UNITS))
        painter.end()

    def _begin(self, at: QPointF) -> None:
        if not self._strokes:
            self._clock.start()
        self._drawing = True
        self._strokes.append([self._point(at)])
        self.update()

    def _draw_to(self, at: QPointF) -> None:
        if self._drawing:
            point = self._point(at)
            if point[:2] != self._strokes[-1][-1][:2]:
                self._strokes[-1].append(point)
                self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def _point(self, at: QPointF) -> Point:
        scale = _UNITS / max(1, self.width())
        passed = self._clock.elapsed() if self._clock.isValid() else 0
        point = (round(at.x() * scale), round(at.y() * scale), int(passed))
        return (*point, self._pressure) if self._pressure >= 0 else point


def _path(stroke: list[Point], scale: float) -> QPainterPath:
    path = QPainterPath(QPointF(stroke[0][0] * scale, stroke[0][1] * scale))
    if len(stroke) == 1:
        path.lineTo(path.currentPosition() + QPointF(0.1, 0))
    for point in stroke[1:]:
        path.lineTo(point[0] * scale, point[1] * scale)
    return path
