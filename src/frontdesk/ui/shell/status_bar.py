"""The status bar: last act with Undo, parked work, keys of the page, desk and practice."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.card import Frame
from frontdesk.ui.kit.label import EndingLabel, IconLabel, KeyHint, Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

HEIGHT = 28
_KEYS_SHOWN = 4
_ROOMY = 900
"""From this many design pixels on the keys are shown; F1 shows them at any width."""


class StatusBar(Frame):
    """Says what was done; `undo_wanted` and `parked_wanted` tell what is to be done."""

    undo_wanted = Signal()
    parked_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("status", parent=parent)
        px = theme().px
        self.setFixedHeight(px(HEIGHT))
        self.setAccessibleName(tr("Status bar"))
        self._icon = IconLabel("check", "ok")
        self._said = EndingLabel("", "body")
        self._undo = LinkButton(tr("Undo"))
        self._undo.clicked.connect(self.undo_wanted)
        self._undo_keys = KeyHint("Ctrl+Z")
        self._parked_word = Label(tr("Parked"), "body", "text-3")
        self._parked = ParkedChip()
        self._parked.clicked.connect(self.parked_wanted)
        self._parked_keys = KeyHint("Ctrl+J")
        self.offered_keys: tuple[tuple[str, str], ...] = ()
        self._hints = QWidget()
        self._keys = QHBoxLayout(self._hints)
        self._keys.setContentsMargins(0, 0, 0, 0)
        self._keys.setSpacing(px(6))
        self._place = EndingLabel("", "secondary", "text-3")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 1, px(12), 0)
        row.setSpacing(px(8))
        for widget in (
            self._icon,
            self._said,
            self._undo,
            self._undo_keys,
            self._parked_word,
            self._parked,
            self._parked_keys,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._hints)
        row.addSpacing(px(8))
        row.addWidget(self._place)
        self.say("")
        self.show_parked("", "")

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(480), theme().px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hints.setVisible(self.width() >= theme().px(_ROOMY))

    @property
    def said(self) -> str:
        return self._said.text()

    def say(self, text: str, *, can_undo: bool = False, icon: str = "check", color: str = "ok") -> None:
        self._icon.show_icon(icon, color)
        self._icon.setVisible(bool(text))
        self._said.setText(text)
        self._undo.setVisible(can_undo)
        self._undo_keys.setVisible(can_undo)

    def show_parked(self, title: str, age: str) -> None:
        """The work put aside last; an empty title hides it."""
        for widget in (self._parked_word, self._parked, self._parked_keys):
            widget.setVisible(bool(title))
        self._parked.show_work(title, age)

    def show_keys(self, keys: Sequence[Key]) -> None:
        """The first of those that can be used now."""
        offered = [(key.keys, key.words) for key in keys if key.is_offered]
        shown = (*offered[:_KEYS_SHOWN], ("F1", tr("All keys")))
        if shown == self.offered_keys:
            return
        self.offered_keys = shown
        while (item := self._keys.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in shown:
            self._keys.addWidget(KeyHint(key))
            self._keys.addWidget(Label(words, "secondary", "text-2"))

    def show_place(self, desk: str, practice: str) -> None:
        self._place.setText(" · ".join(part for part in (desk, practice) if part))


class ParkedChip(QAbstractButton):
    """Parked work: its name and its age."""

    def __init__(self) -> None:
        super().__init__()
        self._age = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_work(self, title: str, age: str) -> None:
        self._age = age
        self.setText(title)
        self.setAccessibleName(f"{title}, {age}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = draw.text_width(self.text(), theme().font("body"))
        width += draw.text_width(self._age, theme().font("secondary"))
        return QSize(width + px(8 + 14 + 6 + 6 + 8), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        draw.box(painter, self.rect(), theme().color("surface"), theme().color("line-2"))
        inner = self.rect().adjusted(px(8), 0, -px(8), 0)
        icon = inner.adjusted(0, 0, px(14) - inner.width(), 0)
        draw.icon(painter, icon, "circle-pause", "warn", 14)
        inner.setLeft(inner.left() + px(20))
        used = draw.words(painter, inner, self.text(), "body", "text", elide=False)
        inner.setLeft(inner.left() + used + px(6))
        draw.words(painter, inner, self._age, "secondary", "text-3", elide=False)
        painter.end()
