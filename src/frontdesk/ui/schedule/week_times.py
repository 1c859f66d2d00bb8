"""When the patient can come: mornings, noons and afternoons of the week, ticked by mouse or keys."""

from collections.abc import Collection
from datetime import time
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from frontdesk.services.schedule.search import Window
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Cell = tuple[int, int]
"""Part of the day, weekday."""

PARTS: Final[tuple[tuple[str, time, time | None], ...]] = (
    ("AM", time.min, time(12)),
    ("Noon", time(11), time(14)),
    ("PM", time(12), None),
)
_SAID = ("before noon", "11 AM to 2 PM", "after noon")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_HEAD, _LINE, _LEFT = 17, 25, 38
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class WeekTimes(QWidget):
    """Nothing ticked means any time. Arrows walk, Space ticks."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticked: set[Cell] = set()
        self._at: Cell = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("When the patient can come"))

    @property
    def ticked(self) -> frozenset[Cell]:
        return frozenset(self._ticked)

    def show_ticked(self, cells: Collection[Cell]) -> None:
        """Without announcing it."""
        self._ticked = set(cells)
        self.update()

    def windows(self) -> tuple[Window, ...]:
        """For the search; empty means any time."""
        return tuple(Window(weekday, *PARTS[part][1:]) for part, weekday in sorted(self._ticked))

    def problem(self) -> str:
        return ""

    def sizeHint(self) -> QSize:
        return QSize(theme().px(220), theme().px(_HEAD + _LINE * len(PARTS)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            part = min(len(PARTS) - 1, max(0, self._at[0] + step[0]))
            self._at = (part, min(len(_DAYS) - 1, max(0, self._at[1] + step[1])))
            self._describe()
        elif event.key() == Qt.Key.Key_Space:
            self._tick(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is not None:
            self._at = cell
            self._tick(cell)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), _said(cell) if cell else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        center = Qt.AlignmentFlag.AlignHCenter
        for weekday, name in enumerate(_DAYS):
            place = self._rect((0, weekday))
            place = QRect(place.x(), 0, place.width(), theme().px(_HEAD - 3))
            draw.words(painter, place, tr(name), "caption", "text-2", center, elide=False)
        for part, (name, *_) in enumerate(PARTS):
            line = self._rect((part, 0))
            draw.words(painter, QRect(0, line.y(), line.x(), line.height()), tr(name), "caption", "text-2")
            for weekday in range(len(_DAYS)):
                self._paint_cell(painter, (part, weekday))
        if self.hasFocus():
            draw.focus_ring(painter, self._rect(self._at).adjusted(-2, -2, 2, 2), 5)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        color, rect = theme().color, self._rect(cell)
        if cell in self._ticked:
            draw.box(painter, rect, color("accent-soft"), color("accent-line"), radius=4)
            draw.icon(painter, rect, "check", "accent-text", 14)
        else:
            frame = color("line-strong") if theme().is_high_contrast else None
            draw.box(painter, rect, color("sunken"), frame, radius=4)

    def _rect(self, cell: Cell) -> QRect:
        px, (part, weekday) = theme().px, cell
        left = px(_LEFT)
        wide = (self.width() - left) / len(_DAYS)
        return QRect(
            round(left + weekday * wide) + 2,
            px(_HEAD) + part * px(_LINE) + 2,
            round(wide) - px(4),
            px(_LINE) - px(4),
        )

    def _cell_at(self, point: QPoint) -> Cell | None:
        cells = ((part, weekday) for part in range(len(PARTS)) for weekday in range(len(_DAYS)))
        return next((cell for cell in cells if self._rect(cell).contains(point)), None)

    def _tick(self, cell: Cell) -> None:
        self._ticked ^= {cell}
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        state = tr("yes") if self._at in self._ticked else tr("no")
        self.setAccessibleDescription(f"{_said(self._at)}: {state}")
        self.update()


def _said(cell: Cell) -> str:
    part, weekday = cell
    return tr("{day} {time}", day=tr(_DAYS[weekday]), time=tr(_SAID[part]))
