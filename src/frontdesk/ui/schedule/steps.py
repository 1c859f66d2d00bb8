"""Three panes side by side; where the window is narrow, the second gives way to the third."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.theme import theme

_FIRST, _FIRST_NARROW, _LAST = 300, 270, 344
_NARROW = 1060
"""Below this many design pixels two panes are shown."""


class Steps(QWidget):
    """Request, openings, confirmation."""

    def __init__(self, first: QWidget, middle: QWidget, last: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._middle, self._last = first, middle, last
        self._confirms = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(first)
        layout.addWidget(middle, 1)
        layout.addWidget(last)
        self._fit()

    def show_confirm(self, confirms: bool) -> None:
        """Which of the last two panes matters."""
        self._confirms = confirms
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = theme().px
        is_narrow = self.width() < px(_NARROW)
        self._first.setFixedWidth(px(_FIRST_NARROW if is_narrow else _FIRST))
        self._last.setMinimumWidth(0 if is_narrow else px(_LAST))
        self._last.setMaximumWidth(16777215 if is_narrow else px(_LAST))
        set_shown(self._middle, not (is_narrow and self._confirms))
        set_shown(self._last, not (is_narrow and not self._confirms))
