"""The middle of a tall dialog: as high as what is in it, and scrolling where the window is lower."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from frontdesk.ui.kit.card import column, scrolled
from frontdesk.ui.theme import theme

_BAR = 14
_LEAST = 90


class FittedArea(QWidget):
    """`rest`: design pixels that the dialog needs above and below."""

    def __init__(self, window: QWidget, rest: int, width: int, *pieces: QWidget) -> None:
        super().__init__()
        px = theme().px
        self._inner = QWidget()
        self._inner.setLayout(column(*pieces, None, gap=8))
        self._width = min(px(width), window.width() - px(80)) - px(_BAR)
        self._most = max(px(_LEAST), window.height() - px(rest))
        self._area: QScrollArea = scrolled(self._inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)

    def fit(self) -> None:
        """After something else is shown in it; in a moment, when what is new has its height."""
        self._soon.start()

    def _fit(self) -> None:
        lines = self._inner.layout()
        assert lines is not None
        lines.activate()
        wanted = lines.totalSizeHint().height()
        if lines.hasHeightForWidth():
            wanted = lines.totalHeightForWidth(self._width)
        self.setFixedHeight(min(wanted + theme().px(12), self._most))
        dialog = self.window()
        window = dialog.parentWidget()
        if isinstance(dialog, QDialog) and window is not None:
            dialog.adjustSize()
            dialog.move(window.mapToGlobal(window.rect().center()) - dialog.rect().center())
