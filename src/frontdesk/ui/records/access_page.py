"""The Access part of Records: who opened, printed, copied, sent or changed what."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from frontdesk.kernel.text import us_time
from frontdesk.services.records import access_log
from frontdesk.services.records.access_log import AccessLine, AccessPage, AccessWanted, Kind, Person
from frontdesk.services.visit import access_marks
from frontdesk.services.visit.access_marks import Mark
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog, write_file
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.records.access_filter import AccessFilter
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_ICONS = {
    Kind.LOOKED: "eye",
    Kind.PRINTED: "printer",
    Kind.EXPORTED: "download",
    Kind.SENT: "send",
    Kind.CHANGED: "pencil",
}
_PATIENT, _DESK, _MARK = 3, 4, 5
_NO_DESK_BELOW, _NO_MARK_BELOW, _NO_PATIENT_BELOW = 1100, 840, 620
REPORT_DAYS = 365
"""How far back a patient's report goes where no first day is chosen."""


class AccessLogPage(RecordsTabPage):
    """The filter on top, the acts below it, newest first."""

    title = "Access"
    part = "access_log"
    permission = "records.access_log"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[AccessLine, ...] = ()
        self._marks: dict[int, Mark] = {}
        self._before: int | None = None
        self.report_button = Button(tr("Patient's report"), icon="file-text", keys="Ctrl+P")
        self.report_button.clicked.connect(self.make_report)
        self.save_button = Button(tr("Save as CSV…"), icon="download", keys="Ctrl+S")
        self.save_button.clicked.connect(self.choose_file)
        self.toolbar.add(self.report_button, self.save_button)
        self.filter = AccessFilter(desk)
        self.filter.changed.connect(self._look)
        self._model = TableModel[AccessLine](self._columns(), key=lambda line: line.entry_id)
        self.table = Table(self._model, says=tr("Who did what with a record"))
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.nothing = EmptyState(
            "shield-check", tr("Nothing was written down"), tr("Choose other days, or leave a field empty.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        self._count = Label("", "secondary", "text-2")
        self.older_button = Button(tr("Show older"), height="small")
        self.older_button.clicked.connect(self._show_older)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_people, access_log.people)
        self._look()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Entry")),
            Key("Enter", tr("Open the chart")),
            Key(
                "/", tr("Patient"), partial(self.filter.patient.setFocus, Qt.FocusReason.ShortcutFocusReason)
            ),
            Key("Ctrl+P", tr("Patient's report"), self.make_report),
            Key("Ctrl+S", tr("Save as CSV"), self.choose_file),
            Key("F5", tr("Look again"), self._look),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.filter.patient, self.filter.kind, self.table)

    def open_with(self, errand: Errand) -> None:
        """The log of one patient's record."""
        if errand.patient_id is not None:
            self.filter.show_patient(errand.patient_id)

    # -- what is shown --------------------------------------------------------------

    def _look(self) -> None:
        self.complain(self.filter.problem())
        if self.filter.problem():
            return
        set_shown(self.report_button, self.filter.wanted().patient_id is not None)
        self.desk.ask(self, self._show, access_log.acts, wanted=self.filter.wanted())

    def _show_older(self) -> None:
        if self._before is not None:
            self.desk.ask(
                self, self._show_more, access_log.acts, wanted=self.filter.wanted(), before=self._before
            )

    def _show(self, page: AccessPage) -> None:
        self._marks = {}
        self._take(page.lines, page)

    def _show_more(self, page: AccessPage) -> None:
        self._take((*self._lines, *page.lines), page)

    def _take(self, lines: tuple[AccessLine, ...], page: AccessPage) -> None:
        self._lines, self._before = lines, page.before
        self._model.show(lines)
        self._stack.setCurrentWidget(self.table if lines else self.nothing)
        set_shown(self.older_button, page.before is not None)
        said = counted(len(lines), "1 entry", "{count} entries")
        self._count.setText(tr("{said}, and older ones", said=said) if page.before is not None else said)
        if lines and self.table.current() is None:
            self.table.choose_first()
        self._chosen(self.table.current())
        self.desk.ask(self, self._show_marks, access_marks.marks, lines=page.lines)

    def _show_marks(self, marks: dict[int, Mark]) -> None:
        self._marks |= marks
        self._model.show(self._lines)

    def _show_people(self, people: tuple[Person, ...]) -> None:
        self.filter.show_people(people)

    def _chosen(self, line: AccessLine | None) -> None:
        self.patient_chosen.emit(line.patient_id if line is not None else self.filter.wanted().patient_id)

    # -- what people do ---------------------------------------------------------------

    def _to_patient(self) -> None:
        self.filter.patient.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def make_report(self) -> None:
        """The patient's own report, for the days of the filter; that it was made is in the log too."""
        wanted = self.filter.wanted()
        if wanted.patient_id is None:
            self.complain(tr("Choose the patient whose report it is."))
            return
        self.clear_complaints()
        until = wanted.until_on or self.desk.today
        start = wanted.from_on or until - timedelta(days=REPORT_DAYS)
        made = partial(self._show_report, wanted.patient_id, start, until)
        self.desk.do(
            self,
            made,
            access_log.note_print_report,
            patient_id=wanted.patient_id,
            from_on=start,
            until_on=until,
        )

    def _show_report(self, patient_id: int, from_on: date, until_on: date, _: None) -> None:
        dialog = PaperDialog(self, self.desk, tr("Who used the record"), "access-report.pdf")
        self.desk.ask(
            dialog,
            dialog.show_pdf,
            access_log.report_pdf,
            patient_id=patient_id,
            from_on=from_on,
            until_on=until_on,
        )
        dialog.open()

    def choose_file(self) -> None:
        """Ctrl+S: where the file goes."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save as CSV"), "access-log.csv", "CSV (*.csv)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """The acts that fit, as a file; that they were saved is written into the log first."""
        self.clear_complaints()
        wanted = self.filter.wanted()
        self.desk.do(self, partial(self._make_file, path, wanted), access_log.export, wanted=wanted)

    def _make_file(self, path: Path, wanted: AccessWanted, _: None) -> None:
        self.desk.ask(self, partial(self._write, path), access_log.as_csv, wanted=wanted)

    def _write(self, path: Path, file: bytes) -> None:
        self.desk.run(self, self._saved, write_file, path, file)

    def _saved(self, path: Path) -> None:
        self.told.emit(tr("Saved the access log as {path}", path=path))
        self._look()

    def _open(self, line: AccessLine) -> None:
        self.go.emit("records", Errand("chart", patient_id=line.patient_id))

    # -- looks --------------------------------------------------------------------

    def _columns(self) -> tuple[Column[AccessLine], ...]:
        return (
            Column(tr("When"), lambda line: f"{line.at:%m/%d/%y} {us_time(line.at)}", width=152),
            Column(tr("Who"), lambda line: Cell(line.who, "strong"), width=150),
            Column(tr("What was done"), lambda line: Cell(line.words, icon=_ICONS[line.kind])),
            Column(tr("Patient"), _patient, width=210),
            Column(tr("Desk"), lambda line: Cell(line.desk, color="text-2"), width=110),
            Column(tr("Unusual"), self._mark, width=190),
        )

    def _mark(self, line: AccessLine) -> Cell:
        mark = self._marks.get(line.entry_id)
        if mark is None:
            return Cell()
        if mark.same_name:
            return Cell(tr("Same last name"), tone="warn", icon="users-round")
        return Cell(tr("No visit within 30 days"), color="text-2")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_DESK, self.width() < theme().px(_NO_DESK_BELOW))
        self.table.setColumnHidden(_PATIENT, self.width() < theme().px(_NO_PATIENT_BELOW))
        self.table.setColumnHidden(_MARK, self.width() < theme().px(_NO_MARK_BELOW))

    def _build(self) -> None:
        honest = Label(
            tr(
                "From the log of acts: documents and forms opened, printed, copied or sent, and all changes. "
                "Looking at a list, the schedule or the patient panel is not written down."
            ),
            "secondary",
            "text-2",
            wrap=True,
        )
        line = row(self._count, self.older_button, None)
        foot = Frame("bar", column(line, honest, gap=4, margins=(12, 6, 12, 8)))
        whole = column(self.filter, self._stack, foot, gap=0)
        whole.setStretch(1, 1)
        self.set_content(Frame("surface", whole))


def _patient(line: AccessLine) -> Cell:
    others = tr("and {count} others", count=line.others) if line.others else line.chart_number
    return Cell(line.patient_name, detail=others)
