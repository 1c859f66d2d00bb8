"""Says what was done, with Undo, for six seconds; never a window, never takes the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QHBoxLayout, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_STAYS_MS = 6000
_INSET = 12
KEPT_CLEAR = "kept_clear"
"""A part with this property is acted on while a toast may stand: it is never covered."""


class Toast(QFrame):
    """Bottom left of its parent, clear of main buttons and the focus; stays while the pointer is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        self._icon = IconLabel("check", "header-text")
        self._words = Label("", "body", "header-text")
        self._button = LinkButton(tr("Undo"), "header-text")
        self._keys = Label("Ctrl Z", "secondary", "header-dim")
        self._button.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), theme().px(6), theme().px(12), theme().px(6))
        row.setSpacing(theme().px(10))
        for piece in (self._icon, self._words, self._button, self._keys):
            row.addWidget(piece)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self, text: str, undo: Callable[[], object] | None = None, *, icon: str = "check", above: int = 0
    ) -> None:
        """Shows the sentence, `above` pixels over the lower edge, with Undo where there is one."""
        self._undo = undo
        self._icon.show_icon(icon, "header-text")
        self._words.setText(text)
        self._button.setVisible(undo is not None)
        self._keys.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.adjustSize()
        self._place(above)
        self.raise_()
        self.show()
        self._timer.start()

    def _place(self, above: int) -> None:
        """Out of the way of the main button and of the focus: right over it where it would cover it."""
        parent = self.parentWidget()
        if parent is None:
            return
        inset = theme().px(_INSET)
        self.setMaximumWidth(parent.width() - 2 * inset)
        place = QRect(inset, parent.height() - self.height() - inset - above, self.width(), self.height())
        for kept in _to_keep_free(parent):
            if place.intersects(kept):
                place.moveBottom(kept.top() - inset)
        self.move(inset, max(inset, place.top()))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = theme().color("header-line") if theme().name != "light" else None
        draw.box(painter, self.rect(), theme().color("header"), edge, radius=6)
        painter.end()

    def _take_back(self) -> None:
        self.hide()
        if self._undo is not None:
            self._undo()


def _to_keep_free(parent: QWidget) -> list[QRect]:
    """Where the main buttons and the focus are, the lowest first."""
    focus = QApplication.focusWidget()
    kept: list[QWidget] = [button for button in parent.findChildren(Button) if button.kind == "primary"]
    kept += [part for part in parent.findChildren(QWidget) if part.property(KEPT_CLEAR)]
    if focus is not None and parent.isAncestorOf(focus) and not isinstance(focus, QAbstractScrollArea):
        kept.append(focus)
    places = [QRect(each.mapTo(parent, QPoint()), each.size()) for each in kept if each.isVisible()]
    return sorted(places, key=QRect.bottom, reverse=True)
