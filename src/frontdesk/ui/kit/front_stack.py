"""Parts in one place, of which one is seen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class FrontStack(QStackedWidget):
    """Asks only for the room that the part in front needs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return self._of_front().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._of_front().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        return self._of_front().minimumSizeHint().height()  # not what it would like: lists like to be long

    def _of_front(self) -> QWidget:
        return self.currentWidget() or QWidget()
