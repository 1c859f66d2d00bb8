"""The waitlist beside the day: who waits, and where each would fit."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import waitlist, waitlist_holes
from frontdesk.services.schedule.waitlist import Board, EntryLine, Hole
from frontdesk.services.schedule.waitlist_holes import HoleLine
from frontdesk.services.schedule.waitlist_offers import OfferLine
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import IconButton, LinkButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import Badge, Label, Rule
from frontdesk.ui.kit.page import Errand, Panel
from frontdesk.ui.kit.row_list import Item, ListModel, RowList
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.waitlist_look import entry_item, latest_offers, stands
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

TOPICS = frozenset(
    {
        "waitlist_entry",
        "waitlist_offer",
        "appointment",
        "resource_booking",
        "slot_hold",
        "patient",
        "template_session",
        "template_block",
        "schedule_exception",
        "resource_downtime",
    }
)
_TICK_MS = 10_000
_LEAST = 70
"""Design pixels: one entry is always to be seen."""


class WaitlistColumn(Panel):
    """Enter, or a click on where one fits, offers that time; + adds somebody."""

    topics = TOPICS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._offers: dict[int, OfferLine] = {}
        self._holes: frozenset[Hole] | None = None
        self._freed: HoleLine | None = None
        self.freed = Banner("info", icon="calendar-x-2")
        """A time that has just come free and that somebody fits; the page puts it where it is seen."""
        self.freed.acted.connect(self.offer_freed)
        self.title = LinkButton(tr("Waitlist"), "text")
        self.title.setAccessibleName(tr("Open the waitlist"))
        self.title.clicked.connect(lambda: self.go.emit("waitlist", None))
        self.count = Badge()
        self.urgent = Label("", "secondary", "text-2")
        self.add = IconButton("plus", tr("Add to waitlist"))
        self.add.clicked.connect(self.add_somebody)
        set_shown(self.add, desk.may("schedule.book"))
        self.model: ListModel[EntryLine] = ListModel(self._look, key=lambda entry: entry.id)
        self.list = WaitlistRows(self.model)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self.offer)
        self.nobody = EmptyState("users", tr("Nobody waits"))
        head = row(self.title, self.count, None, self.urgent, self.add, margins=(10, 4, 8, 4))
        self.setLayout(column(Rule(), head, self.banner, self.list, self.nobody, gap=0))
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.show_board(Board((), ()))

    def reload(self) -> None:
        self.desk.ask(self, self.show_board, waitlist.board)
        self.desk.ask(self, self.show_holes, waitlist_holes.holes)

    def show_board(self, board: Board) -> None:
        self._offers = latest_offers(board)
        self.model.show(board.entries)
        self.count.show_count(len(board.entries))
        urgent = sum(entry.urgency is Urgency.TODAY for entry in board.entries)
        self.urgent.setText(tr("{count} urgent", count=urgent) if urgent else "")
        set_shown(self.list, bool(board.entries))
        set_shown(self.nobody, not board.entries)

    def show_holes(self, holes: tuple[HoleLine, ...]) -> None:
        """Says when a time has come free since the last look, as long as it is free."""
        now = frozenset(line.hole for line in holes)
        fresh = [
            line
            for line in holes
            if line.fitting and self._holes is not None and line.hole not in self._holes
        ]
        if fresh:
            self._freed = fresh[0]
        elif self._freed is not None and self._freed.hole not in now:
            self._freed = None
        self._holes = now
        line = self._freed
        words = ""
        if line is not None:
            people = counted(
                line.fitting, "{count} person on the waitlist fits", "{count} people on the waitlist fit"
            )
            words = tr("{people} {time}, first {name}.", people=people, time=line.words, name=line.first)
        self.freed.say("info", words, action=tr("Offer it") if words else "", icon="calendar-x-2")

    def offer_freed(self) -> None:
        """To the free time on the waitlist's page: its chain, and who fits."""
        if self._freed is not None:
            hole = self._freed.hole
            self.go.emit("waitlist", Errand("hole", provider_id=hole.provider_id, starts=hole.starts))

    def offer(self, entry: EntryLine | None) -> None:
        """Offers the time that fits, or goes on with the offer that stands."""
        if entry is None or not self.desk.may("schedule.book"):
            return
        standing = self._offers.get(entry.id)
        if entry.fit is not None or stands(standing, self.desk.local_now):
            # Loaded here, as the dialog below: the day is shown before anybody opens them.
            from frontdesk.ui.schedule.offer_dialog import OfferDialog

            OfferDialog(self, self.desk, entry, self.told.emit, standing=standing).open()
        else:
            self.go.emit("waitlist", Errand("show", entry.patient_id, about_id=entry.id))

    def add_somebody(self) -> None:
        from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog

        WaitlistDialog(self, self.desk, self.told.emit).open()

    def _look(self, entry: EntryLine) -> Item:
        return entry_item(entry, self._offers.get(entry.id), self.desk.local_now, narrow=True)

    def _chose(self, entry: EntryLine | None) -> None:
        if entry is not None:
            self.patient_chosen.emit(entry.patient_id)

    def _tick(self) -> None:
        """An offer runs out by the clock alone; nothing is asked."""
        if self.isVisible():
            self.list.viewport().update()


class WaitlistRows(RowList[EntryLine]):
    """A list whose third line acts: a click on where somebody fits opens the offer."""

    def __init__(self, model: ListModel[EntryLine], parent: QWidget | None = None) -> None:
        super().__init__(model, says=tr("People who wait"), parent=parent)
        self.setMinimumHeight(theme().px(_LEAST))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index: QModelIndex | QPersistentModelIndex = self.indexAt(point)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            below = point.y() - self.visualRect(index).y()
            if below >= theme().px(42):
                self.opened.emit(self.current())
