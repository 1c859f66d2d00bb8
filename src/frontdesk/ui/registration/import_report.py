"""What became of a file: registered, here already, set aside, and each refused line with its reason."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QSizePolicy, QWidget

from frontdesk.formats import refused_lines
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.services.registration.patient_import import ImportReport
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr


class ImportReportView(Panel):
    """The progress while lines are read, then the figures and the refused lines."""

    back_wanted = Signal()
    """Back to the columns."""
    import_wanted = Signal()
    review_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._report: ImportReport | None = None
        self.head = Label("", "section")
        self.figures = Label("", "body", "text-2")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Lines read"))
        self.stop = Button(tr("Stop"), icon="x")
        self.stop.clicked.connect(self.stop_wanted)
        self.notice = Banner("info")
        self.model = TableModel[RefusedLine](
            [
                Column("Line", lambda each: str(each.line), width=64, align="right"),
                Column("Why it was refused", lambda each: each.reason),
            ],
            key=lambda each: each.line,
        )
        self.table = Table(self.model, says=tr("Refused lines, each with its reason"))
        self.save = Button(tr("Save refused lines…"), icon="save")
        self.save.clicked.connect(self.save_refused)
        self.back = Button(tr("Columns"), icon="arrow-left")
        self.back.clicked.connect(self.back_wanted)
        self.review = Button(tr("Look at those set aside"), icon="users")
        self.review.clicked.connect(self.review_wanted)
        self.go_on = Button(tr("Import"), "primary", icon="file-input", keys="Ctrl+Enter")
        self.go_on.clicked.connect(self.import_wanted)
        holder = QWidget()
        holder.setLayout(column(self.table, gap=0))
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setLayout(
            column(
                self.banner,
                row(self.head, None, margins=(14, 12, 14, 0)),
                row(self.figures, None, margins=(14, 2, 14, 8)),
                row(self.progress, self.stop, margins=(14, 0, 14, 8)),
                self.notice,
                holder,
                Frame(
                    "foot",
                    wrapped(self.back, self.save, None, self.review, self.go_on, margins=(14, 8, 14, 8)),
                ),
                gap=0,
            )
        )

    def show_progress(self, done: int, of: int, *, is_dry_run: bool) -> None:
        """Reading; nothing can be chosen but to stop."""
        self.head.setText(tr("Trying out") if is_dry_run else tr("Importing"))
        self.figures.setText(tr("{done} of {of} lines", done=done, of=of) if of else tr("Reading the file"))
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        for widget in (self.save, self.back, self.review, self.go_on, self.table):
            set_shown(widget, False)
        self.notice.say("info", "")
        set_shown(self.progress, True)
        set_shown(self.stop, not is_dry_run)

    def show_report(self, report: ImportReport, *, is_dry_run: bool, was_stopped: bool = False) -> None:
        """The figures; after a dry run the import itself is one key away."""
        self._report = report
        registered = (
            counted(
                report.registered,
                "{count} patient would be registered",
                "{count} patients would be registered",
            )
            if is_dry_run
            else counted(report.registered, "{count} patient registered", "{count} patients registered")
        )
        self.head.setText(registered)
        self.figures.setText(
            tr(
                "{here} here already · {aside} look like somebody who is registered · {refused} refused",
                here=report.already_here,
                aside=report.for_review,
                refused=len(report.refused),
            )
        )
        if is_dry_run:
            words = tr("Nothing was written. Import takes over the sound lines; refused lines stay out.")
        elif was_stopped:
            words = tr("Stopped. What was registered is kept; import the file again to go on.")
        else:
            words = ""
        self.notice.say("info", words)
        self.model.show(report.refused)
        set_shown(self.progress, False)
        set_shown(self.stop, False)
        set_shown(self.table, bool(report.refused))
        set_shown(self.save, bool(report.refused))
        set_shown(self.back, True)
        set_shown(self.go_on, is_dry_run)
        set_shown(self.review, bool(report.for_review) and not is_dry_run)

    def save_refused(self) -> None:
        """Line and reason as CSV, to be mended beside the file."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save refused lines"), "refused.csv", tr("CSV (*.csv)")
        )
        if chosen and self._report is not None:
            self.desk.run(self, self._saved, refused_lines.save, Path(chosen), self._report.refused)

    def _saved(self, lines: int) -> None:
        self.told.emit(counted(lines, "Saved {count} refused line", "Saved {count} refused lines"))
