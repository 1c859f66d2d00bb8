"""The frame of the first set-up: the steps at the left, one page at a time, the way on below."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.card import Card, column
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_STEP_HEIGHT = 46


class StepRail(QWidget):
    """Numbers and names; those done have a tick. For reading only: the buttons below go on and back."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._current = 0
        self.show_current(0)

    def show_current(self, current: int) -> None:
        self._current = current
        name = self._names[current]
        self.setAccessibleName(
            tr("Step {number} of {all}: {name}", number=current + 1, all=len(self._names), name=name)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(_STEP_HEIGHT * len(self._names)))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        for place, name in enumerate(self._names):
            circle = QRect(0, px(_STEP_HEIGHT * place) + px(12), px(22), px(22))
            if place:
                painter.fillRect(
                    circle.center().x(), circle.top() - px(24), 1, px(24), theme().color("header-line")
                )
            self._paint_circle(painter, circle, place)
            words = QRect(px(34), circle.top(), self.width() - px(34), circle.height())
            is_current = place == self._current
            ink = "header-text" if is_current else "header-dim"
            draw.words(painter, words, name, "strong" if is_current else "body", ink)
        painter.end()

    def _paint_circle(self, painter: QPainter, circle: QRect, place: int) -> None:
        is_current = place == self._current
        fill = theme().color("focus-header" if is_current else "header")
        frame = theme().color("focus-header" if place <= self._current else "header-dim")
        draw.box(painter, circle, fill, frame, radius=11)
        if place < self._current:
            draw.icon(painter, circle, "check", "focus-header", 14)
            return
        ink = "header" if is_current else "header-dim"
        center = Qt.AlignmentFlag.AlignHCenter
        draw.words(painter, circle, str(place + 1), "caption", ink, center, elide=False)


class StepPage(QWidget):
    """One question of the set-up: a title, a sentence, a form."""

    def __init__(
        self, title: str, sentence: str, parent: QWidget | None = None, *, form: Form | None = None
    ) -> None:
        super().__init__(parent)
        heading = Label(title, "page")
        font = QFont(theme().font("page"))
        font.setPixelSize(theme().px(24))
        heading.setFont(font)
        self.form = form or Form()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme().px(16))
        self.body.addLayout(column(heading, Label(sentence, "body", "text-2", wrap=True), gap=6))

    def add_form(self) -> None:
        """The form on a card, and nothing below."""
        card = Card()
        card.body.addWidget(self.form)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def findings(self) -> list[Finding]:
        """What stands in the way of the next step; fields are those of `form`."""
        return []

    def check(self) -> bool:
        """Show what stands in the way, beside its field; whether the next step may come."""
        if not self.form.check():
            return False
        found = self.findings()
        self.form.show_findings(found)
        return not found

    def take_focus(self) -> None:
        """To the first field."""
        fields = self.form.fields()
        if fields:
            next(iter(fields.values())).control.setFocus(Qt.FocusReason.OtherFocusReason)


class OfferLines(QWidget):
    """What a choice gives (a tick) and what it asks (a dash), a line each."""

    def __init__(self, lines: Sequence[tuple[bool, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = tuple(lines)
        self.setAccessibleDescription(". ".join(words for _, words in lines))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(24 * len(self._lines)))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        for place, (is_gain, words) in enumerate(self._lines):
            slot = QRect(0, px(24 * place), px(16), px(24))
            draw.icon(
                painter, slot, "circle-check" if is_gain else "circle-minus", "ok" if is_gain else "text-3"
            )
            rest = QRect(px(24), slot.top(), self.width() - px(24), slot.height())
            draw.words(painter, rest, words, "body", "text")
        painter.end()
