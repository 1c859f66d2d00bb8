"""Ways to choose: segmented control, check box, radio button, switch."""

from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from frontdesk.ui.kit import draw
from frontdesk.ui.theme import theme

V = TypeVar("V")

_BOX = 16
_GAP = 8


class Segmented(QWidget, Generic[V]):
    """Two to four exclusive options side by side: values with their words; `fills` the width of a form."""

    chosen = Signal(object)

    def __init__(
        self,
        options: tuple[tuple[V, str], ...],
        *,
        says: str,
        fills: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        wide = QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _ in options]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for place, (_, words) in enumerate(options):
            segment = _Segment(words, first=place == 0, last=place == len(options) - 1)
            self._group.addButton(segment, place)
            row.addWidget(segment, 1 if fills else 0)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._announce)

    def value(self) -> V:
        return self._values[self._group.checkedId()]

    def set_value(self, value: V) -> None:
        """Shows the choice without announcing it."""
        self._group.button(self._values.index(value)).setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.box(painter, self.rect(), theme().color("surface"), theme().color("line-2"), radius=6)
        painter.end()

    def _announce(self, place: int) -> None:
        self.chosen.emit(self._values[place])


class _Segment(QAbstractButton):
    def __init__(self, words: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._first, self._last = first, last
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        width = draw.text_width(self.text(), theme().font("strong")) + theme().px(22)
        return QSize(width, theme().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isChecked():
            draw.box(painter, self.rect(), theme().color("accent-soft"), radius=5)
            side = theme().px(6)
            if not self._first:
                painter.fillRect(0, 0, side, self.height(), theme().color("accent-soft"))
            if not self._last:
                painter.fillRect(self.width() - side, 0, side, self.height(), theme().color("accent-soft"))
        if not self._last:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().color("line-2"))
        ink = "accent-text" if self.isChecked() else "text" if self.isEnabled() else "text-off"
        center = Qt.AlignmentFlag.AlignHCenter
        draw.words(painter, self.rect(), self.text(), "strong", ink, center, elide=False)
        painter.end()


class CheckBox(QCheckBox):
    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)

    def sizeHint(self) -> QSize:
        return _mark_size(self.text())

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mark = _mark_rect(self)
        on = self.isChecked()
        fill = "accent" if on else "surface"
        frame = "accent" if on else "line-strong"
        if not self.isEnabled():
            fill, frame = ("text-off", "text-off") if on else ("subtle", "line-2")
        draw.box(painter, mark, theme().color(fill), theme().color(frame), radius=4)
        if on:
            draw.icon(painter, mark, "check", "on-accent", 12)
        _mark_words(painter, self)
        painter.end()


class RadioButton(QRadioButton):
    def sizeHint(self) -> QSize:
        return _mark_size(self.text())

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mark = _mark_rect(self)
        frame = "text-off" if not self.isEnabled() else "accent" if self.isChecked() else "line-strong"
        draw.box(painter, mark, theme().color("surface"), theme().color(frame), radius=_BOX / 2)
        if self.isChecked():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(frame))
            inset = theme().px(4)
            painter.drawEllipse(QRectF(mark).adjusted(inset, inset, -inset, -inset))
        _mark_words(painter, self)
        painter.end()


class Switch(QCheckBox):
    """On or off, at once; its accessible name says of what."""

    def __init__(self, says: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(28), theme().px(24))

    def hitButton(self, pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        track = QRect(0, (self.height() - px(16)) // 2, px(28), px(16))
        fill = "accent" if self.isChecked() else "line-strong"
        draw.box(painter, track, theme().color(fill if self.isEnabled() else "line-2"), radius=8)
        knob = QRect(track.x() + px(14 if self.isChecked() else 2), track.y() + px(2), px(12), px(12))
        draw.box(painter, knob, theme().color("on-accent" if self.isChecked() else "surface"), radius=6)
        painter.end()


def _mark_size(text: str) -> QSize:
    words = draw.text_width(text, theme().font("body"))
    return QSize(theme().px(_BOX) + (theme().px(_GAP) + words if text else 0) + 2, theme().px(24))


def _mark_rect(button: QAbstractButton) -> QRect:
    side = theme().px(_BOX)
    return QRect(0, (button.height() - side) // 2, side, side)


def _mark_words(painter: QPainter, button: QAbstractButton) -> None:
    place = button.rect().adjusted(theme().px(_BOX + _GAP), 0, 0, 0)
    draw.words(painter, place, button.text(), "body", "text" if button.isEnabled() else "text-off")
