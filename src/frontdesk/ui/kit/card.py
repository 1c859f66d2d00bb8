"""Cards, bars and rows of widgets: how a page is put together."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
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

from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label
from frontdesk.ui.theme import theme

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
    """The 44 px line on top of a page: title, detail, then what acts, on the right."""

    def __init__(self, title: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self.setFixedHeight(theme().px(44))
        self.title = Label(title, "page")
        self.detail = EndingLabel(detail, "body", "text-2")
        self._row = QHBoxLayout(self)
        fill(self._row, (self.title, self.detail, None), gap=10, margins=(12, 0, 12, 0))
        self.title.setVisible(bool(title))

    def show_title(self, title: str, detail: str = "") -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.detail.setText(detail)

    def add(self, *widgets: QWidget) -> None:
        """To the right end."""
        for widget in widgets:
            self._row.addWidget(widget)

    def add_left(self, *widgets: QWidget) -> None:
        """Before the title."""
        for place, widget in enumerate(widgets):
            self._row.insertWidget(place, widget)


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


def scrolled(content: QWidget) -> QScrollArea:
    """The content, scrolling downwards only, without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
