"""What happened when: dots on a line, a square where something went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

State = Literal["done", "past", "now", "problem", "ahead"]
"""`past` and `now` are for a history: rings, and the last one filled."""
_ROW = 22
_DATE_WIDTH = 92


@dataclass(frozen=True, slots=True)
class Moment:
    """`when` is written as it is shown; a moment ahead has none yet."""

    title: str
    when: str = ""
    state: State = "done"


class Timeline(QWidget):
    """Upright, dates before the words; or `flat`, words below the dots, for the stages of a claim."""

    def __init__(
        self, moments: Sequence[Moment] = (), *, flat: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._flat = flat
        self._moments: tuple[Moment, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_moments(moments)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        self._moments = tuple(moments)
        self.setToolTip("")
        said = {"problem": tr("problem"), "ahead": tr("not yet")}
        texts = (" ".join(p for p in (m.title, m.when, said.get(m.state, "")) if p) for m in moments)
        self.setAccessibleName("; ".join(texts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        if self._flat:
            return QSize(px(64) * len(self._moments), px(54))
        return QSize(px(240), px(_ROW) * len(self._moments))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, moment in enumerate(self._moments):
            if self._flat:
                self._paint_flat(painter, number, moment)
            else:
                self._paint_upright(painter, number, moment)
        painter.end()

    def _paint_flat(self, painter: QPainter, number: int, moment: Moment) -> None:
        px = theme().px
        width = self.width() / len(self._moments)
        left, middle = round(number * width), round((number + 0.5) * width)
        if number:
            painter.setPen(QPen(theme().color("line-2"), 2))
            painter.drawLine(round((number - 0.5) * width) + px(9), px(10), middle - px(9), px(10))
        _dot(painter, QRectF(middle - px(5), px(5), px(10), px(10)), moment.state)
        center = Qt.AlignmentFlag.AlignHCenter
        words = QRect(left, px(18), round(width), px(17))
        draw.words(painter, words, moment.title, "caption", "text", center)
        draw.words(painter, words.translated(0, px(16)), moment.when, "secondary", "text-3", center)

    def _paint_upright(self, painter: QPainter, number: int, moment: Moment) -> None:
        px = theme().px
        top = px(_ROW) * number
        if number:
            painter.setPen(QPen(theme().color("line-2"), 2))
            painter.drawLine(px(6), top - px(_ROW) // 2 + px(6), px(6), top + px(_ROW) // 2 - px(6))
        _dot(painter, QRectF(px(1), top + (px(_ROW) - px(10)) / 2, px(10), px(10)), moment.state)
        words = QRect(px(20), top, self.width() - px(20), px(_ROW))
        if moment.when:
            wide = draw.text_width(moment.when, theme().font("body")) + px(10)
            draw.words(painter, words, moment.when, "body", "text-2")
            words.setLeft(words.left() + max(wide, min(px(_DATE_WIDTH), wide)))
        if draw.text_width(moment.title, theme().font("strong")) > words.width():
            self.setToolTip("\n".join(" ".join((each.when, each.title)).strip() for each in self._moments))
        role: Literal["strong", "body"] = "strong" if moment.state in ("problem", "now") else "body"
        draw.words(painter, words, moment.title, role, "text")


def _dot(painter: QPainter, place: QRectF, state: State) -> None:
    color = theme().color
    painter.setPen(
        QPen(color("block" if state == "problem" else "line-strong" if state == "ahead" else "accent"), 2)
    )
    is_ring = state in ("ahead", "past")
    painter.setBrush(color("surface" if is_ring else "block" if state == "problem" else "accent"))
    if state == "problem":
        painter.drawRect(place)
    else:
        painter.drawEllipse(place)
