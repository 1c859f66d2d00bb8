"""The card "Paper chart" below the parts of a chart: where its newest volume is, since when, for whom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from frontdesk.services.records import movements, volumes
from frontdesk.services.records.volumes import NewVolume, PaperChart
from frontdesk.services.records.whereabouts import Place, Volume
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records import volume_words
from frontdesk.ui.records.label_dialog import LabelDialog, print_new
from frontdesk.ui.records.volume_dialogs import HandDialog, NoteDialog, OpenVolumeDialog
from frontdesk.ui.text import tr

_VERBS = {
    Place.SHELF: ("Check out", ""),
    Place.TO_REFILE: ("Refile", "folder-check"),
    Place.MISSING: ("Found", "folder-check"),
}
_FILE = "records.file"


class PaperCard(Panel):
    """Shown with a chart in an office that keeps paper; one verb for the next step, and the label."""

    topics = frozenset({"chart_volume", "paper_rule"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._done_words = ""
        self._shown = PaperChart(False, (), "")
        self.state = Chip()
        self.which: Combo[int] = Combo()
        self.which.setAccessibleName(tr("Volume"))
        self.which.chosen.connect(self._fill)
        self.home = Label("", "strong", wrap=True)
        self.pulled = Label("", "secondary", "text-2", wrap=True)
        self.now = Label("", "body", wrap=True)
        self._arrow = IconLabel("arrow-right", "text-2", 14)
        self.act = Button("", height="small")
        self.act.clicked.connect(self.do_next)
        self.label = Button(tr("Label"), icon="tag", height="small")
        self.label.clicked.connect(self.print_label)
        self.open_button = Button(tr("Open volume"), icon="folder-plus", height="small")
        self.open_button.clicked.connect(self.open_volume)
        head = row(Label(tr("Paper chart"), "caption", "text-3"), None, self.state, gap=6)
        head.setAlignment(self.state, Qt.AlignmentFlag.AlignVCenter)
        where = QHBoxLayout()
        where.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        where.addWidget(self.now, 1)
        self._card = Frame(
            "card-subtle",
            column(
                head,
                self.which,
                self.home,
                self.pulled,
                where,
                self.banner,
                row(self.act, self.label, self.open_button, None, gap=6),
                gap=4,
                margins=(10, 8, 10, 10),
            ),
        )
        self._card.setAccessibleName(tr("Paper chart"))
        self.setLayout(column(self._card))
        set_shown(self, False)

    def show_patient(self, patient_id: int | None) -> None:
        """The card of this chart; none for the tray."""
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self._shown = PaperChart(False, (), "")
            self._fill()
            self.complain("")
        self.reload()

    def reload(self) -> None:
        if self._patient_id is not None:
            self.desk.ask(self, self._show, volumes.paper_chart, patient_id=self._patient_id)

    def reload_soon(self) -> None:
        """A card without paper is hidden, and hears all the same that the office keeps paper now."""
        self.reload()

    @property
    def volume(self) -> Volume | None:
        """The one that is shown: the newest, unless another was chosen."""
        chosen = self.which.value()
        own = self._shown.volumes
        return next((each for each in own if each.volume_id == chosen), own[0] if own else None)

    def do_next(self) -> None:
        """Returned, refiled, found or checked out, as the volume stands."""
        volume = self.volume
        if volume is None:
            return
        self.complain("")
        if volume.place is Place.SHELF:
            HandDialog(self, self.desk, volume, self.told.emit).open()
        elif volume.place is Place.MISSING:
            NoteDialog(self, self.desk, volume, self.told.emit).open()
        elif volume.place is Place.TO_REFILE:
            self._done_words = tr("Refiled {label}", label=volume.label)
            given = {"volume_id": volume.volume_id, "version": volume.version}
            self.desk.do(self, self._moved, movements.refile, **given)
        else:
            self._done_words = tr("Brought back {label}", label=volume.label)
            given = {"volume_id": volume.volume_id, "version": volume.version}
            self.desk.do(self, self._moved, movements.bring_back, **given)

    def print_label(self) -> None:
        if self.volume is not None:
            LabelDialog(self, self.desk, self.volume).open()

    def open_volume(self) -> None:
        """The first volume of a chart, or the next."""
        if self._patient_id is not None:
            OpenVolumeDialog(self, self.desk, self._patient_id, self._shown.home, self._opened).open()

    def _moved(self, _: int) -> None:
        self.told.emit(self._done_words)

    def _opened(self, made: NewVolume) -> None:
        self.told.emit(tr("Opened {barcode}", barcode=made.barcode))
        print_new(self, made)

    def _show(self, shown: PaperChart) -> None:
        if self._patient_id is None:
            return
        self._shown = shown
        self.which.set_options(
            tuple(
                (each.volume_id, tr("Volume {number}, {label}", number=each.number, label=each.filed_as))
                for each in shown.volumes
            )
        )
        self._fill()

    def _fill(self) -> None:
        shown, volume, may = self._shown, self.volume, self.desk.may(_FILE)
        set_shown(self, shown.keeps_paper and (volume is not None or may))
        set_shown(self.which, len(shown.volumes) > 1)
        set_shown(self.open_button, volume is None and may)
        set_shown(self.act, volume is not None and may)
        set_shown(self.label, volume is not None)
        if volume is None:
            self.state.show_state("", "neutral")
            self.home.setText("")
            self.pulled.setText(tr("No volume yet."))
            for part in (self.now, self._arrow, self.home):
                set_shown(part, False)
            return
        self.state.show_state(*volume_words.place_look(volume))
        set_shown(self.home, True)
        self.home.setText(volume.home)
        closed = tr("Volume {number}, closed", number=volume.number) if volume.closed_on else ""
        self.pulled.setText(volume.pulled_words or closed)
        set_shown(self.pulled, bool(self.pulled.text()))
        self.now.setText(volume_words.now_words(volume, self.desk.today))
        for part in (self.now, self._arrow):
            set_shown(part, bool(self.now.text()))
        words, icon = _VERBS.get(volume.place, ("Return", "undo-2"))
        self.act.setText(tr(words))
        self.act.show_icon(icon)
