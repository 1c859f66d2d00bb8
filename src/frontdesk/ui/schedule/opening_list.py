"""Openings as cards, best first: the number that picks it, when, with whom, and why."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule.openings import Opening, Reason
from frontdesk.services.schedule.preview import SHORT_WAIT, Wait
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LEFT, _TOP, _LINE, _CHIP_LINE = 44, 9, 18, 24


class OpeningList(QAbstractScrollArea):
    """The keys walk it; Enter and a click pick."""

    picked = Signal(int)
    """The place of an opening in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._openings: Sequence[Opening] = ()
        self._waits: Sequence[Wait] = ()
        self._rects: list[QRect] = []
        self._today = date.min
        self._current = -1
        self._picked = -1
        self._hovered = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(DRAWS_OWN_FOCUS, True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Openings, best first"))

    def show_openings(self, openings: Sequence[Opening], today: date) -> None:
        """Other openings; none is picked."""
        self._openings, self._today, self._waits = openings, today, ()
        self._current = self._picked = self._hovered = -1
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def show_waits(self, waits: Sequence[Wait]) -> None:
        """How much longer somebody would wait for each, where that is known by now."""
        self._waits = waits
        self._lay_out()

    def show_picked(self, place: int) -> None:
        """Mark one; -1: none."""
        self._picked = place
        if place >= 0:
            self._current = place
            self._bring_into_view()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._openings:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._current = min(len(self._openings) - 1, max(0, self._current + step))
            self.setAccessibleDescription(self.said(self._current))
            self._bring_into_view()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            self.picked.emit(self._current)
        else:
            super().keyPressEvent(event)

    def said(self, place: int) -> str:
        """An opening with its reasons and its wait, as it is read out."""
        words = _said(self._openings[place], self._reasons(place))
        return f"{words}, {_wait(self._waits[place])}" if self._waits else words

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place >= 0:
            self._current = place
            self.picked.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place != self._hovered:
            self._hovered = place
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(320))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().color("canvas"))
        painter.translate(0, -self.verticalScrollBar().value())
        for place, (opening, rect) in enumerate(zip(self._openings, self._rects, strict=True)):
            self._paint_card(painter, rect, opening, place)
        painter.end()

    def _paint_card(self, painter: QPainter, rect: QRect, opening: Opening, place: int) -> None:
        px, color = theme().px, theme().color
        is_picked = place == self._picked
        ground = "accent-soft" if is_picked else "hover" if place == self._hovered else "surface"
        painter.fillRect(rect, color(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line-2"))
        if is_picked:
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), color("accent"))
        number = QRect(rect.x() + px(12), rect.y() + px(_TOP + 1), px(22), px(22))
        fill, frame = ("accent", None) if is_picked else ("surface", color("line-strong"))
        draw.box(painter, number, color(fill), frame, radius=5)
        center = Qt.AlignmentFlag.AlignHCenter
        ink = "on-accent" if is_picked else "text"
        draw.words(painter, number, self.mark(place), "card-strong", ink, center, elide=False)
        line = QRect(rect.x() + px(_LEFT), rect.y() + px(_TOP), rect.width() - px(_LEFT + 14), px(_LINE + 3))
        end, right = self.end(place), Qt.AlignmentFlag.AlignRight
        draw.words(painter, line, end, "secondary", "text-2", right, elide=False)
        line.setRight(line.right() - draw.text_width(end, theme().font("secondary")) - px(8))
        used = draw.words(painter, line, short_time(opening), "section")
        days = _from_now((opening.starts.date() - self._today).days)
        draw.words(painter, line.adjusted(used + px(8), 0, 0, 0), days, "secondary", "text-2")
        line = QRect(line.x(), line.bottom() + 1, rect.right() - px(14) - line.x(), px(_LINE))
        who = " · ".join([opening.provider, *opening.things])
        draw.words(painter, line, who, "secondary", "text-2")
        for chip, reason in self._chips(rect, place):
            tone, icon = ("warn", "triangle-alert") if reason.is_warning else ("outline", "check")
            draw.chip(painter, chip, reason.text, tone, icon)
        if self.hasFocus() and place == self._current:
            draw.focus_ring(painter, rect, radius=2)

    def mark(self, place: int) -> str:
        """The key that picks a card."""
        return str(place + 1)

    def end(self, place: int) -> str:
        """What stands at the right end of a card."""
        return _wait(self._waits[place]) if self._waits else ""

    def content_height(self) -> int:
        """The height at which nothing scrolls."""
        return self._rects[-1].bottom() + 1 if self._rects else 0

    def _reasons(self, place: int) -> tuple[Reason, ...]:
        """Those of the search, and the provider's wait where this time leaves it short."""
        opening = self._openings[place]
        if not self._waits or not 0 < self._waits[place].after < SHORT_WAIT:
            return opening.reasons
        words = tr("Keeps {name}'s wait under {most} min", name=opening.provider, most=SHORT_WAIT)
        return (*opening.reasons, Reason(words))

    def _chips(self, rect: QRect, place: int) -> list[tuple[QRect, Reason]]:
        """Each reason's place, on as many lines as they need."""
        px = theme().px
        x, y = rect.x() + px(_LEFT), rect.y() + px(_TOP + 2 * _LINE + 8)
        placed = []
        for reason in self._reasons(place):
            width = draw.chip_width(reason.text, "check")
            if x + width > rect.right() - px(12) and x > rect.x() + px(_LEFT):
                x, y = rect.x() + px(_LEFT), y + px(_CHIP_LINE)
            placed.append((QRect(x, y, width, px(draw.CHIP_HEIGHT)), reason))
            x += width + px(6)
        return placed

    def _lay_out(self) -> None:
        px, top = theme().px, 0
        self._rects = []
        for place in range(len(self._openings)):
            rect = QRect(0, top, self.viewport().width(), px(_TOP + 2 * _LINE + 14))
            chips = self._chips(rect, place)
            if chips:
                rect.setBottom(chips[-1][0].bottom() + px(9))
            self._rects.append(rect)
            top = rect.bottom() + 1
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, top - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(px(24))
        self.viewport().update()

    def _bring_into_view(self) -> None:
        if 0 <= self._current < len(self._rects):
            rect, bar = self._rects[self._current], self.verticalScrollBar()
            if rect.top() < bar.value():
                bar.setValue(rect.top())
            elif rect.bottom() > bar.value() + self.viewport().height():
                bar.setValue(rect.bottom() - self.viewport().height() + 1)
        self.viewport().update()

    def _place_at(self, point: QPoint) -> int:
        at = point + QPoint(0, self.verticalScrollBar().value())
        return next((place for place, rect in enumerate(self._rects) if rect.contains(at)), -1)


def short_time(opening: Opening) -> str:
    """ "Thu, March 19, 9:30 AM"."""
    at = opening.starts
    return f"{at:%a}, {at:%B} {at.day}, {us_time(at)}"


def _from_now(days: int) -> str:
    if days <= 1:
        return tr("tomorrow") if days else tr("today")
    return counted(days, "in {count} day", "in {count} days")


def _wait(wait: Wait) -> str:
    return tr("wait +{minutes} min", minutes=max(0, wait.added))


def _said(opening: Opening, reasons: Iterable[Reason]) -> str:
    words = [reason.text for reason in reasons]
    return ", ".join([short_time(opening), opening.provider, *opening.things, *words])
