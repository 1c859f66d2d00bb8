"""The column beside a view of the book; where the page is narrow it is a drawer behind a button."""

from PySide6.QtWidgets import QLayout, QWidget

from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame
from frontdesk.ui.theme import theme

_WIDTH = 216
_NARROW = 760
"""Below this many design pixels the view needs the whole width."""


class SideDrawer(Frame):
    """`button` is for the page's toolbar, and there only where it does something."""

    def __init__(self, content: QLayout, says: str, parent: QWidget | None = None) -> None:
        super().__init__("column", content, parent)
        self.setFixedWidth(theme().px(_WIDTH))
        self.button = IconButton("panel-left", says)
        self.button.clicked.connect(self._turn)
        self._is_open = self._is_narrow = False

    def fit(self, page_width: int) -> None:
        self._is_narrow = page_width < theme().px(_NARROW)
        self.button.setVisible(self._is_narrow)
        self.setVisible(not self._is_narrow or self._is_open)

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self.setVisible(not self._is_narrow or self._is_open)
