"""Chips of a toolbar that give way where there is no room: the last first."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.theme import theme

_GAP = 8


class ChipRow(QWidget):
    """Aligned right; call `fit` after a chip has something else to say. One without words takes no room."""

    def __init__(self, *chips: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = chips
        for chip in chips:
            chip.setParent(self)
        self._shown: tuple[Chip, ...] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        wanted = self._chips if self._shown is None else self._shown
        sizes = [chip.sizeHint() for chip in wanted if chip.text()]
        gaps = max(0, len(sizes) - 1) * theme().px(_GAP)
        return QSize(sum(size.width() for size in sizes) + gaps, max((s.height() for s in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def fit(self) -> None:
        """Takes what room there is; what is left over goes to the words beside it."""
        self._shown = None
        self.updateGeometry()
        beside = self.parentWidget()
        around = beside.layout() if beside is not None else None
        if around is not None:
            around.activate()
        self._shown = self._arrange()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> tuple[Chip, ...]:
        room, shown = self.width(), list[Chip]()
        for chip in self._chips:
            width = chip.sizeHint().width()
            has_room = bool(chip.text()) and width <= room
            chip.setVisible(has_room)
            if has_room:
                shown.append(chip)
                room -= width + theme().px(_GAP)
            elif chip.text():
                room = 0
        right = self.width()
        for chip in reversed(shown):
            size = chip.sizeHint()
            chip.setGeometry(
                right - size.width(), (self.height() - size.height()) // 2, size.width(), size.height()
            )
            right -= size.width() + theme().px(_GAP)
        return tuple(shown)
