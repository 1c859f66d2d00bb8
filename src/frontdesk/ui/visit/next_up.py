"""Who is next: a line per provider, with the times to tell patients."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.board import Card, ProviderLine
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LINE = 28
_SHOWN = 4
_UNTIL = 34
_LEAST = 150
"""Below this width a last name would be cut: fewer patients are shown."""


class NextUp(QWidget):
    """Each provider's pace, the patient inside and those who follow."""

    chosen = Signal(object)
    """Card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines: Sequence[ProviderLine] = ()
        self._cards: Mapping[int, Card] = {}
        self._places: list[tuple[QRect, Card]] = []

    def show_lines(self, lines: Sequence[ProviderLine], cards: Mapping[int, Card]) -> None:
        self._lines, self._cards = lines, cards
        self.setAccessibleName(
            "; ".join(
                f"{line.provider}, {line.words}: "
                + ", ".join(cards[each].name for each in line.queue[:_SHOWN] if each in cards)
                for line in lines
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(28) + theme().px(_LINE) * max(1, len(self._lines)) + 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        card = self._card_at(event.position().toPoint())
        if card is not None:
            self.chosen.emit(card)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = theme().px
        painter.fillRect(self.rect(), theme().color("surface"))
        painter.setPen(theme().color("line-2"))
        painter.drawLine(0, 0, self.width(), 0)
        head = QRect(px(12), 0, self.width(), px(28))
        used = draw.words(painter, head, tr("Who is next"), "caption", "text-2", elide=False)
        hint = tr("Times are predictions. Tell patients these, not the booked time.")
        draw.words(painter, head.adjusted(used + px(10), 0, 0, 0), hint, "secondary", "text-3")
        self._places = []
        for number, line in enumerate(self._lines):
            self._paint_line(painter, QRect(0, px(28) + number * px(_LINE), self.width(), px(_LINE)), line)
        painter.end()

    def _paint_line(self, painter: QPainter, rect: QRect, line: ProviderLine) -> None:
        px = theme().px
        painter.setPen(theme().color("line"))
        painter.drawLine(0, rect.y(), rect.width(), rect.y())
        draw.words(painter, QRect(px(12), rect.y(), px(96), rect.height()), line.provider, "strong")
        late = line.words.startswith("Running")
        words = tr("{minutes} min late", minutes=line.late_minutes) if late else line.words
        tone, icon = ("warn", "clock-alert") if late else ("ok", "check")
        chip = QRect(px(112), rect.y() + px(4), px(98), px(draw.CHIP_HEIGHT))
        draw.chip(painter, chip, words, tone, icon)
        left = chip.right() + px(8)
        # The one inside has "until" before the time, and needs more room.
        room = rect.width() - left - px(_UNTIL)
        count = max(1, min(_SHOWN, room // px(_LEAST)))
        width = room // count
        shown = [self._cards[each] for each in line.queue if each in self._cards][:count]
        for place, card in enumerate(shown):
            more = px(_UNTIL)
            begins = left + place * width + (more if place else 0)
            cell = QRect(begins, rect.y(), width - px(6) + (0 if place else more), rect.height())
            if cell.right() > rect.right():
                break
            self._paint_one(painter, cell, card, line, first=place == 0)
            self._places.append((cell, card))

    def _paint_one(
        self, painter: QPainter, cell: QRect, card: Card, line: ProviderLine, *, first: bool
    ) -> None:
        px = theme().px
        inner = QRect(cell)
        if not first:
            draw.icon(
                painter, QRect(inner.x(), inner.y(), px(14), inner.height()), "chevron-right", "text-3", 14
            )
        inner.setLeft(inner.left() + px(18))
        mark = QRect(inner.x(), inner.y(), px(16), inner.height())
        draw.icon(painter, mark, look.STATUS_ICON[card.status], look.STATUS_TONE[card.status], 14)
        inner.setLeft(mark.right() + px(5))
        inside = card.status is Status.IN_VISIT
        at = line.busy_until if inside else card.expected_in
        when = "" if at is None else clock_time(at)
        if inside and when:
            when = tr("until {time}", time=when)
        end = draw.text_width(when, theme().font("medium"))
        name = f"{card.name[:1]}. {card.last_name}"
        if draw.text_width(name, theme().font("body")) > inner.width() - end - px(6):
            name = card.last_name  # never cut; the initial goes first
        room = QRect(inner.x(), inner.y(), max(0, inner.width() - end - px(6)), inner.height())
        used = draw.words(painter, room, name, "body", "text")
        time = inner.adjusted(used + px(5), 0, 0, 0)
        draw.words(
            painter,
            time,
            when,
            "secondary" if inside else "medium",
            "text-2" if inside else "text",
            elide=False,
        )

    def _card_at(self, point: QPoint) -> Card | None:
        return next((card for rect, card in self._places if rect.contains(point)), None)
