"""Sub-tabs of a page: text, an accent underline, a count."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.theme import theme


class SubTabs(QWidget):
    """Tells which was chosen by its name; left and right move between them."""

    chosen = Signal(str)

    def __init__(
        self, tabs: tuple[tuple[str, str], ...], *, says: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._names = [name for name, _ in tabs]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (_, words) in enumerate(tabs):
            tab = _SubTab(words)
            self._group.addButton(tab, place)
            row.addWidget(tab)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._announce)

    def value(self) -> str:
        return self._names[self._group.checkedId()]

    def set_value(self, name: str) -> None:
        """Shows the choice without announcing it."""
        self._group.button(self._names.index(name)).setChecked(True)

    def chosen_tab(self) -> QWidget | None:
        """The tab that is chosen, to be kept in sight."""
        return self._group.checkedButton()

    def show_count(self, name: str, count: int, tone: str = draw.NEUTRAL) -> None:
        tab = self._group.button(self._names.index(name))
        assert isinstance(tab, _SubTab)
        tab.show_count(count, tone)

    def show_tab(self, name: str, shown: bool) -> None:
        """Whether there is anything behind a tab in this office."""
        set_shown(self._group.button(self._names.index(name)), shown)

    def _announce(self, place: int) -> None:
        self.chosen.emit(self._names[place])


class TabStrip(QScrollArea):
    """Sub-tabs where there may be too little room for all: the chosen one stays in sight."""

    def __init__(self, tabs: SubTabs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self.setWidget(tabs)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        tabs.setAutoFillBackground(False)
        tabs.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return self._tabs.sizeHint() + QSize(theme().px(16), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a count came or went
            self.updateGeometry()
        elif event.type() == QEvent.Type.Resize:
            self._show_chosen()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._tabs.chosen_tab()
        if chosen is not None:
            self.ensureWidgetVisible(chosen, theme().px(24), 0)


class _SubTab(QAbstractButton):
    def __init__(self, words: str) -> None:
        super().__init__()
        self._count = ""
        self._tone = draw.NEUTRAL
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_count(self, count: int, tone: str) -> None:
        self._count = str(count) if count else ""
        self._tone = tone
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = draw.text_width(self.text(), theme().font("strong")) + px(24)
        width += draw.badge_width(self._count) + px(8) if self._count else 0
        return QSize(width, px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        inner = self.rect().adjusted(px(12), 0, -px(12), 0)
        checked = self.isChecked()
        ink = "accent-text" if checked else "text" if self.underMouse() else "text-2"
        width = draw.words(painter, inner, self.text(), "strong", ink, elide=False)
        if self._count:
            inner.setLeft(inner.left() + width + px(8))
            draw.badge(painter, inner, self._count, self._tone)
        if checked:
            line = QRect(0, self.height() - px(2), self.width(), px(2))
            painter.fillRect(line, theme().color("accent"))
        painter.end()
