"""A search field with what was found below it; the keys stay in the field."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.row_list import Item, ListModel, RowList
from frontdesk.ui.theme import theme

_PAUSE_MS = 60
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something found: what it is, and how it looks."""

    value: Hashable
    item: Item


class SearchBox(QLineEdit):
    """Emits `searched` shortly after the last key, or at each; the answer comes by `show_found`."""

    searched = Signal(str)
    picked = Signal(object)
    """The value of the chosen suggestion."""

    def __init__(
        self,
        hint: str,
        *,
        says: str = "",
        keys: str = "",
        icon: str = "search",
        place: str = "",
        at_once: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._found: _Found | None = None  # Qt asks for events while the base is being made
        super().__init__(parent)
        self._icon = icon
        self._keys = draw.key_text(keys)
        self._place = place
        self.setProperty("place", place)
        self.setPlaceholderText(hint)
        self.setAccessibleName(says or hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0 if at_once else _PAUSE_MS)
        self._at_once = at_once
        self._timer.timeout.connect(self._search)
        self.textEdited.connect(self._typed)
        self._fit()
        theme().changed.connect(self._fit)

    def value(self) -> str:
        return self.text().strip()

    def problem(self) -> str:
        return ""

    @property
    def is_open(self) -> bool:
        """Whether the list below the field is shown."""
        return self._found is not None and self._found.isVisible()

    def show_found(self, question: str, found: Sequence[Suggestion]) -> None:
        """Lists what was found for `question`; an answer to an older question is dropped."""
        if question != self.value():
            return
        if self._found is None:
            self._found = _Found(self)
            self._found.list.opened.connect(self._pick)
            self._found.list.clicked.connect(self._pick_current)
        self._found.show_rows(found if self.hasFocus() else ())

    def hide_found(self) -> None:
        """Takes the list away, and does not search for what was typed last."""
        self._timer.stop()
        if self._found is not None:
            self._found.hide()

    def event(self, event: QEvent) -> bool:
        """Escape closes the open list before it means anything to the page."""
        is_open = self._found is not None and self._found.isVisible()
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_open and is_key and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_open = self._found is not None and self._found.isVisible()
        if is_open and self._found is not None:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._found.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick_current()
                return
            if event.key() == Qt.Key.Key_Escape:
                self.hide_found()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide_found()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme().px
        painter = QPainter(self)
        ink = "header-dim" if self._place == "header" else "text-3"
        if self._icon:
            draw.icon(painter, QRect(px(9), 0, px(16), self.height()), self._icon, ink)
        if self._keys and not self.text():
            width = draw.key_hint_width(self._keys)
            edge = "header-line" if self._place == "header" else "line-2"
            cap = QRect(self.width() - width - px(7), 0, width, self.height())
            draw.key_hint(painter, cap, self._keys, theme().color(ink), theme().color(edge))
        painter.end()

    def _fit(self) -> None:
        self.setTextMargins(theme().px(22 if self._icon else 0), 0, theme().px(4 if self._icon else 0), 0)

    def _typed(self) -> None:
        if not self.value():
            self.hide_found()
            self.searched.emit("")
        elif self._at_once:
            self._search()
        else:
            self._timer.start()

    def _search(self) -> None:
        self.searched.emit(self.value())

    def _pick_current(self) -> None:
        if self._found is not None and (chosen := self._found.list.current()) is not None:
            self._pick(chosen)

    def _pick(self, chosen: Suggestion) -> None:
        self.hide_found()
        self.picked.emit(chosen.value)


class _Found(QFrame):
    """The list under the field: a child of the window, so that it never takes the focus."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box.window())
        self._box = box
        self.setProperty("look", "card")
        self.model = ListModel[Suggestion](
            lambda found: found.item, key=lambda found: found.value, parent=self
        )
        self.list = RowList(self.model, says=box.accessibleName(), parent=self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.list)
        box.window().installEventFilter(self)
        self.hide()

    def show_rows(self, found: Sequence[Suggestion]) -> None:
        self.model.show(found)
        if not found:
            self.hide()
            return
        self.list.keeper.choose(next((row for row in range(len(found)) if self._can_choose(row)), -1))
        height = sum(
            self.list.sizeHintForIndex(self.model.index(row)).height()
            for row in range(min(_SHOWN, len(found)))
        )
        self._place(height + 4)
        self.raise_()
        self.show()

    def _place(self, height: int) -> None:
        """Below the field, or above it where there is more room; never beyond the window."""
        window = self._box.window()
        under = self._box.mapTo(window, QPoint(0, self._box.height() + 2))
        above = under.y() - self._box.height() - 4
        below = window.height() - under.y() - 4
        height = min(height, max(above, below))
        top = under.y() if height <= below else above - height
        width = min(max(self._box.width(), theme().px(320)), window.width() - 8)
        left = min(under.x(), window.width() - width - 4)
        self.setGeometry(left, top, width, height)

    def step(self, by: int) -> None:
        row = self.list.keeper.current() + by
        if self._can_choose(row):
            self.list.keeper.choose(row)

    def _can_choose(self, row: int) -> bool:
        found = self.model.at(row)
        return found is not None and not (found.item.is_head or found.item.is_note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False
