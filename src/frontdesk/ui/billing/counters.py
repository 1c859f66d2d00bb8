"""The strip of figures above a list: one is chosen, and the list shows what it counts."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from frontdesk.ui.billing.claim_look import Counter
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 56


class CounterStrip(QWidget):
    """Tells which figure was chosen by its name."""

    chosen = Signal(str)

    def __init__(self, counters: tuple[Counter, ...], *, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self._names = [counter.name for counter in counters]
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for place, counter in enumerate(counters):
            figure = _Figure(counter, last=place == len(counters) - 1)
            self._group.addButton(figure, place)
            line.addWidget(figure, 1)
        self.setFixedHeight(theme().px(_HEIGHT))
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._names[place]))

    def value(self) -> str:
        return self._names[max(0, self._group.checkedId())]

    def set_value(self, name: str) -> None:
        """Shows the choice without announcing it."""
        self._group.button(self._names.index(name)).setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        figure = self._group.button(self._names.index(name))
        assert isinstance(figure, _Figure)
        figure.show_count(count)


class _Figure(QAbstractButton):
    def __init__(self, counter: Counter, *, last: bool) -> None:
        super().__init__()
        self._counter, self._last = counter, last
        self._count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{count} {tr(self._counter.words)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(96), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        ground = "accent-soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        painter.fillRect(self.rect(), color(ground))
        if not self._last:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line-2"))
        if self.isChecked():
            painter.fillRect(0, self.height() - px(2), self.width(), px(2), color("accent"))
        inner = self.rect().adjusted(px(10), px(6), -px(6), 0)
        ink = self._counter.color if self._count else "text"
        figure = QRect(inner.x(), inner.y(), inner.width(), px(24))
        draw.words(painter, figure, f"{self._count:,}", "figure", ink, elide=False)
        under = QRect(inner.x(), inner.y() + px(25), inner.width(), px(16))
        draw.icon(
            painter, QRect(under.x(), under.y(), px(14), under.height()), self._counter.icon, "text-2", 13
        )
        under.setLeft(under.left() + px(18))
        draw.words(painter, under, tr(self._counter.words), "secondary", "text-2")
        if self.hasFocus():
            draw.focus_ring(painter, self.rect(), radius=2)
        painter.end()
