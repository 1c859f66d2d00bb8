"""The Check-in tab's first page: who is expected, who is here and for how long, and the rooms."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import clock_time
from frontdesk.services.office import rooms
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import board, check_in, flow
from frontdesk.services.visit.board import LANES, Board, Card, RoomTile
from frontdesk.services.visit.flow import Stepped
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit import list_detail
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Toolbar, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.worklists_button import FrontWorklistsButton
from frontdesk.ui.schedule.room_dialog import ask_for_room
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.board_list import BoardList
from frontdesk.ui.visit.expected_column import ExpectedColumn
from frontdesk.ui.visit.lane import Lane, LaneHead
from frontdesk.ui.visit.next_up import NextUp
from frontdesk.ui.visit.room_state_dialog import RoomStateDialog
from frontdesk.ui.visit.room_tiles import RoomTiles
from frontdesk.ui.visit.wall_screen import WallScreen

_TICK_MS = 10_000
_NARROW = 1000
"""Design pixels below which the average wait gives way."""


class BoardPage(Page):
    """The flow board: five lanes, what comes next, the rooms, and the list of those expected."""

    title = "Check-in"
    permission = "schedule.view"
    topics = frozenset(
        {
            "appointment",
            "room",
            "patient",
            "coverage_verification",
            "consent",
            "visit_type_form",
            "journal_entry",
            "readiness",
            "release_request",
            "visit_opening",
            "waiting_goal",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._board: Board | None = None
        self._chosen: Card | None = None
        self._errand: Errand | None = None
        self._stepped_from: Status | None = None
        self._average_words = ""
        self._wall: WallScreen | None = None
        self._build_toolbar()
        self.lanes = {status: Lane(status) for status in LANES}
        self._heads = {status: LaneHead(status) for status in LANES}
        self.expected_column = ExpectedColumn(desk)
        self.arriving, self.expected = self.expected_column.arriving, self.expected_column.list
        self.list = BoardList()
        self.nobody = EmptyState("armchair", tr("No one is waiting"))
        self._lanes = QStackedWidget()
        for shown in (self._side_by_side(self.lanes), self.nobody):
            self._lanes.addWidget(shown)
        self.next_up = NextUp()
        self.tiles = RoomTiles()
        self._views = QStackedWidget()
        for view in (self._as_board(), self.list):
            self._views.addWidget(view)
        self.beside = self.expected_column.beside(self._views)
        self.set_content(Frame("surface", column(self.beside, gap=0)))
        self.expected_column.chosen.connect(self._choose)
        self.expected_column.opened.connect(self._opened)
        self.list.chosen.connect(self._chose_in_list)
        self.list.opened.connect(self._opened)
        for lane in self.lanes.values():
            lane.chosen.connect(self._choose)
            lane.opened.connect(self._opened)
            lane.crossed.connect(self._cross)
            lane.entered.connect(self._choose_first)
        self.next_up.chosen.connect(self._show_chosen)
        self.tiles.chosen.connect(self._show_chosen)
        self.tiles.cleaned.connect(self._cleaned)
        self.tiles.asked.connect(self._ask_room_state)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("←→", tr("Lane")),
            Key("↑↓", tr("Patient")),
            Key("Space", tr("Next status"), self.advance),
            Key("Ctrl+I", tr("Find arriving"), self.find_arriving),
            Key("V", tr("Board or list"), self.turn_view),
            Key("W", tr("Wall screen"), self.open_wall_screen),
            Key("B", tr("Room state")),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.arriving, self.expected, *self.lanes.values(), self.tiles)

    def home(self) -> QWidget | None:
        return self.lanes[Status.CHECKING_IN]

    # -- what is shown --------------------------------------------------------

    def reload(self) -> None:
        self.desk.ask(self, self._show, board.board)

    def recount(self) -> None:
        self.desk.ask(self, self._count, board.counts)

    def open_with(self, errand: Errand) -> None:
        if errand.act == "find_arriving":
            self.find_arriving()
        elif errand.act in ("check_in", "pay"):
            self._errand = errand
            self.reload()

    def find_arriving(self) -> None:
        """The field that narrows the expected down by name or birth date."""
        if self.view.value() == "list":
            self._show_view("board")
        self.beside.show_detail()
        self.expected_column.find_arriving()

    def turn_view(self) -> None:
        """V: between the lanes and the list."""
        if not self.arriving.hasFocus():
            self._show_view("list" if self.view.value() == "board" else "board")

    def open_wall_screen(self) -> None:
        """W: the board with initials only, on the second screen where there is one."""
        if not self.arriving.hasFocus():
            self._wall = WallScreen(self.desk, self)
            self._wall.open_beside()

    def _show_view(self, view: str) -> None:
        self.view.set_value(view)
        self._views.setCurrentIndex(0 if view == "board" else 1)
        set_shown(self.expected_column, view == "board")
        (self.list if view == "list" else self.home() or self.tiles).setFocus()

    def _show(self, shown: Board) -> None:
        self._board = shown
        now = self.desk.local_now
        by_id = {card.appointment_id: card for card in shown.cards}
        for status, lane in self.lanes.items():
            lane.show_cards(shown.lane(status), now)
            self._heads[status].show_count(len(shown.lane(status)), shown.goals.get(status))
        self._show_nobody(shown)
        self.next_up.show_lines(shown.providers, by_id)
        self.tiles.show_rooms(shown.rooms, by_id, now)
        self.list.show_board(shown, now)
        self.expected_column.show_board(shown)
        self._show_toolbar(shown, now)
        self.count_changed.emit(shown.waiting)
        self._keep_chosen(by_id)
        if self._errand is not None:
            errand, self._errand = self._errand, None
            self._run_errand(shown, errand)

    def _keep_chosen(self, by_id: Mapping[int, Card]) -> None:
        """Who was chosen stays so, in whichever lane they are now; the focus goes along with a step."""
        card = by_id.get(self._chosen.appointment_id) if self._chosen is not None else None
        self._chosen = card
        lane = self.lanes.get(card.status) if card is not None else None
        if card is None or lane is None:
            self._choose_first()
            return
        lane.choose(card.appointment_id)
        if self._stepped_from is not None and card.status is not self._stepped_from:
            self._stepped_from = None
            lane.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_nobody(self, shown: Board) -> None:
        """In place of five empty lanes: when the next patient is expected."""
        coming = [card.starts for card in shown.expected if card.starts >= shown.at]
        words = (
            tr("The next visit is at {time}.", time=clock_time(min(coming)))
            if coming
            else tr("No more visits are expected today.")
        )
        self.nobody.say("armchair", tr("No one is waiting"), words)
        self._lanes.setCurrentIndex(0 if any(card.status in LANES for card in shown.cards) else 1)

    def _count(self, found: board.Counts) -> None:
        self.count_changed.emit(found.ready + found.checking_in)

    def _show_toolbar(self, shown: Board, now: datetime) -> None:
        here = [card for card in shown.cards if card.status in LANES]
        self.toolbar.show_title(
            tr("Check-in"),
            counted(len(here), "{count} patient in the office", "{count} patients in the office"),
        )
        waiting = shown.lane(Status.READY)
        longest = waiting[0] if waiting else None
        minutes = longest.minutes_here(now) if longest else 0
        over = longest is not None and longest.limit_minutes is not None and minutes > longest.limit_minutes
        words = ""
        if longest is not None:
            name = f"{longest.name[:1]}. {longest.last_name}"
            words = tr("Longest wait {minutes} min: {name}", minutes=minutes, name=name)
        self._longest.show_state(words, "block" if over else "outline", "clock-alert")
        average = round(sum(card.minutes_here(now) for card in waiting) / len(waiting)) if waiting else 0
        self._average_words = tr("Average wait {minutes} min", minutes=average) if waiting else ""
        self._average.show_state(self._average_words, "outline", "timer")
        set_shown(self._average, self.width() >= theme().px(_NARROW) and bool(self._average_words))

    def _tick(self) -> None:
        if self.isVisible() and self._board is not None:
            now = self.desk.local_now
            for lane in self.lanes.values():
                lane.tick(now)
            self.tiles.tick(now)
            self.list.tick(now)
            self._show_toolbar(self._board, now)

    # -- what is done ---------------------------------------------------------

    def advance(self) -> None:
        """The chosen patient's next step; the check-in itself is a page of its own."""
        card = self._chosen
        if card is None or self.arriving.hasFocus():
            return
        if card.status is Status.CHECKING_IN:
            self._open(card)
            return
        self.clear_complaints()
        self._stepped_from = card.status
        self.desk.do(self, self._stepped, flow.advance, appointment_id=card.appointment_id)

    def _stepped(self, step: Stepped) -> None:
        self.told.emit(step.said)

    def refused(self, error: FrontdeskError) -> None:
        self._stepped_from = None
        fields = {finding.field for finding in error.findings} if isinstance(error, Refused) else set()
        if self._chosen is not None and fields == {"room_id"} and self._chosen.status is Status.READY:
            ask_for_room(self, self.desk, self._chosen.name, self._take_to)
        else:
            super().refused(error)

    def _take_to(self, room_id: int) -> None:
        if self._chosen is not None:
            self._stepped_from = self._chosen.status
            self.desk.do(
                self,
                self._stepped,
                flow.advance,
                appointment_id=self._chosen.appointment_id,
                room_id=room_id,
            )

    def _cleaned(self, room_id: int) -> None:
        self.desk.do(self, _nothing, rooms.set_room_state, room_id=room_id, state=rooms.RoomState.FREE)

    def _ask_room_state(self, room: RoomTile) -> None:
        if self.desk.may("office.set_room_state"):
            RoomStateDialog(self, self.desk, room).open()

    def _begin(self, card: Card) -> None:
        """Checks in whoever is expected, and opens their page."""
        self.clear_complaints()
        self.desk.do(
            self,
            lambda _: self._go_to(card),
            check_in.begin,
            appointment_id=card.appointment_id,
        )

    def _open(self, card: Card, act: str = "check_in") -> None:
        is_expected = card.status in (Status.SCHEDULED, Status.CONFIRMED, Status.NOT_ARRIVED)
        if is_expected and act == "check_in":
            self._begin(card)
        elif card.status is Status.CHECK_OUT:
            self.go.emit("check_out", Errand("check_out", card.patient_id, card.appointment_id))
        else:
            self._go_to(card, act)

    def _opened(self, card: Card) -> None:
        self._open(card)

    def _go_to(self, card: Card, act: str = "check_in") -> None:
        self.go.emit("check_in_visit", Errand(act, card.patient_id, card.appointment_id))

    def _run_errand(self, found: Board, errand: Errand) -> None:
        """Somebody was sent here for a patient, or for one of their visits."""
        mine = [
            card
            for card in found.cards
            if card.appointment_id == errand.appointment_id
            or (errand.appointment_id is None and card.patient_id == errand.patient_id)
        ]
        if mine:
            self._open(mine[0], errand.act)
        else:
            self.complain(tr("This patient has no visit today that could be checked in. Book one first."))

    # -- who is in focus ------------------------------------------------------

    def _choose(self, card: Card | None) -> None:
        self._chosen = card
        for lane in self.lanes.values():
            if card is None or lane.current is not card:
                lane.choose(card.appointment_id if card else None)
        self.patient_chosen.emit(card.patient_id if card else None)

    def _choose_first(self) -> None:
        """Whoever tabs into a lane finds somebody chosen there."""
        lane = next((each for each in self.lanes.values() if each.hasFocus()), None)
        if lane is not None and lane.current is None:
            lane.enter_at(0)

    def _show_chosen(self, card: Card) -> None:
        self._choose(card)
        lane = self.lanes.get(card.status)
        if lane is not None:
            lane.choose(card.appointment_id)

    def _cross(self, step: int) -> None:
        """From a lane to the next one that has somebody."""
        order = [self.expected, *self.lanes.values()]
        here = next((n for n, widget in enumerate(order) if widget.hasFocus()), 0)
        place = self.lanes[LANES[here - 1]].place if here else 0
        here += step
        list_detail.bring(order[max(0, min(here, len(order) - 1))])
        while 0 < here < len(order):
            if self.lanes[LANES[here - 1]].enter_at(place):
                return
            here += step
        if here == 0:
            self.expected.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building -------------------------------------------------------------

    def _side_by_side(self, parts: Mapping[Status, QWidget]) -> QWidget:
        beside = row(gap=0)
        for part in parts.values():
            beside.addWidget(part, 1)
        holder = QWidget()
        holder.setLayout(beside)
        return holder

    def _build_toolbar(self) -> None:
        self._longest = Chip("", "block", "clock-alert", tall=True)
        self._average = Chip("", "outline", "timer", tall=True)
        self.view: Segmented[str] = Segmented((("board", tr("Board")), ("list", tr("List"))), says=tr("View"))
        self.view.chosen.connect(self._show_view)
        walk_in = Button(tr("Walk-in"), icon="user-plus", keys="Ctrl+N")
        walk_in.clicked.connect(lambda: self.go.emit("walk_in", None))
        set_shown(walk_in, self.desk.may("visit.check_in"))
        self.toolbar = Toolbar(tr("Check-in"))
        self.worklists = FrontWorklistsButton(self.desk)
        self.worklists.go.connect(self.go)
        self.toolbar.add(self._longest, self._average, self.worklists, self.view, walk_in)
        self.set_toolbar(self.toolbar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.worklists.fit(self.width())
        set_shown(self._average, self.width() >= theme().px(_NARROW) and bool(self._average_words))

    def _as_board(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(
            column(self._side_by_side(self._heads), self._lanes, self.next_up, self.tiles, gap=0)
        )
        return holder

    def _chose_in_list(self, card: Card | None) -> None:
        if card is not None:
            self._choose(card)


def _nothing(_: object) -> None:
    """The board hears of it as of every change."""
