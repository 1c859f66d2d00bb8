"""The key figures above the charts: what each is made of; a click opens what is behind it, or explains it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from frontdesk.services.billing.reports import Figure, FigureName
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.ui.billing import amounts
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.explained import Amount, Offer, ask_why
from frontdesk.ui.theme import theme

_WIDE, _HIGH, _GAP = 196, 72, 8


class FigureTile(QAbstractButton):
    """One figure; its rule is the tooltip and what is read aloud."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.figure = figure
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        self.figure = figure
        self.setAccessibleName(f"{figure.title}: {figure.value}, {figure.made_of}")
        self.setAccessibleDescription(figure.rule)
        self.setToolTip(f"{figure.made_of}\n{figure.rule}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_WIDE), theme().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, color = QPainter(self), theme().px, theme().color
        over = self.underMouse() or self.isDown()
        draw.box(painter, self.rect(), color("hover" if over else "surface"), color("line"), radius=6)
        inner = self.rect().adjusted(px(12), px(7), -px(10), -px(7))
        line = inner.height() // 3
        places = [QRect(inner.x(), inner.y() + n * line, inner.width(), line) for n in range(3)]
        draw.words(painter, places[0], self.figure.title, "secondary", "text-2")
        draw.words(painter, places[1], self.figure.value, "figure")
        draw.words(painter, places[2], self.figure.made_of, "secondary", "text-3")
        if self.hasFocus():
            draw.focus_ring(painter, self.rect(), radius=6)
        painter.end()


class FigureTiles(QWidget):
    """As many beside each other as there is room for."""

    opened = Signal(object)
    """The name of a figure."""

    def __init__(self, opening: frozenset[FigureName], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[FigureTile] = []
        self._opening = opening
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(_GAP))
        self._beside = 0
        self._wanted: Wanted | None = None

    def show_figures(self, figures: Sequence[Figure], wanted: Wanted) -> None:
        self._wanted = wanted
        if not self.tiles:
            for figure in figures:
                tile = FigureTile(figure)
                tile.clicked.connect(self._tell)
                Offer(tile, partial(self._amounts, tile))
                self.tiles.append(tile)
            self._beside = 0
            self._lay_out()
        for tile, figure in zip(self.tiles, figures, strict=True):
            tile.show_figure(figure)

    def _amounts(self, tile: FigureTile) -> tuple[Amount, ...]:
        return amounts.of_figure(tile.figure, self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme().px
        wide = self.width()
        beside = 6 if wide >= px(6 * 168) else 4 if wide >= px(4 * 168) else 2
        if beside != self._beside:
            self._beside = beside
            for place, tile in enumerate(self.tiles):
                self._grid.addWidget(tile, place // beside, place % beside)
            for column in range(6):
                self._grid.setColumnStretch(column, 1 if column < beside else 0)

    def _tell(self) -> None:
        tile = self.sender()
        if not isinstance(tile, FigureTile):
            return
        if tile.figure.name in self._opening:
            self.opened.emit(tile.figure.name)
        else:
            for amount in self._amounts(tile):
                ask_why(tile, amount)
