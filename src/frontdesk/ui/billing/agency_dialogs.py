"""What the collection agency collected: its list looked at and posted, or one payment by hand."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.formats import refused_lines
from frontdesk.formats.agency_csv import AgencySheet
from frontdesk.formats.refused_lines import RefusedLine
from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import agency_lines, agency_payments
from frontdesk.services.billing.agency_lines import LineState, LineView, ListPreview, PaidTo, WrittenLine
from frontdesk.services.billing.agency_payments import Posted
from frontdesk.services.billing.collection_list import CollectionRow
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.assign_dialog import AssignDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_AROUND = 310
"""What stands above and below the table of a list, in pixels at 100 %."""
_STATES = {
    LineState.READY: ("Ready", "ok"),
    LineState.UNMATCHED: ("No match", "warn"),
    LineState.AMBIGUOUS: ("Unclear", "warn"),
    LineState.REFUSED: ("Refused", "block"),
}

_COLUMNS = {
    "account": "account",
    "paid_on": "date paid",
    "amount": "amount",
    "fee": "fee",
    "paid_to": "paid to",
    "name": "name",
}


class AgencyListDialog(Dialog):
    """Every line with what becomes of it; posting takes the ready ones, and keeps the others as a list."""

    told = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, sheet: AgencySheet) -> None:
        lines = counted(len(sheet.lines), "{count:,} payment", "{count:,} payments")
        read = ", ".join(_read_as(tr(_COLUMNS[what]), heading) for what, heading in sheet.columns)
        super().__init__(
            parent,
            tr("Post what the agency collected?"),
            tr("The file lists {lines}. Read from its columns: {read}.", lines=lines, read=read),
            icon="building-2",
            icon_color="accent",
            width=920,
        )
        self._desk, self._sha256 = desk, sheet.sha256
        self._lines = tuple(
            WrittenLine(each.line, each.account, each.paid_on, each.amount, each.fee, each.paid_to, each.name)
            for each in sheet.lines
        )
        self._found: tuple[LineView, ...] = ()
        self._ready: tuple[int, ...] = ()
        self.figures = Label("", "strong", wrap=True)
        self.model = TableModel[LineView](
            [
                Column(tr("Line"), lambda each: str(each.line), width=48, align="right"),
                Column(tr("State"), _state, width=88),
                Column(tr("Account"), lambda each: each.account, width=88),
                Column(tr("Household"), lambda each: Cell(each.name, role="strong"), width=200),
                Column(tr("Paid on"), lambda each: us_date(each.paid_on) if each.paid_on else "–", width=100),
                Column(tr("Amount"), lambda each: _cents(each.amount_cents), width=80, align="right"),
                Column(tr("Fee"), lambda each: _cents(each.fee_cents), width=72, align="right"),
                Column(tr("What is to be said"), lambda each: Cell(each.words, color="text-2")),
            ],
            key=lambda each: each.line,
        )
        self.table = Table(self.model, says=tr("The agency's payments, each with what becomes of it"))
        ColumnFit(
            self.table, self.model.columns, least=150, first_to_go=(tr("Line"), tr("Fee"), tr("Account"))
        )
        self._room = max(
            theme().px(120), min(theme().px(280), parent.window().height() - theme().px(_AROUND))
        )
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_line)
        QShortcut(QKeySequence("A"), self, self.assign)
        self.words = Label("", "secondary", "text-2", wrap=True)
        for part in (self.figures, self.table, self.words):
            self.body.addWidget(part)
        self.leave = self.add_verb(tr("Leave it"), keys="Esc")
        self.assign_button = self.add_verb(tr("Say whose it is…"), self.assign, keys="A", closes=False)
        self.save_button = self.add_verb(tr("Save the others…"), self.save_refused, closes=False)
        self.post_button = self.add_verb(tr("Post"), self.post, kind="primary", closes=False)
        set_shown(self.save_button, False)
        set_shown(self.post_button, False)
        self.table.setFocus()
        desk.ask(self, self._show_known, agency_payments.posted_as, file_sha256=self._sha256)
        self._ask()

    def post(self) -> None:
        """The ready lines, all or none."""
        self.banner.say("block", "")
        self.assign_button.setEnabled(False)
        self._desk.job(
            self,
            self._posted,
            agency_payments.post,
            lines=self._lines,
            file_sha256=self._sha256,
            ready=self._ready,
        )

    def save_refused(self) -> None:
        """The lines that are not posted, each with its reason, as CSV."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the lines that are not posted"), "agency-refused.csv", tr("CSV (*.csv)")
        )
        if chosen:
            others = tuple(
                RefusedLine(each.line, each.words)
                for each in self._found
                if each.state is not LineState.READY
            )
            self._desk.run(self, self._saved, refused_lines.save, Path(chosen), others)

    def _ask(self) -> None:
        self._desk.ask(self, self._show, agency_lines.preview, lines=self._lines)

    def _show_known(self, words: str) -> None:
        if words:
            self.banner.say("block", tr("{words} It is not posted again.", words=words))

    def _show(self, told: ListPreview) -> None:
        found, ready = told.lines, told.ready
        self._found, self._ready = found, ready
        self.model.show(sorted(found, key=lambda each: each.state is LineState.READY))
        self.table.setFixedHeight(min(self._room, self.table.whole_height()))
        self.adjustSize()
        self.figures.setText(
            tr(
                "{ready:,} ready: {paid} collected, {fees} of it the fee. {others:,} cannot be posted.",
                ready=len(ready),
                paid=dollars(told.collected_cents),
                fees=dollars(told.fee_cents),
                others=len(found) - len(ready),
            )
        )
        many = counted(len(ready), "{count:,} payment", "{count:,} payments")
        self.post_button.setText(tr("Post {many}", many=many))
        set_shown(self.post_button, bool(ready))
        set_shown(self.save_button, len(ready) < len(found))
        self.table.choose_one()
        self._choose(self.table.current())

    def _choose(self, chosen: object) -> None:
        line = chosen if isinstance(chosen, LineView) else None
        self.words.setText(line.words if line is not None else "")
        self.assign_button.setEnabled(line is not None and line.is_open)

    def _open_line(self, line: LineView) -> None:
        """Enter: whose a line is that waits for that; on any other it is the dialog's own verb."""
        if line.is_open:
            self.assign()
        elif self.post_button.isVisible():
            self.post_button.click()

    def assign(self) -> None:
        """A person says whose payment the chosen line is, or that it is real although it comes twice."""
        line = self.table.current()
        if line is not None and line.is_open:
            AssignDialog(self, self._desk, line, partial(self._assign, line.line)).open()

    def _assign(self, line: int, patient_id: int | None, is_another: bool) -> None:
        self._lines = tuple(
            replace(each, patient_id=patient_id or each.patient_id, is_another=is_another)
            if each.line == line
            else each
            for each in self._lines
        )
        self._ask()

    def _saved(self, count: int) -> None:
        self.told.emit(counted(count, "Saved {count:,} line", "Saved {count:,} lines"))

    def _posted(self, done: Posted) -> None:
        self.told.emit(
            tr(
                "Posted {number}: {paid} collected, {bank} to arrive at the bank",
                number=done.number,
                paid=dollars(done.collected_cents),
                bank=dollars(done.bank_cents),
            )
        )
        if not done.refused:
            self.accept()
            return
        set_shown(self.post_button, False)
        set_shown(self.assign_button, False)
        self._found = tuple(each for each in self._found if each.state is not LineState.READY)
        self.model.show(self._found)
        self.figures.setText(
            tr(
                "{number} is posted: {paid} of {many}. These are left; each says what to do.",
                number=done.number,
                paid=dollars(done.collected_cents),
                many=counted(done.payments, "{count:,} payment", "{count:,} payments"),
            )
        )
        self.leave.setText(tr("Close"))
        self.table.choose_first()


class AgencyPaymentDialog(ActDialog):
    """One payment that the agency reports of a household."""

    def __init__(self, parent: QWidget, desk: Desk, row: CollectionRow) -> None:
        super().__init__(
            parent,
            desk,
            tr("What did {name} pay the agency?", name=row.name),
            tr(
                "{owed} is owed. The household is credited with the whole amount; "
                "the fee that the agency keeps is given up.",
                owed=dollars(row.owed_cents),
            ),
            verb=tr("Record payment"),
            icon="building-2",
        )
        self._row = row
        self.paid_on, self.amount, self.fee = DateEdit(), AmountEdit(), AmountEdit()
        self.paid_to: Segmented[PaidTo] = Segmented(
            ((PaidTo.AGENCY, tr("The agency")), (PaidTo.OFFICE, tr("The office"))),
            says=tr("Who was paid"),
            fills=True,
        )
        self.another = CheckBox(tr("It is another payment, even if one like it was posted"))
        self.paid_on.set_value(desk.today)
        self.form.add("paid_on", tr("Paid on"), self.paid_on, span=4)
        self.form.add("amount_cents", tr("Amount paid"), self.amount, span=4)
        self.form.add("fee_cents", tr("Agency's fee"), self.fee, span=4)
        self.form.add("paid_to", tr("Paid to"), self.paid_to)
        self.form.add("is_another", tr("Posted before"), self.another)
        self.amount.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            agency_payments.record,
            account_id=self._row.account_id,
            paid_on=self.paid_on.value() or date.max,
            amount_cents=self.amount.value() or 0,
            fee_cents=self.fee.value() or 0,
            paid_to=self.paid_to.value(),
            is_another=self.another.isChecked(),
        )

    def _done(self, done: Posted) -> None:
        self.close_with(
            tr(
                "Recorded {paid} of {name} as {number}",
                paid=dollars(done.collected_cents),
                name=self._row.name,
                number=done.number,
            )
        )


def _read_as(what: str, heading: str) -> str:
    """A column that is named as we name it needs no other words."""
    return heading if heading.lower() == what else f"{heading} ({what})"


def _state(each: LineView) -> Cell:
    words, tone = _STATES[each.state]
    return Cell(tr(words), tone=tone)


def _cents(cents: int | None) -> str:
    return "–" if cents is None else ledger(cents)
