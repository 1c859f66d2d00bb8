"""The flow board for a screen on the wall: initials, clocks and rooms, nothing else about anybody."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.visit import board
from frontdesk.services.visit.board import LANES, Board
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.visit.lane import Lane, LaneHead
from frontdesk.ui.visit.room_tiles import RoomTiles

_TICK_MS = 10_000


class WallScreen(Panel):
    """A window of its own, on the second screen where there is one; Esc or locking closes it."""

    topics = frozenset({"appointment", "room", "waiting_goal"})

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(desk)
        self.setWindowFlags(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Frontdesk: flow board"))
        self._owner = owner
        self._title = Label(tr("Flow board"), "page")
        self._waiting = Label("", "section", "text-2")
        self._clock = Label("", "page")
        self.lanes = {status: Lane(status) for status in LANES}
        self._heads = {status: LaneHead(status) for status in LANES}
        heads, lanes = row(gap=0), row(gap=0)
        for status in LANES:
            self.lanes[status].setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.lanes[status].setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            heads.addWidget(self._heads[status], 1)
            lanes.addWidget(self.lanes[status], 1)
        self.tiles = RoomTiles(only_shows=True)
        self.tiles.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tiles.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        whole = column(
            row(self._title, self._waiting, None, self._clock, margins=(16, 12, 16, 12)),
            heads,
            lanes,
            self.tiles,
            gap=0,
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start(_TICK_MS)

    def reload(self) -> None:
        self.desk.ask(self, self._show, board.board)

    def open_beside(self) -> None:
        """On another screen than the desk's own, where there is one; else as a window."""
        others = [
            screen for screen in self._owner.screen().virtualSiblings() if screen != self._owner.screen()
        ]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.resize(self._owner.window().size())
            self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show(self, shown: Board) -> None:
        now = self.desk.local_now
        cards = tuple(board.private(card) for card in shown.cards)
        hidden = replace(shown, cards=cards, done=())
        for status, lane in self.lanes.items():
            here = hidden.lane(status)
            lane.show_cards(here, now)
            self._heads[status].show_count(len(here), shown.goals.get(status))
        rooms = tuple(replace(room, blocked_reason="") for room in shown.rooms)
        self.tiles.show_rooms(rooms, {card.appointment_id: card for card in cards}, now)
        self._waiting.setText(counted(shown.waiting, "{count} waiting", "{count} waiting"))
        self._say_time(now)

    def _tick(self) -> None:
        if not self.desk.is_signed_in:
            self.close()
            return
        now = self.desk.local_now
        for lane in self.lanes.values():
            lane.tick(now)
        self.tiles.tick(now)
        self._say_time(now)

    def _say_time(self, now: datetime) -> None:
        self._clock.setText(clock_time(now))
