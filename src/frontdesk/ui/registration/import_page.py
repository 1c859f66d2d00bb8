"""Patients from another system's file: its columns, a dry run, the import, what is decided by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from frontdesk.formats.patient_columns import PatientFile, look_at
from frontdesk.formats.patient_csv import PatientLine
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.registration import import_layouts, patient_import
from frontdesk.services.registration.import_layouts import LayoutDraft
from frontdesk.services.registration.patient_file import FileLines, lines_of
from frontdesk.services.registration.patient_import import ImportReport
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.page import Key
from frontdesk.ui.registration.import_columns import ImportColumns
from frontdesk.ui.registration.import_report import ImportReportView
from frontdesk.ui.registration.import_review import ImportReview
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import tr


class ImportPage(FrontWorklistPage):
    """A file is dropped or chosen; what waits from earlier files is shown until then."""

    title = "Import patients"
    part = "patient_import"
    permission = "registration.import"
    topics = frozenset({"import_review"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._file: PatientFile | None = None
        self._found: FileLines | None = None
        self._batches: Iterator[tuple[PatientLine, ...]] = iter(())
        self._report = ImportReport(0, 0, ())
        self._done, self._is_stopped = 0, False
        self.setAcceptDrops(True)
        choose = Button(tr("Choose a file"), icon="file-up", keys="Ctrl+O")
        choose.clicked.connect(self.choose_file)
        self.toolbar.add(choose)
        self.nothing = EmptyState(
            "file-up",
            tr("Drop a CSV file here"),
            tr("Patients of another system, one to a line. Nothing is written before you have looked at it."),
            action=tr("Choose a file…"),
        )
        self.nothing.acted.connect(self.choose_file)
        self.columns = ImportColumns()
        self.columns.tried.connect(self.try_out)
        self.columns.wanted.connect(self.start)
        self.report = ImportReportView(desk)
        self.report.back_wanted.connect(self.show_columns)
        self.report.import_wanted.connect(self.start)
        self.report.review_wanted.connect(self.show_review)
        self.report.stop_wanted.connect(self.stop)
        self.review = ImportReview(desk)
        self.review.counted.connect(self._show_what_waits)
        for part in (self.report, self.review):
            part.told.connect(self.told)
        self.review.patient_chosen.connect(self.patient_chosen)
        self._stack = QStackedWidget()
        for view in (self.review, self.nothing, self.columns, self.report):
            self._stack.addWidget(view)
        self.set_content(Frame("surface", column(self._stack, gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+O", tr("Choose a file"), self.choose_file),
            Key("Ctrl+T", tr("Try out"), self.try_out),
            Key("Ctrl+Return", tr("Import"), self.start),
            Key("S", tr("Same patient"), lambda: self._decide("same")),
            Key("N", tr("Somebody else"), lambda: self._decide("somebody_else")),
            Key("O", tr("Leave out"), lambda: self._decide("leave_out")),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.review.table, self.review.alike, self.columns.table, self.report.table)

    # -- the file -----------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks for a CSV file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Import patients"), "", tr("Lists (*.csv *.tsv *.txt);;All files (*)")
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Looks at the file; nothing is written."""
        self.clear_complaints()
        self.desk.run(self, self._looked, look_at, path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(files) == 1:
            self.take_in(files[0])
        else:
            self.complain(tr("Drop one file at a time."))

    def show_columns(self) -> None:
        """Back to what each column means."""
        self._stack.setCurrentWidget(self.columns)

    def show_review(self) -> None:
        """The lines that were set aside."""
        self._stack.setCurrentWidget(self.review)
        self.review.table.setFocus()

    def _looked(self, file: PatientFile) -> None:
        self._file = file
        self.desk.ask(self, self._show_columns, import_layouts.remembered, header_sha256=file.fingerprint)

    def _show_columns(self, kept: LayoutDraft | None) -> None:
        if self._file is not None:
            self.columns.show_file(self._file, kept)
            self._stack.setCurrentWidget(self.columns)
            self.columns.system.setFocus()

    def _show_what_waits(self, count: int) -> None:
        if self._stack.currentWidget() in (self.review, self.nothing):
            self._stack.setCurrentWidget(self.review if count else self.nothing)

    # -- dry run and import -------------------------------------------------------

    def try_out(self) -> None:
        """What would become of every line."""
        self._begin(is_dry_run=True)

    def start(self) -> None:
        """Registers the sound lines, batch after batch; each batch is kept once it is done."""
        self._begin(is_dry_run=False)

    def stop(self) -> None:
        """After the batch that is under way."""
        self._is_stopped = True

    def _begin(self, *, is_dry_run: bool) -> None:
        if self._file is None or self._stack.currentWidget() not in (self.columns, self.report):
            return
        self.clear_complaints()
        self.columns.form.clear_errors()
        then = self._read_to_try if is_dry_run else self._read_to_import
        self.desk.do(
            self,
            lambda _: self._read(then),
            import_layouts.remember,
            header_sha256=self._file.fingerprint,
            layout=self.columns.draft(),
        )

    def _read(self, then: Callable[[FileLines], None]) -> None:
        if self._file is not None:
            self._stack.setCurrentWidget(self.report)
            self.report.show_progress(0, 0, is_dry_run=then == self._read_to_try)
            self.desk.run(self, then, lines_of, self._file, self.columns.draft().layout_for(self._file))

    def _read_to_try(self, found: FileLines) -> None:
        self.report.show_progress(0, len(found.lines), is_dry_run=True)
        self.desk.ask(
            self,
            lambda report: self.report.show_report(found.report.plus(report), is_dry_run=True),
            patient_import.try_out,
            system=self.columns.draft().system,
            lines=found.lines,
        )

    def _read_to_import(self, found: FileLines) -> None:
        self._found, self._batches, self._report = found, found.batches(), found.report
        self._done, self._is_stopped = 0, False
        self._next_batch()

    def _next_batch(self) -> None:
        assert self._found is not None
        batch = () if self._is_stopped else next(self._batches, ())
        if not batch:
            self.report.show_report(self._report, is_dry_run=False, was_stopped=self._is_stopped)
            self._told_of(self._report)
            return
        self.report.show_progress(self._done, len(self._found.lines), is_dry_run=False)
        self._done += len(batch)
        self.desk.do(
            self,
            self._batch_done,
            patient_import.take_over,
            system=self.columns.draft().system,
            lines=batch,
        )

    def _batch_done(self, report: ImportReport) -> None:
        self._report = self._report.plus(report)
        self._next_batch()

    def _told_of(self, report: ImportReport) -> None:
        self.told.emit(tr("Imported {count} patients", count=report.registered))

    def refused(self, error: FrontdeskError) -> None:
        """Back to the columns, where what is wrong can be mended; batches that were done are kept."""
        if self._stack.currentWidget() is self.report:
            self._stack.setCurrentWidget(self.columns)
        super().refused(error)

    def _decide(self, act: Literal["same", "somebody_else", "leave_out"]) -> None:
        if self._stack.currentWidget() is self.review:
            {
                "same": self.review.same,
                "somebody_else": self.review.somebody_else,
                "leave_out": self.review.leave_out,
            }[act]()
