"""The waitlist: who waits, the times that came free, what was offered, and the chain that fills a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.services.schedule import waitlist, waitlist_entries, waitlist_holes
from frontdesk.services.schedule.waitlist import Board, EntryLine, FitView
from frontdesk.services.schedule.waitlist_holes import HoleLine
from frontdesk.services.schedule.waitlist_offers import OfferLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.offer_dialog import OfferDialog
from frontdesk.ui.schedule.offers_pane import OffersPane
from frontdesk.ui.schedule.waitlist_column import TOPICS
from frontdesk.ui.schedule.waitlist_details import EntryDetail, HoleDetail
from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog
from frontdesk.ui.schedule.waitlist_look import entry_item, latest_offers, stands
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_TICK_MS = 10_000
_BOOK = "schedule.book"
_LIST, _SLIM_LIST = 332, 246
_NARROW = 960
"""Design pixels."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A line between the kinds of rows."""

    words: str


_Row = _Head | HoleLine | EntryLine


class WaitlistPage(WorklistPage):
    """List and detail; Enter offers, N adds, E edits, W takes off."""

    title = "Waitlist"
    part = "waitlist"
    topics = TOPICS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._board = Board((), ())
        self._holes: tuple[HoleLine, ...] = ()
        self._offers: dict[int, OfferLine] = {}
        self._wanted_key: tuple[str, object] | None = None
        self.add = Button(tr("Add to waitlist"), "primary", icon="list-plus", keys="Ctrl+N")
        self.add.clicked.connect(self.add_somebody)
        set_shown(self.add, desk.may(_BOOK))
        self.toolbar.add(self.add)
        self.model: ListModel[_Row] = ListModel(self._look, key=_key)
        self.list = RowList(self.model, says=tr("Times that came free, and people who wait"))
        self.entry = EntryDetail(desk)
        self.hole = HoleDetail(desk)
        self.nothing = EmptyState(
            "users", tr("Nobody waits"), tr("Who would like an earlier time is added with Ctrl+N.")
        )
        self.detail = QStackedWidget()
        for pane in (self.nothing, self.entry, self.hole):
            self.detail.addWidget(pane)
        self.offers = OffersPane(desk)
        self._side = Frame("column", column(self.list))
        whole = row(self._side, self.detail, self.offers, gap=0)
        whole.setStretchFactor(self.detail, 1)
        self.set_content(Frame("surface", whole))
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._opened)
        self.entry.offer_wanted.connect(self.offer)
        self.entry.edit_wanted.connect(self.edit)
        self.entry.withdraw_wanted.connect(self.withdraw)
        self.hole.offer_wanted.connect(self.offer)
        self.offers.opened.connect(self._take_up_offer)
        for part in (self.entry, self.hole):
            part.told.connect(self.told)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self._clock.start(_TICK_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Who waits")),
            Key("Return", tr("Offer the time")),
            Key("Ctrl+N", tr("Add to waitlist"), self.add_somebody),
            Key("E", tr("Change the wish"), self._edit_chosen),
            Key("W", tr("Take off the list"), self._withdraw_chosen),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.offers.list, self.entry.fits, self.hole.people, self.list)

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_board, waitlist.board)
        self.desk.ask(self, self._show_holes, waitlist_holes.holes)

    def open_with(self, errand: Errand) -> None:
        if errand.act == "hole" and errand.starts is not None:
            self._wanted_key = ("hole", (errand.provider_id, errand.starts))
        elif errand.about_id is not None:
            self._wanted_key = ("entry", errand.about_id)
        if errand.act == "add":
            self.add_somebody()
        self._choose_wanted()

    # -- what is shown --------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        self._board, self._offers = board, latest_offers(board)
        self.entry.show_offers(self._offers)
        self.hole.show_offers(self._offers)
        self.offers.show_offers(board.offers)
        self._show_rows()

    def _show_holes(self, holes: tuple[HoleLine, ...]) -> None:
        self._holes = holes
        self._show_rows()

    def _show_rows(self) -> None:
        rows: list[_Row] = []
        if self._holes:
            rows += [_Head(tr("Times that came free")), *self._holes]
        if self._board.entries:
            count = len(self._board.entries)
            rows += [
                _Head(counted(count, "{count} person waits", "{count} people wait")),
                *self._board.entries,
            ]
        self.model.show(rows)
        self._choose_wanted()
        if self.list.current() is None and self._board.entries:
            self.list.choose(_key(self._board.entries[0]))
        if not rows:
            self.detail.setCurrentWidget(self.nothing)

    def _choose_wanted(self) -> None:
        if self._wanted_key is not None and self.list.choose(self._wanted_key):
            self._wanted_key = None

    def _chose(self, chosen: _Row | None) -> None:
        if isinstance(chosen, EntryLine):
            self.entry.show_entry(chosen)
            self.detail.setCurrentWidget(self.entry)
            self.patient_chosen.emit(chosen.patient_id)
        elif isinstance(chosen, HoleLine):
            self.hole.show_hole(chosen)
            self.detail.setCurrentWidget(self.hole)

    def _look(self, shown: _Row) -> Item:
        if isinstance(shown, _Head):
            return Item(shown.words, is_head=True)
        if isinstance(shown, HoleLine):
            return _hole_item(shown)
        return entry_item(shown, self._offers.get(shown.id), self.desk.local_now)

    def _tick(self) -> None:
        """Offers run out by the clock alone; nothing is asked."""
        if self.isVisible():
            self.list.viewport().update()
            self.offers.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the rows alone say what was offered."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self.offers.setVisible(not is_narrow)
        self._side.setFixedWidth(theme().px(_SLIM_LIST if is_narrow else _LIST))

    # -- what is done ---------------------------------------------------------

    def _opened(self, chosen: _Row | None) -> None:
        if isinstance(chosen, EntryLine):
            self.offer(chosen, None)
        elif isinstance(chosen, HoleLine):
            self.hole.people.setFocus()

    def offer(self, entry: EntryLine, fit: FitView | None) -> None:
        """Offers this time, or the first that fits; goes on with an offer that stands."""
        standing = self._offers.get(entry.id)
        is_standing = stands(standing, self.desk.local_now)
        if self.desk.may(_BOOK) and (is_standing or fit is not None or entry.fit is not None):
            OfferDialog(self, self.desk, entry, self.told.emit, fit=fit, standing=standing).open()

    def _take_up_offer(self, offer: OfferLine) -> None:
        entry = next((each for each in self._board.entries if each.id == offer.entry_id), None)
        if entry is not None and stands(offer, self.desk.local_now):
            OfferDialog(self, self.desk, entry, self.told.emit, standing=offer).open()
        elif entry is not None:
            self.list.choose(_key(entry))

    def add_somebody(self) -> None:
        if self.desk.may(_BOOK):
            WaitlistDialog(self, self.desk, self.told.emit).open()

    def edit(self, entry: EntryLine) -> None:
        if self.desk.may(_BOOK):
            WaitlistDialog(self, self.desk, self.told.emit, entry_id=entry.id).open()

    def withdraw(self, entry: EntryLine) -> None:
        """Asks why, then takes somebody off; the status bar can put them back."""
        if self.desk.may(_BOOK):
            _WithdrawDialog(self, self.desk, entry).open()

    def _edit_chosen(self) -> None:
        chosen = self.list.current()
        if isinstance(chosen, EntryLine) and self.list.hasFocus():
            self.edit(chosen)

    def _withdraw_chosen(self) -> None:
        chosen = self.list.current()
        if isinstance(chosen, EntryLine) and self.list.hasFocus():
            self.withdraw(chosen)


class _WithdrawDialog(Dialog):
    """Why somebody waits no more."""

    def __init__(self, page: WaitlistPage, desk: Desk, entry: EntryLine) -> None:
        super().__init__(
            page,
            tr("Take {name} off the waitlist?", name=entry.spoken),
            tr("A time that is kept for them is free again. Undo puts them back in the old place."),
            icon="user-minus",
            icon_color="text-2",
        )
        self._page, self._desk, self._entry = page, desk, entry
        self.reason = TextEdit(hint=tr("Was seen elsewhere"))
        form = Form()
        form.add("reason", tr("Why"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Keep on the list"), keys="Esc")
        self.add_verb(tr("Take off"), self._withdraw, kind="primary", keys="Return", closes=False)
        self.reason.setFocus()

    def _withdraw(self) -> None:
        self._desk.do(
            self,
            self._withdrawn,
            waitlist_entries.withdraw,
            entry_id=self._entry.id,
            reason=self.reason.value(),
            version=self._entry.version,
        )

    def _withdrawn(self, _: None) -> None:
        self.accept()
        self._page.told.emit(tr("Took {name} off the waitlist", name=self._entry.spoken))


def _key(shown: _Row) -> tuple[str, object]:
    if isinstance(shown, EntryLine):
        return "entry", shown.id
    if isinstance(shown, HoleLine):
        return "hole", (shown.hole.provider_id, shown.hole.starts)
    return "head", shown.words


def _hole_item(line: HoleLine) -> Item:
    fitting: Sequence[Words] = (Words(tr("Nobody on the list fits"), "text-3", "circle-dashed"),)
    if line.fitting:
        words = f"{counted(line.fitting, '{count} fits', '{count} fit')}: {line.first}"
        fitting = (Words(words, "accent-text", "corner-down-right"),)
    return Item(
        title=line.said_time,
        lines=((Words(tr("{minutes} min", minutes=line.minutes)), *fitting),),
        icon="calendar-x-2",
        trailing=Words(line.why, "text-3"),
    )
