"""Which of several is shown, and the steps to the one before and the next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import Label


class PlaceSteps(QWidget):
    """Stands in a toolbar; tells by how many to go."""

    turned = Signal(int)

    def __init__(self, before: str, after: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", "secondary", "text-2")
        self._before, self._after = IconButton("chevron-left", before), IconButton("chevron-right", after)
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self.setLayout(row(self._words, self._before, self._after, gap=10))

    def show_place(self, words: str, place: int, many: int) -> None:
        """`place` counts from 1; 0 where none is shown."""
        self._words.setText(words.format(place=place, many=many) if place else "")
        self._before.setEnabled(place > 1)
        self._after.setEnabled(place < many)
