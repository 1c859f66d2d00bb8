"""A lane of the flow board: the patients of one state, the longest wait on top."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.board import Card
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.indicators import draw_timer_ring, timer_tone, timer_words
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role, theme

HEAD = 52
LINE = 18
GAP = 8
_MARGIN = 8
_FLAGS = 2
_GOALS = {
    Status.CHECKING_IN: "Goal: ready in {minutes} min",
    Status.READY: "Goal: in a room in {minutes} min",
    Status.IN_ROOM: "Goal: seen in {minutes} min",
    Status.CHECK_OUT: "Goal: out in {minutes} min",
}


class Lane(QAbstractScrollArea):
    """Cards under a head; the keys go through them and on to the next lane."""

    chosen = Signal(object)
    """Card or None."""
    opened = Signal(object)
    """Card: Enter or double click."""
    crossed = Signal(int)
    """Left or right: the next lane."""
    entered = Signal()
    """The focus came, by the mouse, by Tab or from another lane."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: Sequence[Card] = ()
        self._rects: list[QRect] = []
        self._now: datetime | None = None
        self._chosen: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr(look.STATUS_NAME[status]))

    # -- what is shown --------------------------------------------------------

    def show_cards(self, cards: Sequence[Card], now: datetime) -> None:
        """Other cards; the chosen one stays chosen while it is here."""
        self._cards, self._now = cards, now
        if self.current is None:
            self._chosen = None
        self._lay_out()
        self.setAccessibleDescription("; ".join(said(card, now) for card in cards) or tr("Nobody"))
        self.update()
        self.viewport().update()

    def tick(self, now: datetime) -> None:
        """The minutes go on without a question to the database."""
        self._now = now
        self.viewport().update()

    @property
    def current(self) -> Card | None:
        return next((card for card in self._cards if card.appointment_id == self._chosen), None)

    def choose(self, appointment_id: int | None) -> bool:
        """Make a card the current one; whether it is here."""
        self._chosen = appointment_id
        place = self._place()
        if place is not None:
            rect, bar = self._rects[place], self.verticalScrollBar()
            if rect.top() < bar.value():
                bar.setValue(rect.top() - theme().px(GAP))
            elif rect.bottom() > bar.value() + self.viewport().height():
                bar.setValue(rect.bottom() - self.viewport().height() + theme().px(GAP))
        self.viewport().update()
        return place is not None

    def enter_at(self, place: int) -> bool:
        """The focus comes from another lane; whether there is a card to take it."""
        if not self._cards:
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose_place(min(place, len(self._cards) - 1))
        return True

    @property
    def place(self) -> int:
        return self._place() or 0

    # -- keys and the mouse ---------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                here = self._place()
                self._choose_place(0 if here is None else here + step)
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.crossed.emit(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() and self.current:
                self.opened.emit(self.current)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self._choose_place(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self.opened.emit(self._cards[place])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # -- painting -------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().color("canvas"))
        painter.setPen(theme().color("line-2"))
        painter.drawLine(
            self.viewport().width() - 1, 0, self.viewport().width() - 1, self.viewport().height()
        )
        shift = self.verticalScrollBar().value()
        for card, rect in zip(self._cards, self._rects, strict=True):
            place = rect.translated(0, -shift)
            if place.intersects(event.rect()) and self._now is not None:
                self._paint_card(painter, place, card, self._now)
        painter.end()

    def _paint_card(self, painter: QPainter, rect: QRect, card: Card, now: datetime) -> None:
        px = theme().px
        minutes, limit = card.minutes_here(now), card.limit_minutes or 0
        tone = timer_tone(minutes, limit)
        frame = theme().color(tone if tone == "block" else "line-2")
        draw.box(painter, rect, theme().color("surface"), frame, radius=6)
        line = rect.adjusted(px(10), px(7), -px(10), 0)
        line.setHeight(px(LINE))
        draw.words(painter, line, short_name(card, line.width()), "strong", elide=False)
        line.translate(0, px(LINE))
        time = clock_time(card.starts)
        width = draw.words(painter, line, time, "medium", "text", elide=False)
        where = ", ".join(part for part in (short_provider(card), card.room or card.what) if part)
        draw.words(painter, line.adjusted(width + px(4), 0, 0, 0), where, "secondary", "text-2")
        line.translate(0, px(LINE + 2))
        draw_timer_ring(painter, QRect(line.x(), line.y(), px(16), line.height()), minutes, limit)
        color = "text" if tone == draw.NEUTRAL else f"{tone}-tx"
        said_minutes = tr("{minutes} min", minutes=minutes)
        used = draw.words(painter, line.adjusted(px(22), 0, 0, 0), said_minutes, "strong", color, elide=False)
        rest = line.adjusted(px(22) + used + px(6), 0, 0, 0)
        goal = timer_words(minutes, limit)
        role: Role = "medium" if tone == "block" else "secondary"
        end = draw.text_width(goal, theme().font(role))
        if end <= rest.width():
            ink = color if tone == "block" else "text-2"
            draw.words(painter, line, goal, role, ink, Qt.AlignmentFlag.AlignRight, elide=False)
        if now < card.starts and card.status in (Status.CHECKING_IN, Status.READY):
            early = tr("early")
            if draw.text_width(early, theme().font("secondary")) + px(6) + end <= rest.width():
                draw.words(painter, rest, early, "secondary", "text-2", elide=False)
        for icon, icon_color, words, words_color in _notes(card, now):
            line.translate(0, px(LINE))
            draw.icon(painter, QRect(line.x(), line.y(), px(16), line.height()), icon, icon_color, 14)
            place = line.adjusted(px(22), 0, 0, 0)
            if "$" in words and draw.text_width(words, theme().font("secondary")) > place.width():
                words = words[words.index("$") :]  # money is never cut
            draw.words(painter, place, words, "secondary", words_color)
        if card.appointment_id != self._chosen:
            return
        if self.hasFocus():
            draw.focus_ring(painter, rect.adjusted(-2, -2, 2, 2), 7)
        else:
            draw.focus_ring(painter, rect.adjusted(-1, -1, 1, 1), 6, "accent")

    # -- inside ---------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(170), theme().px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(130), theme().px(120))

    def _lay_out(self) -> None:
        px = theme().px
        top = px(_MARGIN)
        self._rects = []
        for card in self._cards:
            height = px(16 + 3 * LINE + 2) + px(LINE) * len(_notes(card, self._now))
            width = self.viewport().width() - px(2 * _MARGIN) - 1
            self._rects.append(QRect(px(_MARGIN), top, width, height))
            top += height + px(GAP)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, top - self.viewport().height()))
        bar.setPageStep(self.viewport().height())

    def _choose_place(self, place: int) -> None:
        if 0 <= place < len(self._cards):
            self.choose(self._cards[place].appointment_id)
            self.chosen.emit(self._cards[place])

    def _place(self) -> int | None:
        return next((n for n, card in enumerate(self._cards) if card.appointment_id == self._chosen), None)

    def _place_at(self, point: QPoint) -> int | None:
        at = point + QPoint(0, self.verticalScrollBar().value())
        return next((n for n, rect in enumerate(self._rects) if rect.contains(at)), None)


class LaneHead(QWidget):
    """The name of a lane, its goal and its count, in the colour of its status."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self._count, self._goal = 0, ""
        self.setFixedHeight(theme().px(HEAD))

    def show_count(self, count: int, goal_minutes: int | None) -> None:
        """How many are here, and how long each should be."""
        self._count = count
        self._goal = (
            tr("By visit length") if goal_minutes is None else tr(_GOALS[self._status], minutes=goal_minutes)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, rect = theme().px, self.rect()
        tone = look.STATUS_TONE[self._status]
        painter.fillRect(rect, theme().color("subtle"))
        painter.fillRect(QRect(0, 0, rect.width(), px(3)), theme().color(tone))
        painter.setPen(theme().color("line-2"))
        painter.drawLine(rect.right(), 0, rect.right(), rect.bottom())
        painter.drawLine(0, rect.bottom(), rect.right(), rect.bottom())
        first = rect.adjusted(px(10), px(8), -px(10), 0)
        first.setHeight(px(20))
        mark = QRect(first.x(), first.y(), px(16), first.height())
        draw.icon(painter, mark, look.STATUS_ICON[self._status], tone)
        name = first.adjusted(px(24), 0, -px(26), 0)
        draw.words(painter, name, tr(look.STATUS_NAME[self._status]), "strong")
        count = str(self._count)
        width = draw.badge_width(count)
        draw.badge(painter, QRect(first.right() - width, first.y(), width, first.height()), count)
        draw.words(painter, first.translated(0, px(20)), self._goal, "secondary", "text-2")
        painter.end()


def short_name(card: Card, width: int) -> str:
    """The name; where it does not fit, the first name gives way to its initial."""
    fits = draw.text_width(card.name, theme().font("strong")) <= width
    return card.name if fits else f"{card.name[:1]}. {card.last_name}"


def short_provider(card: Card) -> str:
    """ "Lee", "P. Raman": without title and degree, where room is scarce."""
    return card.provider.removeprefix("Dr. ").partition(",")[0]


def said(card: Card, now: datetime) -> str:
    """The card for a screen reader."""
    parts = [
        clock_time(card.starts),
        card.name,
        look.STATUS_NAME[card.status].lower(),
        tr("{minutes} minutes", minutes=card.minutes_here(now)),
        *(flag.words for flag in card.flags),
        card.provider,
        *([card.open_at.words] if card.open_at is not None and not card.open_at.is_here else []),
    ]
    return ", ".join(parts)


def _notes(card: Card, now: datetime | None) -> list[tuple[str, str, str, str]]:
    """Up to two lines under the timer, what blocks or what comes: icon, its colour, words, their colour."""
    notes = [
        (look.FLAG_ICON[flag.kind], look.SEVERITY_TOKEN[flag.severity], flag.words, f"{flag.severity}-tx")
        for flag in card.flags
        if flag.severity in ("block", "warn")
    ][:_FLAGS]
    if card.open_at is not None and not card.open_at.is_here:
        words = tr("At {desk}", desk=card.open_at.station)
        return [("monitor", "text-3", words, "text-2"), *notes]
    if not notes and card.expected_in is not None and now is not None and card.expected_in > now:
        words = tr("Expected in at {time}", time=clock_time(card.expected_in))
        notes.append(("arrow-right", "text-3", words, "text-2"))
    return notes
