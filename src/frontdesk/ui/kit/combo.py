"""A list to pick one of: values with their words."""

from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.theme import theme

V = TypeVar("V")


class Combo(QComboBox, Generic[V]):
    """Gives the value behind the words. The wheel never changes it: people scroll the form under it."""

    chosen = Signal(object)

    def __init__(
        self, options: tuple[tuple[V, str], ...] = (), *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values: list[V] = []
        self.setPlaceholderText(hint)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_options(options)
        self.activated.connect(self._announce)

    def set_options(self, options: tuple[tuple[V, str], ...]) -> None:
        """Other options; the value stays chosen where it still exists."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _ in options]
        self.addItems([words for _, words in options])
        self.setCurrentIndex(0 if self._values and not self.placeholderText() else -1)
        self.blockSignals(False)
        if kept is not None:
            self.set_value(kept)

    def value(self) -> V | None:
        """None while nothing is chosen."""
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def set_value(self, value: V | None) -> None:
        """Shows the choice without announcing it; a value not on the list leaves the choice as it is."""
        if value is None:
            self.setCurrentIndex(-1)
        elif value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def words_of(self, value: object) -> str:
        """The words of a value; empty where it is not on the list."""
        at = next((place for place, each in enumerate(self._values) if each == value), -1)
        return self.itemText(at) if at >= 0 else ""

    def problem(self) -> str:
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = QRect(self.width() - theme().px(26), 0, theme().px(22), self.height())
        draw.icon(painter, arrow, "chevron-down", "text-2" if self.isEnabled() else "text-off", 14)
        painter.end()

    def _announce(self, index: int) -> None:
        self.chosen.emit(self._values[index])
