"""The rooms: free, who is in, to be cleaned, blocked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.visit.board import Card, RoomTile
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.focus import DRAWS_OWN_FOCUS
from frontdesk.ui.schedule import look
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_HEAD = 26
_TILE = 58
_STATE_ICON = {"free": "door-open", "to_clean": "brush-cleaning", "blocked": "ban", "occupied": "door-closed"}
_STATE_WORDS = {"free": "Free", "to_clean": "To clean", "blocked": "Blocked", "occupied": "Occupied"}


class RoomTiles(QWidget):
    """A tile per room in one line; Enter or a click on one to be cleaned says that it is clean.

    B, or a right click, asks what a room is now.
    """

    cleaned = Signal(object)
    """A room's id."""
    chosen = Signal(object)
    """Card of the patient in a room."""
    asked = Signal(object)
    """RoomTile: its state is to be set."""

    def __init__(self, parent: QWidget | None = None, *, only_shows: bool = False) -> None:
        super().__init__(parent)
        self._only_shows = only_shows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(DRAWS_OWN_FOCUS, True)
        self._rooms: Sequence[RoomTile] = ()
        self._cards: Mapping[int, Card] = {}
        self._now: datetime | None = None
        self._at = 0

    def show_rooms(self, rooms: Sequence[RoomTile], cards: Mapping[int, Card], now: datetime) -> None:
        self._rooms, self._cards, self._now = rooms, cards, now
        self._at = min(self._at, max(0, len(rooms) - 1))
        self.setAccessibleName(tr("Rooms"))
        self.setAccessibleDescription("; ".join(self._said(room) for room in rooms))
        self.update()

    def tick(self, now: datetime) -> None:
        self._now = now
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(_HEAD + _TILE + 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right if self._rooms:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._at = max(0, min(len(self._rooms) - 1, self._at + step))
                self.update()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._rooms:
                self._act(self._rooms[self._at])
            case Qt.Key.Key_B if self._rooms:
                self.asked.emit(self._rooms[self._at])
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not None:
            self._at = place
            if event.button() == Qt.MouseButton.RightButton:
                self.asked.emit(self._rooms[place])
            else:
                self._act(self._rooms[place])
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = theme().px
        painter.fillRect(self.rect(), theme().color("subtle"))
        painter.setPen(theme().color("line-2"))
        painter.drawLine(0, 0, self.width(), 0)
        head = QRect(px(12), px(2), self.width() - px(24), px(_HEAD - 2))
        used = draw.words(painter, head, tr("Rooms"), "caption", "text-2", elide=False)
        draw.words(painter, head.adjusted(used + px(10), 0, 0, 0), self._summary(), "secondary", "text-3")
        for place, room in enumerate(self._rooms):
            self._paint_tile(painter, self._rect(place), room, chosen=place == self._at and self.hasFocus())
        painter.end()

    def _paint_tile(self, painter: QPainter, rect: QRect, room: RoomTile, *, chosen: bool) -> None:
        px = theme().px
        card = self._cards.get(room.appointment_id) if room.appointment_id is not None else None
        state = room.state.value
        if card is not None:
            tone = look.STATUS_TONE[card.status]
            fill, _, mark = draw.tone_colors(tone)
            icon, words = look.STATUS_ICON[card.status], card.last_name
        else:
            tone = {"to_clean": draw.NEUTRAL, "blocked": "block"}.get(state, draw.OUTLINE)
            fill, _, mark = draw.tone_colors(tone)
            icon, words = _STATE_ICON[state], tr(_STATE_WORDS[state])
        frame = mark if card is not None or state == "blocked" else theme().color("line-2")
        draw.box(painter, rect, fill, frame, radius=6)
        inner = rect.adjusted(px(7), px(5), -px(5), 0)
        line = QRect(inner.x(), inner.y(), inner.width(), px(16))
        name = room.name.removeprefix("Room ")
        beside = line.adjusted(px(19), 0, 0, 0)
        if draw.text_width(name, theme().font("card-strong")) <= beside.width():
            slot = QRect(line.x(), line.y(), px(14), line.height())
            draw.icon(painter, slot, icon, draw.mark_token(tone), 14)
            draw.words(painter, beside, name, "card-strong", "text")
        else:
            draw.words(painter, line, name, "card-strong", "text")
        line.translate(0, px(17))
        draw.words(painter, line, words, "secondary", draw.text_token(tone))
        if card is not None and self._now is not None:
            line.translate(0, px(15))
            minutes = tr("{minutes} min", minutes=card.minutes_here(self._now))
            draw.words(painter, line, minutes, "secondary", draw.text_token(tone))
        if chosen:
            draw.focus_ring(painter, rect.adjusted(-1, -1, 1, 1), 7)

    def _act(self, room: RoomTile) -> None:
        card = self._cards.get(room.appointment_id) if room.appointment_id is not None else None
        if card is not None:
            self.chosen.emit(card)
        elif room.state.value == "to_clean":
            self.cleaned.emit(room.room_id)
        else:
            self.asked.emit(room)

    def _summary(self) -> str:
        states = [room.state.value for room in self._rooms]
        parts = [counted(states.count("free"), "{count} free", "{count} free")]
        if cleaning := states.count("to_clean"):
            to_clean = tr("{count} to clean", count=cleaning)
            hint = cleaning == 1 and not self._only_shows
            parts.append(tr("{what}: Enter when it is clean", what=to_clean) if hint else to_clean)
        if blocked := states.count("blocked"):
            parts.append(counted(blocked, "{count} blocked", "{count} blocked"))
        return ", ".join(parts)

    def _said(self, room: RoomTile) -> str:
        card = self._cards.get(room.appointment_id) if room.appointment_id is not None else None
        return f"{room.name}, {card.name if card else tr(_STATE_WORDS[room.state.value]).lower()}"

    def _rect(self, place: int) -> QRect:
        px = theme().px
        count = max(1, len(self._rooms))
        width = min(px(96), (self.width() - px(20)) // count)
        return QRect(px(10) + place * width, px(_HEAD), width - px(6), px(_TILE))

    def _place_at(self, point: QPoint) -> int | None:
        return next((n for n in range(len(self._rooms)) if self._rect(n).contains(point)), None)
