"""A line of text that knows what usually stands here: typed freely, or taken from the list with Down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from frontdesk.kernel.text import fold
from frontdesk.ui.kit.row_list import Item
from frontdesk.ui.kit.search_box import SearchBox, Suggestion

_MOST = 6


class SuggestEdit(SearchBox):
    """Nothing of the list is taken unless it was gone to: Enter alone keeps what is typed."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, says=hint, at_once=True, parent=parent)
        self._usual: tuple[str, ...] = ()
        self.searched.connect(self._look)
        self.picked.connect(self._take)

    def offer(self, usual: Sequence[str]) -> None:
        """What usually stands here, the likeliest first."""
        self._usual = tuple(usual)

    @property
    def usual(self) -> tuple[str, ...]:
        return self._usual

    @property
    def is_choosing(self) -> bool:
        """Whether a row of the open list was gone to, so that Enter takes it."""
        return self.is_open and self._found is not None and self._found.list.current() is not None

    def set_value(self, value: str) -> None:
        self.setText(value)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_open:
            self._list(self.value() if self.value() not in self._usual else "")
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QLineEdit.paintEvent(self, event)

    def _fit(self) -> None:
        self.setTextMargins(0, 0, 0, 0)

    def _look(self, typed: str) -> None:
        if typed:
            self._list(typed)

    def _list(self, typed: str) -> None:
        wanted = fold(typed).split()
        fits = [usual for usual in self._usual if all(word in fold(usual) for word in wanted)]
        fits = [usual for usual in fits if usual != self.value()][:_MOST]
        self.show_found(self.value(), [Suggestion(usual, Item(usual)) for usual in fits])
        if self._found is not None:
            self._found.list.keeper.choose(-1)

    def _take(self, usual: object) -> None:
        self.set_value(str(usual))
