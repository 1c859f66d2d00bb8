"""Cards, bars and rows of widgets: how a page is put together."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.theme import theme

_BAR = 44

Piece = QWidget | QLayout | int | None
"""A widget, a layout, a gap in design pixels, or None for what stretches."""


def fill(
    layout: QBoxLayout,
    pieces: Iterable[Piece],
    *,
    gap: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QBoxLayout:
    """Puts the pieces into a layout, gaps and margins in design pixels."""
    px = theme().px
    layout.setSpacing(px(gap))
    layout.setContentsMargins(px(margins[0]), px(margins[1]), px(margins[2]), px(margins[3]))
    for piece in pieces:
        if piece is None:
            layout.addStretch(1)
        elif isinstance(piece, int):
            layout.addSpacing(px(piece))
        elif isinstance(piece, QWidget):
            layout.addWidget(piece)
        else:
            layout.addLayout(piece)
    return layout


def row(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    layout = QHBoxLayout()
    fill(layout, pieces, gap=gap, margins=margins)
    return layout


def column(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    layout = QVBoxLayout()
    fill(layout, pieces, gap=gap, margins=margins)
    return layout


class Frame(QFrame):
    """A coloured ground: surface, canvas, bar, foot, column, detail, card, card-subtle."""

    def __init__(self, look: str, content: QLayout | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", look)
        if content is not None:
            self.setLayout(content)


class Toolbar(Frame):
    """The 44 px line on top of a page: title, detail, then what acts, on the right.

    Where it is narrow, first the buttons' key hints go, then what acts stands below.
    """

    def __init__(self, title: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self.title = Label(title, "page")
        self.detail = EndingLabel(detail, "body", "text-2")
        self._row = row(self.title, self.detail, None, gap=10, margins=(12, 0, 12, 0))
        self._acts: list[QWidget] = []
        self._below = wrapped(None, gap=8, margins=(12, 0, 12, 0))
        self._is_folded = False
        self.setLayout(column(self._row, self._below, gap=0))
        self.setFixedHeight(theme().px(_BAR))
        self.title.setVisible(bool(title))

    def show_title(self, title: str, detail: str = "") -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.detail.setText(detail)

    def add(self, *widgets: QWidget) -> None:
        """To the right end."""
        for widget in widgets:
            self._acts.append(widget)
            (self._below if self._is_folded else self._row).addWidget(widget)

    def add_left(self, *widgets: QWidget) -> None:
        """Before the title."""
        for place, widget in enumerate(widgets):
            self._row.insertWidget(place, widget)

    def minimumSizeHint(self) -> QSize:
        acts = [
            act.wish_without_keys() if isinstance(act, Button) else act.minimumSizeHint().width()
            for act in self._shown_acts()
        ]
        return QSize(max(self._first_width(least=True), *acts, 0) + 2 * theme().px(12), theme().px(_BAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        """Keys in the buttons where there is room for them; two lines where one is too narrow."""
        room = self.width() - 2 * theme().px(12)
        has_keys = self._first_width(least=False) + self._acts_width(with_keys=True) <= room
        for act in self._acts:
            if isinstance(act, Button):
                act.show_keys(has_keys)
        is_folded = self._first_width(least=True) + self._acts_width(with_keys=False) > room
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            for act in self._acts:
                (self._row if is_folded else self._below).removeWidget(act)
                (self._below if is_folded else self._row).addWidget(act)
            side = theme().px(12)
            self._below.setContentsMargins(side, 0, side, theme().px(8) if is_folded else 0)
        below = self._below.heightForWidth(self.width()) if is_folded and self._shown_acts() else 0
        self.setFixedHeight(theme().px(_BAR) + below)

    def _shown_acts(self) -> list[QWidget]:
        return [act for act in self._acts if act.isVisibleTo(self) and not act.sizeHint().isEmpty()]

    def _acts_width(self, *, with_keys: bool) -> int:
        width = 0
        for act in self._shown_acts():
            if isinstance(act, Button):
                width += act.wish() if with_keys else act.wish_without_keys()
            else:
                width += max(act.sizeHint().width(), act.minimumWidth())
        return width + len(self._shown_acts()) * theme().px(10)

    def _first_width(self, *, least: bool) -> int:
        """What stands left of what acts."""
        width = 0
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            piece = item.widget() if item is not None else None
            if piece is not None and piece not in self._acts and piece.isVisibleTo(self):
                size = piece.minimumSizeHint() if least else piece.sizeHint()
                width += max(size.width(), piece.minimumWidth()) + theme().px(10)
        return width


class Card(QFrame):
    """One subject: a 36 px head with icon and title, a body, an optional foot."""

    def __init__(self, title: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAccessibleName(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        self._title = Label(title, "strong")
        self._head = QHBoxLayout()
        pieces: tuple[Piece, ...] = (IconLabel(icon), self._title, None) if icon else (self._title, None)
        fill(self._head, pieces, margins=(11, 0, 8, 0))
        if title:
            head = QWidget()
            head.setLayout(self._head)
            head.setFixedHeight(theme().px(36))
            whole.addWidget(head)
            line = QFrame()
            line.setProperty("look", "rule")
            whole.addWidget(line)
        self.body = QVBoxLayout()
        fill(self.body, (), gap=8, margins=(12, 10, 12, 12))
        inner = QWidget()
        inner.setLayout(self.body)
        whole.addWidget(inner, 1)

    def show_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_to_head(self, *widgets: QWidget) -> None:
        """To the right end of the head: state chip, one small button. Chips give way where room is scarce."""
        for widget in widgets:
            if isinstance(widget, Chip):
                widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._head.addWidget(widget)

    def mark_current(self, current: bool) -> None:
        """The accent frame of the card that is worked on."""
        self.setProperty("look", "card-current" if current else "card")
        self.style().unpolish(self)
        self.style().polish(self)


class _Inner(QWidget):
    """Asks for the height of its words at the width that it has, not at the least width they could have."""

    def __init__(self, area: QScrollArea, content: QWidget) -> None:
        super().__init__()
        self._area, self._content = area, content
        self._lines = column(content, gap=0)
        self.setLayout(self._lines)

    def minimumSizeHint(self) -> QSize:
        least = self._lines.totalMinimumSize()
        if not self._lines.hasHeightForWidth():
            return least
        width = max(self._area.viewport().width(), least.width())
        return QSize(least.width(), self._lines.totalMinimumHeightForWidth(width))


def scrolled(content: QWidget) -> QScrollArea:
    """The content, scrolling downwards only, without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = _Inner(area, content)
    area.setWidget(inner)
    for ground in (area.viewport(), inner, content):
        ground.setAutoFillBackground(False)
    return area
