"""The missing superbills of the last days: by reason and provider, as a file and on paper."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import superbill_reports
from frontdesk.services.billing.superbill_reports import MissingReport, MissingWanted
from frontdesk.services.billing.superbills import Missing
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.label import Label, Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.paper_dialog import PaperDialog, write_file
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr

_DAYS = ((7, "Last 7 days"), (14, "Last 14 days"), (30, "Last 30 days"), (60, "Last 60 days"))
_WHY = (
    ("", "Every reason"),
    ("never issued", "Never issued"),
    ("not returned", "Not returned"),
    ("not entered", "Not entered"),
)


class MissingPanel(Panel):
    """A table with its filters; Enter opens the superbill, or issues the one that never was."""

    topics = frozenset({"superbill", "appointment", "charge_line"})
    opened = Signal(object)
    """The Missing that somebody wants to work on."""
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.days: Combo[int] = Combo(tuple((days, tr(words)) for days, words in _DAYS))
        self.days.setAccessibleName(tr("Days"))
        self.days.set_value(60)
        self.why: Combo[str] = Combo(tuple((why, tr(words)) for why, words in _WHY))
        self.why.setAccessibleName(tr("Why it is missing"))
        self.provider: Combo[str] = Combo((("", tr("All providers")),))
        self.provider.setAccessibleName(tr("Provider"))
        for combo in (self.days, self.why, self.provider):
            combo.setMinimumContentsLength(9)
            combo.chosen.connect(lambda _: self.reload())
        self._model = TableModel(_columns(desk), key=lambda row: row.appointment_id)
        self.table: Table[Missing] = Table(self._model, says=tr("Missing superbills"))
        self.table.opened.connect(self.opened)
        self._about = Label("", "secondary", "text-2")
        self._empty = EmptyState(
            "circle-check", tr("None is missing"), tr("Every visit of these days is charged.")
        )
        self.csv_button = Button(tr("Save as CSV…"), icon="download")
        self.csv_button.clicked.connect(self._choose_file)
        self.print_button = Button(tr("Print…"), icon="printer")
        self.print_button.clicked.connect(self._show_paper)
        self.numbers_button = Button(tr("Numbers…"), icon="list")
        self.numbers_button.setToolTip(tr("Every superbill number and what became of its sheet"))
        self.numbers_button.clicked.connect(self._show_numbers)
        close = IconButton("x", tr("Back to the superbill"), keys="Esc")
        close.clicked.connect(self.closed)
        head = row(
            Label(tr("Missing superbills"), "section"), self._about, None, close, margins=(14, 10, 10, 4)
        )
        verbs = wrapped(
            self.days,
            self.why,
            self.provider,
            None,
            self.numbers_button,
            self.csv_button,
            self.print_button,
            margins=(14, 4, 14, 10),
        )
        whole = column(head, self.banner, verbs, Rule(), self._empty, gap=0)
        whole.addWidget(self.table, 1)
        self.setLayout(whole)

    def wanted(self) -> MissingWanted:
        """What the filters say."""
        today = self.desk.today
        return MissingWanted(
            since=today - timedelta(days=self.days.value() or 60),
            until=today,
            why=self.why.value() or "",
            provider=self.provider.value() or "",
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, superbill_reports.missing, wanted=self.wanted())

    def begin(self) -> None:
        """The focus goes to the first line."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, report: MissingReport) -> None:
        if report.wanted != self.wanted():
            return
        chosen = self.table.current()
        self._model.show(report.rows)
        set_shown(self.table, bool(report.rows))
        set_shown(self._empty, not report.rows)
        if chosen is None or not self.table.choose(chosen.appointment_id):
            self.table.choose_first()
        names = tuple((name, f"{name} ({count})") for name, count in report.by_provider)
        self.provider.set_options((("", tr("All providers")), *names))
        why = ", ".join(f"{count} {tr(words)}" for words, count in report.by_why)
        visits = counted(len(report.rows), "{count} visit", "{count} visits")
        self._about.setText(tr("{visits}; in all {why}", visits=visits, why=why) if why else visits)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as CSV"), "missing-superbills.csv", "CSV (*.csv)"
        )
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """What is listed, as a file."""
        self.desk.ask(self, partial(self._write, path), superbill_reports.missing_csv, wanted=self.wanted())

    def _write(self, path: Path, content: bytes) -> None:
        self.desk.run(self, self._saved, write_file, path, content)

    def _saved(self, path: Path) -> None:
        self.told.emit(tr("Saved as {path}", path=path.name))

    def _show_paper(self) -> None:
        dialog = PaperDialog(self, self.desk, tr("Missing superbills"), "missing-superbills.pdf")
        dialog.open()
        self.desk.ask(dialog, dialog.show_pdf, superbill_reports.missing_pdf, wanted=self.wanted())

    def _show_numbers(self) -> None:
        wanted = self.wanted()
        dialog = PaperDialog(self, self.desk, tr("Superbill numbers"), "superbill-numbers.pdf")
        dialog.open()
        self.desk.ask(
            dialog,
            dialog.show_pdf,
            superbill_reports.numbers_pdf,
            since=wanted.since,
            until=wanted.until,
        )


def _columns(desk: Desk) -> tuple[Column[Missing], ...]:
    return (
        Column(tr("Visit"), lambda row: us_date(row.service_on), 100, sort_by=lambda row: row.service_on),
        Column(tr("Patient"), lambda row: row.patient, sort_by=lambda row: row.patient),
        Column(tr("Provider"), lambda row: row.provider, 120, sort_by=lambda row: row.provider),
        Column(tr("Superbill"), lambda row: row.number or "–", 100, sort_by=lambda row: row.number),
        Column(tr("Why"), lambda row: tr(row.why).capitalize(), 120, sort_by=lambda row: row.why),
        Column(tr("Days"), lambda row: str((desk.today - row.service_on).days), 60, "right"),
    )
