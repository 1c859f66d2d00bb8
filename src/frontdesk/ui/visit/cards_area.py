"""The cards of a check-in: two columns where there is room, else one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.ui.theme import theme

_TWO_COLUMNS = 820
"""Design pixels from which on two cards stand beside each other."""


class CardsArea(QScrollArea):
    """Scrolls downwards only."""

    def __init__(
        self, above: Sequence[QWidget], cards: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        px = theme().px
        self._cards = tuple(cards)
        self._columns = 0
        self.content = QWidget()
        whole = QVBoxLayout(self.content)
        whole.setContentsMargins(px(12), px(8), px(12), px(6))
        whole.setSpacing(px(8))
        for widget in (*above, *self._cards):
            # One that asks for more than its share would push the page sideways.
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, widget.sizePolicy().verticalPolicy())
        for widget in above:
            whole.addWidget(widget)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(8))
        whole.addLayout(self._grid, 1)
        self.setWidget(self.content)
        self._place(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if self.viewport().width() >= theme().px(_TWO_COLUMNS) else 1)
        self._share()

    def _share(self) -> None:
        """Halves, unless one side needs more and the other has it to give."""
        if self._columns < 2:
            self._grid.setColumnMinimumWidth(0, 0)
            return
        room = self.viewport().width() - theme().px(24 + 8)
        left, right = (
            max(card.minimumSizeHint().width() for card in self._cards[side::2]) for side in (0, 1)
        )
        self._grid.setColumnMinimumWidth(0, left if left > room // 2 and left + right <= room else 0)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        last = (len(self._cards) - 1) // columns
        for line in range(len(self._cards)):
            self._grid.setRowStretch(line, 1 if line == last else 0)
