"""The fees of a file: from which day they hold, and what became of its lines."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.formats import refused_lines
from frontdesk.formats.fee_csv import FeeLine
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.services.billing import fee_lists
from frontdesk.services.billing.fee_lists import FeeImport, FeeList, FeeRow
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class FeeImportDialog(Dialog):
    """Asks for the day; where lines were refused, another dialog says which and why."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        shown: FeeList,
        found: tuple[FeeLine, ...],
        told: Callable[[str], object],
    ) -> None:
        lines = counted(len(found), "{count:,} fee", "{count:,} fees")
        super().__init__(
            parent,
            tr("From which day do {lines} hold in {name}?", lines=lines, name=shown.name),
            tr("The fee before each of them ends the day before. Fees that are the same stay."),
            icon="file-input",
            icon_color="accent",
            width=560,
        )
        self._over, self._desk, self._list = parent, desk, shown
        self._found, self._told = found, told
        self.effective_on = DateEdit()
        self.effective_on.set_value(desk.today)
        self.form = Form()
        self.form.add("effective_on", tr("From"), self.effective_on, span=5)
        self.body.addWidget(self.form)
        self.add_verb(tr("Leave it"), keys="Esc")
        self.add_verb(tr("Set these fees"), self.save, kind="primary", keys="Enter", closes=False)
        self.effective_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        on = self.effective_on.value()
        if self.form.check() and on is not None:
            self._desk.job(
                self,
                self._saved,
                fee_lists.import_fees,
                fee_schedule_id=self._list.id,
                effective_on=on,
                rows=tuple(FeeRow(each.line, each.code, each.amount) for each in self._found),
            )

    def _saved(self, done: FeeImport) -> None:
        count = counted(done.set, "{count:,} fee", "{count:,} fees")
        self._told(tr("Set {fees} of {name}", fees=count, name=self._list.name))
        self.accept()
        if done.refused:
            RefusedFeesDialog(self._over, self._desk, self._list.name, done).open()


class RefusedFeesDialog(Dialog):
    """The lines of a file that set no fee, each with its reason."""

    def __init__(self, parent: QWidget, desk: Desk, name: str, done: FeeImport) -> None:
        lines = counted(len(done.refused), "{count:,} line was refused", "{count:,} lines were refused")
        super().__init__(
            parent,
            lines,
            tr(
                "In {name}: {set:,} set, {same:,} as they were.", name=name, set=done.set, same=done.unchanged
            ),
            width=560,
            icon="triangle-alert",
        )
        self._desk = desk
        self._refused = tuple(RefusedLine(each.line, each.reason) for each in done.refused)
        self.model = TableModel[RefusedLine](
            [
                Column(tr("Line"), lambda each: str(each.line), width=64, align="right"),
                Column(tr("Why it was refused"), lambda each: each.reason),
            ],
            key=lambda each: each.line,
        )
        self.table = Table(self.model, says=tr("Refused lines, each with its reason"))
        self.model.show(self._refused)
        self.table.setFixedHeight(min(theme().px(280), self.table.whole_height()))
        self.body.addWidget(self.table)
        self.add_verb(tr("Save refused lines…"), self.save_refused, closes=False)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_refused(self) -> None:
        """Line and reason as CSV."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save refused lines"), "refused.csv", tr("CSV (*.csv)")
        )
        if chosen:
            self._desk.run(self, lambda _: None, refused_lines.save, Path(chosen), self._refused)
