"""The strip of figures above a list: one is chosen, and the list shows what it counts."""

from math import ceil

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from frontdesk.ui.billing.claim_look import Counter
from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT, _LOW, _ICON = 56, 46, 18


class CounterStrip(QWidget):
    """Tells which figure was chosen by its name. Where it is narrow the icons go, then it takes two lines."""

    chosen = Signal(str)

    def __init__(self, counters: tuple[Counter, ...], *, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self._names = [counter.name for counter in counters]
        self._group = QButtonGroup(self)
        self._figures = [_Figure(counter, self) for counter in counters]
        for place, figure in enumerate(self._figures):
            self._group.addButton(figure, place)
        self.setFixedHeight(theme().px(_HEIGHT))
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._names[place]))

    def minimumSizeHint(self) -> QSize:
        """In as many lines as there are figures, at worst."""
        widest = max(figure.least_width() for figure in self._figures)
        return QSize(widest, theme().px(_HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(96) * len(self._figures), theme().px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        many, widest = len(self._figures), max(figure.least_width() for figure in self._figures)
        tries = (ceil(many / lines) for lines in range(1, many + 1))
        in_line = next((each for each in tries if each * widest <= self.width()), 1)
        has_icons = self.width() // in_line >= widest + theme().px(_ICON)
        height = theme().px(_HEIGHT if has_icons else _LOW)
        for place, figure in enumerate(self._figures):
            line, at = divmod(place, in_line)
            left, right = self.width() * at // in_line, self.width() * (at + 1) // in_line
            figure.show_place(has_icon=has_icons, is_last=at == in_line - 1)
            figure.setGeometry(left, line * height, right - left, height)
        self.setFixedHeight(height * ceil(many / in_line))

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
    def __init__(self, counter: Counter, parent: QWidget) -> None:
        super().__init__(parent)
        self._counter = counter
        self._has_icon, self._is_last = True, False
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

    def show_place(self, *, has_icon: bool, is_last: bool) -> None:
        """How much room it has, and whether a line separates it from the next."""
        self._has_icon, self._is_last = has_icon, is_last

    def least_width(self) -> int:
        """Its words without the icon."""
        return draw.text_width(tr(self._counter.words), theme().font("secondary")) + theme().px(17)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(96), theme().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, color = theme().px, theme().color
        painter = QPainter(self)
        ground = "accent-soft" if self.isChecked() else "hover" if self.underMouse() else "surface"
        painter.fillRect(self.rect(), color(ground))
        if not self._is_last:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line-2"))
        if self.isChecked():
            painter.fillRect(0, self.height() - px(2), self.width(), px(2), color("accent"))
        inner = self.rect().adjusted(px(10), px(6 if self._has_icon else 2), -px(6), 0)
        ink = self._counter.color if self._count else "text"
        figure = QRect(inner.x(), inner.y(), inner.width(), px(24))
        draw.words(painter, figure, f"{self._count:,}", "figure", ink, elide=False)
        under = QRect(inner.x(), inner.y() + px(25), inner.width(), px(16))
        if self._has_icon:
            mark = QRect(under.x(), under.y(), px(14), under.height())
            draw.icon(painter, mark, self._counter.icon, "text-2", 13)
            under.setLeft(under.left() + px(_ICON))
        draw.words(painter, under, tr(self._counter.words), "secondary", "text-2")
        if self.hasFocus():
            draw.focus_ring(painter, self.rect(), radius=2)
        painter.end()
