"""Small pictures of a state: readiness bar, timer ring with its words."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

StepState = Literal["done", "open", "empty"]

_AMBER_FROM = 0.85


def timer_tone(minutes: int, limit: int) -> str:
    """Neutral, "warn" from 85 % of the limit, "block" over it; no limit is neutral."""
    if limit <= 0 or minutes < limit * _AMBER_FROM:
        return draw.NEUTRAL
    return "warn" if minutes <= limit else "block"


def timer_words(minutes: int, limit: int) -> str:
    """What stands after the minutes: "of 15" or "6 min over"."""
    if limit <= 0:
        return ""
    return tr("of {limit}", limit=limit) if minutes <= limit else tr("{over} min over", over=minutes - limit)


def draw_timer_ring(painter: QPainter, rect: QRect, minutes: int, limit: int) -> None:
    """The 16 px ring, filled as far as the wait has come; a `!` when it is over the limit."""
    px = theme().px
    tone = timer_tone(minutes, limit)
    mark = theme().color("text-2" if tone == draw.NEUTRAL else tone)
    side = px(14)
    ring = QRectF(rect.x() + 1, rect.y() + (rect.height() - side) / 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tone == "block":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark)
        painter.drawEllipse(ring.adjusted(-1, -1, 1, 1))
        painter.setFont(theme().font("caption"))
        painter.setPen(theme().color("surface"))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, "!")
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(
                theme().color("sunken" if theme().is_high_contrast else "line-2"),
                px(3),
                c=Qt.PenCapStyle.FlatCap,
            )
        )
        painter.drawEllipse(ring)
        share = min(1.0, minutes / limit) if limit > 0 else 0.0
        painter.setPen(QPen(mark, px(3), c=Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, 90 * 16, round(-360 * 16 * share))
    painter.restore()


class TimerRing(QWidget):
    """How long against how long it may: ring, minutes, "of 15" or "6 min over"."""

    def __init__(self, minutes: int = 0, limit: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minutes, self._limit = minutes, limit
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_minutes(minutes, limit)

    def show_minutes(self, minutes: int, limit: int) -> None:
        self._minutes, self._limit = minutes, limit
        self.setAccessibleName(f"{minutes} min {timer_words(minutes, limit)}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = px(24) + draw.text_width(f"{self._minutes} min", theme().font("strong")) + px(6)
        width += draw.text_width(timer_words(self._minutes, self._limit), theme().font("secondary"))
        return QSize(width + 2, px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = theme().px
        painter = QPainter(self)
        draw_timer_ring(painter, self.rect(), self._minutes, self._limit)
        tone = timer_tone(self._minutes, self._limit)
        ink = "text" if tone == draw.NEUTRAL else f"{tone}-tx"
        inner = self.rect().adjusted(px(22), 0, 0, 0)
        used = draw.words(painter, inner, f"{self._minutes} min", "strong", ink, elide=False)
        inner.setLeft(inner.left() + used + px(6))
        quiet = ink if tone == "block" else "text-3"
        words = timer_words(self._minutes, self._limit)
        draw.words(painter, inner, words, "secondary", quiet, elide=False)
        painter.end()


class ReadinessBar(QWidget):
    """One segment per step: filled, hatched where it is open, empty where it has not begun."""

    def __init__(self, steps: tuple[StepState, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps = steps
        self.show_steps(steps)

    def show_steps(self, steps: tuple[StepState, ...]) -> None:
        self._steps = steps
        done = sum(step == "done" for step in steps)
        self.setAccessibleName(tr("{done} of {all} ready", done=done, all=len(steps)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        gap = theme().px(3)
        width = (self.width() + gap) / len(self._steps)
        for number, state in enumerate(self._steps):
            left = round(number * width)
            segment = QRect(left, 0, round((number + 1) * width) - gap - left, self.height())
            draw_segment(painter, segment, state)
        painter.end()


def draw_segment(painter: QPainter, rect: QRect, state: StepState) -> None:
    color = theme().color
    if state == "done":
        draw.box(painter, rect, color("ok"), radius=2)
    elif state == "open":
        draw.box(painter, rect, color("warn-bg"), radius=2)
        draw.hatch(painter, rect, color("warn"), step=theme().px(5))
        draw.box(painter, rect, None, color("warn"), radius=2)
    else:
        draw.box(painter, rect, color("sunken"), color("line-2"), radius=2)
