"""Paper charts: the day's pull list, what is out now, and what is missing."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import us_time
from frontdesk.services.records import misfiled, movements, paper_rule, volumes
from frontdesk.services.records.misfiled import Spot
from frontdesk.services.records.paper_rule import FilingOrder, Paper
from frontdesk.services.records.volumes import PaperChart
from frontdesk.services.records.whereabouts import Place, Volume
from frontdesk.services.visit import pull_list, pull_sheet
from frontdesk.services.visit.pull_list import PullLine, PullList, PullState, Scanned
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.records import pull_columns
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.index_dialog import IndexDialog
from frontdesk.ui.records.label_dialog import LabelDialog, print_new
from frontdesk.ui.records.packet_dialog import PacketDialog, open_day_packet
from frontdesk.ui.records.pull_bar import MISSING, OUT_NOW, PULL, PullBar
from frontdesk.ui.records.volume_dialogs import HandDialog, NoteDialog, OpenVolumeDialog, ShelfDialog
from frontdesk.ui.records.volume_panel import VolumePanel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

OPEN_VOLUME: Final = "open_volume"
"""The name of the action that opens a volume for the patient in focus."""
_FILE: Final = "records.file"
_SETUP: Final = "visit.edit_setup"
_NARROW, _NARROWER = 1320, 760
"""Design pixels below which a table leaves out what its detail says, and the detail itself."""


class PaperChartsPage(RecordsTabPage):
    """Enter is the next step of a volume; a scanned barcode is one too, wherever the volume is."""

    title = "Paper charts"
    part = "paper_charts"
    topics = frozenset(
        {"chart_volume", "volume_look", "paper_rule", "pull_list_print", "appointment", "patient"}
    )
    shows_patient = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown: PullList | None = None
        self._said = ""
        self._has_detail = True
        self.bar = PullBar(desk.today)
        self.bar.turned.connect(self._turned)
        self.bar.scanned.connect(self.send_scan)
        self.bar.printing.clicked.connect(self.print_list)
        self.bar.packets.clicked.connect(self.packets)
        self.pulls = TableModel[PullLine](pull_columns.pull_columns(), key=lambda line: line.volume.volume_id)
        self.outs = TableModel[Volume](
            pull_columns.out_columns(desk.today), key=lambda volume: volume.volume_id
        )
        self.missed = TableModel[Volume](
            pull_columns.missing_columns(desk.today), key=lambda volume: volume.volume_id
        )
        self.pull_table = Table(self.pulls, says=tr("Charts to pull, in shelf order"))
        self.out_table = Table(self.outs, says=tr("Charts that are out, overdue first"))
        self.missing_table = Table(self.missed, says=tr("Missing charts"))
        self.pull_table.chosen.connect(self._chose_line)
        self.pull_table.opened.connect(self.step)
        self.out_table.chosen.connect(self._chose)
        self.out_table.opened.connect(self._opened_out)
        self.missing_table.chosen.connect(self._chose)
        self.missing_table.opened.connect(self._opened_missing)
        self.nothing = EmptyState("folder-open", "")
        self.nothing.acted.connect(self._keep_paper)
        self.stack = QStackedWidget()
        for each in (self.pull_table, self.out_table, self.missing_table, self.nothing):
            self.stack.addWidget(each)
        self.detail = VolumePanel(self)
        self.detail.hand_wanted.connect(self.hand)
        self.detail.back_wanted.connect(self.bring_back)
        self.detail.note_wanted.connect(self.note)
        self.detail.label_wanted.connect(self.label)
        self.detail.shelf_wanted.connect(self.shelf)
        self.detail.index_wanted.connect(self.index)
        self.detail.ticked.connect(self.tick)
        body = row(self.stack, self.detail, gap=0)
        body.setStretchFactor(self.stack, 1)
        self.set_content(Frame("surface", column(self.bar, body, gap=0)))
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Chart")),
            Key("Return", tr("Next step")),
            Key("/", tr("Scan a barcode"), self.bar.to_scan),
            Key("H", tr("Check out or hand over"), partial(self._letter, self.hand)),
            Key("R", tr("Return or refile"), partial(self._letter, self.bring_back)),
            Key("M", tr("Missing or found"), partial(self._letter, self.note)),
            Key("L", tr("Label"), partial(self._letter, self.label)),
            Key("S", tr("Shelf"), partial(self._letter, self.shelf)),
            Key("I", tr("What is on paper"), partial(self._letter, self.index)),
            Key("P", tr("Preparation packet"), partial(self._letter, self.packet)),
            Key("PgUp", tr("Day before"), partial(self.bar.turn, -1)),
            Key("PgDown", tr("Next day"), partial(self.bar.turn, 1)),
            Key("Ctrl+T", tr("Today"), self.to_today),
            Key("Ctrl+1", tr("Pull list"), partial(self.show_view, PULL)),
            Key("Ctrl+2", tr("Out now"), partial(self.show_view, OUT_NOW)),
            Key("Ctrl+3", tr("Missing"), partial(self.show_view, MISSING)),
            Key("Ctrl+P", tr("Print list"), self.print_list),
            Key("Ctrl+Shift+P", tr("Preparation packets of the day"), self.packets),
        )

    def panes(self) -> tuple[QWidget, ...]:
        beside = self.detail.spots if self.bar.view.value() == MISSING else self.detail.hand
        return (self.bar.scan, beside, self._table())

    def home(self) -> QWidget:
        return self._table()

    def open_with(self, errand: Errand) -> None:
        """The list of a day; or a new volume for a patient, with its label."""
        if errand.starts is not None:
            self.bar.day = errand.starts.date()
        self.show_view(PULL)
        if errand.act == OPEN_VOLUME and errand.patient_id is not None:
            then = partial(self._open_volume, errand.patient_id)
            self.desk.ask(self, then, volumes.paper_chart, patient_id=errand.patient_id)

    def _open_volume(self, patient_id: int, chart: PaperChart) -> None:
        if chart.keeps_paper:
            label = partial(print_new, self)
            OpenVolumeDialog(self, self.desk, patient_id, chart.home, label).open()

    def reload(self) -> None:
        super().reload()
        view = self.bar.view.value()
        self.desk.ask(self, self.bar.show_takers, movements.takers)
        if view == OUT_NOW:
            self.desk.ask(self, self._show_out, pull_list.out_now)
        elif view == MISSING:
            self.desk.ask(self, self._show_missing, misfiled.missing)
        else:
            self.desk.ask(
                self,
                self._show_pulls,
                pull_list.pull_list,
                day=self.bar.day,
                provider_id=self.bar.provider_id,
                all_volumes=self.bar.all_volumes.isChecked(),
            )

    # -- what is shown ------------------------------------------------------------

    def show_view(self, view: str) -> None:
        self.bar.show_view(view)
        self._turned()
        self._table().setFocus(Qt.FocusReason.OtherFocusReason)

    def to_today(self) -> None:
        self.bar.go_to(self.desk.today)

    def _turned(self) -> None:
        self.bar.refresh()
        self.clear_complaints()
        self.detail.show_volume(None)
        self.reload()

    def _show_pulls(self, shown: PullList) -> None:
        self._shown = shown
        self.pulls.show(shown.lines)
        if not shown.keeps_paper:
            self.nothing.say(
                "folder-open",
                tr("This office keeps no paper charts"),
                tr("Once it does, the shelves, the pull list and the labels are here."),
                action=tr("Keep paper charts") if self.desk.may(_SETUP) else "",
            )
        else:
            none = tr("Nobody with a paper chart has a visit on this day.")
            self.nothing.say("folder-check", tr("No chart is needed"), none)
        is_filled = bool(shown.lines)
        self.bar.show_count(_counted(shown), keeps_paper=shown.keeps_paper, can_print=is_filled)
        self._fill(self.pull_table, is_filled)

    def _show_out(self, found: tuple[Volume, ...]) -> None:
        self.outs.show(found)
        self.nothing.say("folder-check", tr("Every chart is on its shelf"), "")
        self.bar.show_count(counted(len(found), "1 chart out", "{count} charts out") if found else "")
        self._fill(self.out_table, bool(found))

    def _show_missing(self, found: tuple[Volume, ...]) -> None:
        self.missed.show(found)
        self.nothing.say("folder-check", tr("No chart is missing"), "")
        words = counted(len(found), "1 chart missing", "{count} charts missing")
        self.bar.show_count(words if found else "")
        self._fill(self.missing_table, bool(found))

    def _fill(self, table: "Table[PullLine] | Table[Volume]", is_filled: bool) -> None:
        self.stack.setCurrentWidget(table if is_filled else self.nothing)
        if is_filled and table.current() is None:
            table.choose_first()
        self._show_detail(self._volume())

    def _volume(self) -> Volume | None:
        """The chosen one of the view that is shown."""
        if self.stack.currentWidget() is self.nothing:
            return None
        if self.bar.view.value() == PULL:
            line = self.pull_table.current()
            return line.volume if line else None
        return (self.out_table if self.bar.view.value() == OUT_NOW else self.missing_table).current()

    def _table(self) -> "Table[PullLine] | Table[Volume]":
        lists = {OUT_NOW: self.out_table, MISSING: self.missing_table}
        return lists.get(self.bar.view.value(), self.pull_table)

    def _chose_line(self, line: PullLine | None) -> None:
        self._chose(line.volume if line else None)

    def _chose(self, volume: Volume | None) -> None:
        if volume is not None:
            self._show_detail(volume)
            self.patient_chosen.emit(volume.patient_id)

    def _show_detail(self, volume: Volume | None) -> None:
        self.detail.show_volume(volume)
        set_shown(self.detail, volume is not None and self._has_detail)

    # -- what is done -------------------------------------------------------------

    def step(self, line: PullLine) -> None:
        """The next state of the list; a missing chart is searched for."""
        if not self.desk.may(_FILE):
            return
        if line.state is PullState.MISSING:
            self.show_view(MISSING)
            self.missing_table.choose(line.volume.volume_id)
            return
        self.clear_complaints()
        self._said = line.volume.label
        given = {"volume_id": line.volume.volume_id, "version": line.volume.version}
        self.desk.do(self, self._stepped, pull_list.step, day=self.bar.day, **given)

    def send_scan(self, barcode: str) -> None:
        """What the scanner typed."""
        self.clear_complaints()
        self.desk.do(self, self._scanned, pull_list.scan, barcode=barcode, day=self.bar.day)

    def hand(self) -> None:
        volume = self._volume()
        if volume is not None and self.detail.hand.isEnabled():
            HandDialog(self, self.desk, volume, self.told.emit).open()

    def bring_back(self) -> None:
        """Back in the file room, or from there onto its shelf."""
        volume = self._volume()
        if volume is None or not self.detail.back.isEnabled():
            return
        self.clear_complaints()
        self._said = volume.label
        given = {"volume_id": volume.volume_id, "version": volume.version}
        if volume.place is Place.TO_REFILE:
            self.desk.do(self, self._stepped, movements.refile, **given)
        else:
            self.desk.do(self, self._stepped, movements.bring_back, **given)

    def note(self) -> None:
        volume = self._volume()
        if volume is not None and self.detail.note.isEnabled():
            NoteDialog(self, self.desk, volume, self.told.emit).open()

    def label(self) -> None:
        volume = self._volume()
        if volume is not None:
            LabelDialog(self, self.desk, volume).open()

    def shelf(self) -> None:
        volume = self._volume()
        if volume is not None and self.detail.shelf.isEnabled():
            ShelfDialog(self, self.desk, volume, self.told.emit).open()

    def packet(self) -> None:
        """The electronic part of the chart, for the first visit that needs the volume."""
        line = self.pull_table.current() if self.bar.view.value() == PULL else None
        if line is not None and line.visits:
            PacketDialog(self, self.desk, line.visits[0].appointment_id).open()

    def packets(self) -> None:
        """Of every visit of the day that is still to come, of the chosen provider."""
        open_day_packet(self, self.desk, self.bar.day, self.bar.provider_id)

    def index(self) -> None:
        """What stands in it on paper, and what of the chart is electronic."""
        volume = self._volume()
        if volume is not None:
            IndexDialog(self, self.desk, volume, self.told.emit).open()

    def tick(self, spot: Spot) -> None:
        """Looked there, or not after all."""
        volume = self._volume()
        if volume is not None and self.desk.may(_FILE):
            act = misfiled.looked if spot.looked_at is None else misfiled.not_looked
            self.clear_complaints()
            self.desk.do(self, _ticked, act, volume_id=volume.volume_id, spot=spot.name)

    def print_list(self) -> None:
        """On paper as it stands; what is booked afterwards is a late add."""
        shown = self._shown
        if shown is None or not shown.lines or self.bar.view.value() != PULL:
            return
        dialog = PaperDialog(self, self.desk, tr("Charts to pull"), f"pull-list-{self.bar.day:%Y-%m-%d}.pdf")
        dialog.view.printed.connect(self._printed)
        dialog.open()
        self.desk.ask(
            dialog,
            dialog.show_pdf,
            pull_sheet.pull_list_pdf,
            day=self.bar.day,
            provider_id=self.bar.provider_id,
            all_volumes=self.bar.all_volumes.isChecked(),
        )

    def _printed(self, _pages: int = 0) -> None:
        if self._shown is not None:
            self.desk.do(
                self,
                self._noted,
                pull_list.note_print,
                day=self._shown.day,
                provider_id=self.bar.provider_id,
                volume_ids=tuple(line.volume.volume_id for line in self._shown.lines),
            )

    def _noted(self, _: int) -> None:
        self.told.emit(tr("Printed the pull list"))

    def _stepped(self, _: int) -> None:
        self.told.emit(tr("Moved {label}", label=self._said))

    def _scanned(self, scanned: Scanned) -> None:
        self.told.emit(scanned.said)
        self.pull_table.choose(scanned.volume_id)

    def _keep_paper(self) -> None:
        rule = Paper(True, FilingOrder.TERMINAL_DIGIT)
        self.desk.do(self, _ticked, paper_rule.set_rule, rule=rule, before=paper_rule.NONE)

    def _opened_out(self, _: Volume) -> None:
        self.bring_back()

    def _opened_missing(self, _: Volume) -> None:
        self.detail.spots.setFocus(Qt.FocusReason.OtherFocusReason)

    def _letter(self, act: Callable[[], None]) -> None:
        """A letter acts while a list has the focus; in a field it is a letter."""
        if self._table().hasFocus() or self.detail.spots.hasFocus():
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self._has_detail = self.width() >= theme().px(_NARROWER)
        set_shown(self.detail, self._has_detail and self.detail.volume is not None)
        for table, places in (
            (self.pull_table, (1, 5)),
            (self.out_table, (1, 3)),
            (self.missing_table, (1, 3)),
        ):
            for place in places:
                table.setColumnHidden(place, is_narrow)


def _counted(shown: PullList) -> str:
    """ "3 of 12 to pull, 1 late add, printed 7:30 AM by Dana B."."""
    if not shown.lines:
        return ""
    open_ones = sum(line.state is PullState.NEEDED for line in shown.lines)
    late = sum(line.is_late_add for line in shown.lines)
    words = [tr("{open} of {all} to pull", open=open_ones, all=len(shown.lines))]
    if late:
        words.append(counted(late, "1 late add", "{count} late adds"))
    if shown.printed_at is not None:
        words.append(tr("printed {at} by {name}", at=us_time(shown.printed_at), name=shown.printed_by))
    return ", ".join(words)


def _ticked(_: None) -> None:
    """The change comes back by its topic."""
