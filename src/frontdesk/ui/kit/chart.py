"""What bars and lines have in common: marks that are walked by arrow keys, spoken, and opened.

Left to right in a picture goes what the keys call along; a mark's parts are gone through across it.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

WHOLE = -1
"""The part that stands for all parts of a mark."""


@dataclass(frozen=True, slots=True)
class Series:
    """What a part of each mark stands for, and the token that it is drawn in."""

    name: str
    token: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or point: a value for each series, what it is of, and quieter words to it."""

    name: str
    values: tuple[float, ...]
    key: Hashable
    detail: str = ""


class Chart(QWidget):
    """Says what is chosen; Enter, Space and a click open it."""

    opened = Signal(object, int)
    """The key of a mark, and the place of its part or WHOLE."""

    def __init__(
        self, says: str, said: Callable[[float], str], *, opens: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.series: tuple[Series, ...] = ()
        self.marks: tuple[Mark, ...] = ()
        self.at = (0, WHOLE)
        """Which mark has the focus, and which part of it."""
        self.said = said
        self._opens = opens
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._dress)

    def show_marks(self, series: Sequence[Series], marks: Sequence[Mark]) -> None:
        """Other values; the focus stays on the mark of the same key."""
        kept = [mark.key for mark in self.marks[self.at[0] : self.at[0] + 1]]
        self.series, self.marks = tuple(series), tuple(marks)
        place = next((n for n, mark in enumerate(self.marks) if mark.key in kept), 0)
        self.at = (place, WHOLE)
        self._tell()
        self._dress()

    def words_of(self, place: int, part: int) -> str:
        """A value in words: "BCBS, 31 to 60: $1,240.00"."""
        mark = self.marks[place]
        if part == WHOLE:
            detail = f" ({mark.detail})" if mark.detail else ""
            return f"{mark.name}: {self.said(sum(mark.values))}{detail}"
        return f"{mark.name}, {self.series[part].name}: {self.said(mark.values[part])}"

    def choose(self, place: int, part: int = WHOLE) -> None:
        """Puts the focus within the chart on a mark."""
        if self.marks:
            self.at = (max(0, min(place, len(self.marks) - 1)), part)
            self._tell()
            self.update()

    def open_chosen(self) -> None:
        """As Enter does."""
        if self.marks and self._opens:
            self.opened.emit(self.marks[self.at[0]].key, self.at[1])

    # -- what kinds of charts say -----------------------------------------------------

    def areas(self) -> list[tuple[int, int, QRect]]:
        """Where each part stands: mark, part (WHOLE for all of it, behind its parts), rectangle."""
        raise NotImplementedError

    def paint_marks(self, painter: QPainter) -> None:
        """The picture without the focus."""
        raise NotImplementedError

    def step(self, key: int) -> tuple[int, int]:
        """How far an arrow key goes: along the marks, and across the parts."""
        return {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}.get(Qt.Key(key), (0, 0))

    # -- keys, mouse, focus -----------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        along, across = self.step(key)
        place, part = self.at
        if along:
            self.choose(place + along, part)
        elif across and self.marks:
            self.choose(place, self._next_part(part, across))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(0 if key == Qt.Key.Key_Home else len(self.marks) - 1, part)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_chosen()
            return
        else:
            super().keyPressEvent(event)
            return
        self._show_words()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(*found)
            self.open_chosen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_on = self._opens and self._under(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_on else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._under(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(*found) if found else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_marks(painter)
        if self.hasFocus() and self.marks:
            for place, part, rect in self.areas():
                if (place, part) == self.at:
                    draw.focus_ring(painter, rect.adjusted(-2, -2, 2, 2), radius=2)
        painter.end()

    def _next_part(self, part: int, by: int) -> int:
        """The next part that has a value; the whole stands before the first and after the last."""
        values = self.marks[self.at[0]].values
        there = [WHOLE, *(n for n, value in enumerate(values) if value)] if len(values) > 1 else [WHOLE]
        at = there.index(part) if part in there else 0
        return there[(at + by) % len(there)]

    def _under(self, point: QPoint) -> tuple[int, int] | None:
        found = [(place, part) for place, part, rect in self.areas() if rect.contains(point)]
        return found[-1] if found else None

    def _tell(self) -> None:
        """What is chosen, for who hears the screen; without a choice what there is."""
        words = self.words_of(*self.at) if self.marks else tr("Nothing to show")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _show_words(self) -> None:
        for place, part, rect in self.areas():
            if (place, part) == self.at:
                QToolTip.showText(self.mapToGlobal(rect.bottomLeft()), self.words_of(place, part), self)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
