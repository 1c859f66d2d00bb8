"""A volume beside the lists: what is on its label, where it is, what can be done, and its log."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import misfiled, movements
from frontdesk.services.records.misfiled import Missing, Spot
from frontdesk.services.records.movements import OUT, Logged
from frontdesk.services.records.whereabouts import Place, Volume, when
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.records import volume_words
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class VolumePanel(SidePanel):
    """Follows the chosen row; for a missing volume it shows where to look, to be ticked off."""

    hand_wanted = Signal()
    back_wanted = Signal()
    note_wanted = Signal()
    label_wanted = Signal()
    shelf_wanted = Signal()
    index_wanted = Signal()
    ticked = Signal(object)
    """The `Spot` whose tick is turned."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        DetailWidth(self)
        self._page, self._desk = page, page.desk
        self._volume: Volume | None = None
        self._name = Label("", "section", wrap=True)
        self._number = Label("", "body", "text-2", wrap=True)
        self._state = Chip()
        head = QWidget()
        head.setLayout(column(row(self._name, self._state), self._number, gap=2, margins=(14, 12, 14, 12)))
        self.set_head(head)
        self._facts = Facts()
        facts = Section(tr("Where it is"))
        facts.add(self._facts)
        self.hand = Button(tr("Check out"), icon="folder-output", keys="H")
        self.back = Button(tr("Return"), icon="undo-2", keys="R")
        self.note = Button(tr("Missing"), icon="folder-search", keys="M")
        self.label = Button(tr("Label"), icon="tag", keys="L")
        self.shelf = Button(tr("Shelf"), icon="library-big", keys="S")
        self.index = Button(tr("Index"), icon="list-tree", keys="I")
        for button, signal in (
            (self.hand, self.hand_wanted),
            (self.back, self.back_wanted),
            (self.note, self.note_wanted),
            (self.label, self.label_wanted),
            (self.shelf, self.shelf_wanted),
            (self.index, self.index_wanted),
        ):
            button.clicked.connect(signal)
        self._looks: ListModel[Spot] = ListModel(self._spot_item, key=lambda spot: spot.name)
        self.spots = RowList(self._looks, says=tr("Where to look"))
        self.spots.opened.connect(self.ticked)
        self._search = Section(tr("Where to look: Enter ticks"))
        self._progress = Label("", "secondary", "text-2", wrap=True)
        self._search.add(self._progress)
        self._search.add(self.spots)
        self._moves: ListModel[Logged] = ListModel(self._move_item, key=lambda line: line.move_id)
        self.moves = RowList(self._moves, says=tr("Moves of this volume"))
        self._none = Label(tr("It has not been moved yet."), "secondary", "text-3")
        log = Section(tr("Moves"))
        log.add(self._none)
        log.add(self.moves)
        for section in (facts, self._search, log):
            self.add(section)
        self._foot = Frame(
            "foot",
            column(
                row(self.hand, self.back, gap=6),
                row(self.note, self.index, gap=6),
                row(self.label, self.shelf, gap=6),
                gap=6,
                margins=(12, 8, 12, 8),
            ),
        )
        self.set_foot(self._foot)
        self.show_volume(None)

    @property
    def volume(self) -> Volume | None:
        return self._volume

    def show_volume(self, volume: Volume | None) -> None:
        """Another volume, or the same as it stands now."""
        self._volume = volume
        set_shown(self, volume is not None)
        if volume is None:
            return
        today = self._desk.today
        self._name.setText(volume.patient)
        self._number.setText(tr("{label}. Born {date}", label=volume.label, date=us_date(volume.born_on)))
        self._state.show_state(*volume_words.place_look(volume))
        facts = [(tr("Shelf"), volume.home), (tr("Now"), volume.where[:1].upper() + volume.where[1:])]
        if volume.out_since is not None and volume.place is not Place.MISSING:
            since = f"{when(volume.out_since, today)}, {volume.out_by}"
            facts.append((tr("Out since"), since))
        if volume.out_for:
            facts.append((tr("For"), volume.out_for))
        if volume.due_on is not None:
            facts.append((tr("Back by"), us_date(volume.due_on)))
        facts.append((tr("Barcode"), volume.barcode))
        self._facts.show_facts(tuple(facts))
        may = self._desk.may("records.file") and volume.place is not Place.DESTROYED
        is_missing = volume.place is Place.MISSING
        self.hand.setText(tr("Hand over") if volume.place in OUT else tr("Check out"))
        self.hand.setEnabled(may and not is_missing)
        self.back.setText(tr("Refile") if volume.place is Place.TO_REFILE else tr("Return"))
        self.back.setEnabled(may and volume.place not in (Place.SHELF, Place.MISSING))
        self.note.setText(tr("Found") if is_missing else tr("Missing"))
        self.note.setEnabled(may)
        self.shelf.setEnabled(may)
        set_shown(self._search, is_missing)
        self._desk.ask(self._page, self._show_log, movements.log, volume_id=volume.volume_id, limit=20)
        if is_missing:
            self._desk.ask(self._page, self._show_search, misfiled.search, volume_id=volume.volume_id)

    def _show_log(self, log: tuple[Logged, ...]) -> None:
        self._moves.show(log)
        _fit(self.moves)
        set_shown(self.moves, bool(log))
        set_shown(self._none, not log)

    def _show_search(self, found: Missing) -> None:
        if self._volume is None or found.volume.volume_id != self._volume.volume_id:
            return
        self._looks.show(found.spots)
        _fit(self.spots)
        looked = tr("{looked} of {all} places looked at.", looked=found.looked, all=len(found.spots))
        self._progress.setText(f"{found.note}. {looked}" if found.note else looked)

    def _spot_item(self, spot: Spot) -> Item:
        is_done = spot.looked_at is not None
        by = ""
        if spot.looked_at is not None:
            by = tr("{name}, {when}", name=spot.looked_by, when=when(spot.looked_at, self._desk.today))
        return Item(
            spot.where,
            lines=((Words(spot.why, "text-3"), *([Words(by, "text-3")] if by else [])),),
            icon="square-check" if is_done else "square",
            icon_color="ok" if is_done else "text-2",
        )

    def _move_item(self, line: Logged) -> Item:
        lines = [(Words(tr("by {name}", name=line.by), "text-3"),)]
        if line.note:
            lines.append((Words(line.note),))
        return Item(
            volume_words.move_words(line),
            lines=tuple(lines),
            trailing=Words(when(line.at, self._desk.today), "text-3"),
        )


def _fit(rows: "RowList[Logged] | RowList[Spot]") -> None:
    rows.setFixedHeight(rows.height_of_all() + 2 * rows.frameWidth() + theme().px(2))
