"""The terminal's batch beside the card receipts of a counted drawer: the differences stand first."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import card_batch
from frontdesk.services.billing.card_batch import BatchMatch, Fit, Matched
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NoteEdit
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HEIGHT = 260
_FITS = {
    Fit.SAME: ("Same", "text-2"),
    Fit.AMOUNT_DIFFERS: ("Amount differs", "warn-tx"),
    Fit.NOT_IN_BATCH: ("Not in the batch", "warn-tx"),
    Fit.NO_RECEIPT: ("No receipt", "warn-tx"),
}


class CardBatchDialog(Dialog):
    """The report is typed or pasted, a sale a line; nothing of it is kept."""

    def __init__(self, parent: QWidget, desk: Desk, counted: Counted) -> None:
        super().__init__(
            parent,
            tr("Card batch, {drawer}", drawer=counted.drawer),
            tr("Type or paste the terminal's report: amount, last four digits, approval code on each line."),
            icon="credit-card",
            icon_color="accent",
            width=640,
        )
        self._desk, self._counted = desk, counted
        self.report = NoteEdit(hint=tr("081532 4417 75.00"), lines=4)
        self.form = Form()
        self.form.add("report", tr("Terminal's report"), self.report)
        self._model = TableModel[Matched](
            [
                Column("", self._fit, 124),
                Column("Receipt", lambda row: row.receipt.number if row.receipt else "–", 86),
                Column("Card", _card, 58),
                Column("Approval", _approval),
                Column("Receipt over", lambda row: _amount(row.receipt), 96, "right"),
                Column("In the batch", lambda row: _amount(row.line), 96, "right"),
            ],
            key=id,
        )
        self.table = Table(self._model, says=tr("Card receipts and the batch"))
        self.table.setFixedHeight(theme().px(_HEIGHT))
        self._sum = Label("", "secondary", "text-2", wrap=True)
        self._receipts: tuple[Amount, ...] = ()
        Offer(self._sum, lambda: self._receipts)
        for piece in (self.form, self.table, self._sum):
            self.body.addWidget(piece)
        self.add_verb(tr("Close"), keys="Esc")
        self.add_verb(tr("Compare"), self.compare, kind="primary", closes=False)
        self.report.setFocus()
        self.compare()

    def compare(self) -> None:
        """Beside the receipts, without a report as with one."""
        self.form.clear_errors()
        self._desk.ask(
            self,
            self._show,
            card_batch.match,
            drawer_count_id=self._counted.drawer_count_id,
            report=self.report.value(),
        )

    def _fit(self, row: Matched) -> Cell:
        """Nothing is said of the fit before there is a report."""
        words, color = _FITS[row.fit]
        return Cell(tr(words) if self.report.value() else "–", color=color)

    def _show(self, found: BatchMatch) -> None:
        self._model.show(found.rows)
        subject = Subject(About.DRAWER, self._counted.drawer_count_id, Part.CARD_RECEIPTS)
        self._receipts = (Amount(tr("Receipts by card"), found.receipts_cents, subject),)
        self.table.choose_first()
        if not self.report.value():
            self._sum.setText(tr("Receipts by card: {amount}.", amount=ledger(found.receipts_cents)))
            return
        self._sum.setText(
            tr(
                "Receipts by card {receipts}, lines of the report {lines}, total of the batch {batch}.",
                receipts=ledger(found.receipts_cents),
                lines=ledger(found.batch_cents),
                batch=ledger(self._counted.batch_card_cents),
            )
        )


def _card(row: Matched) -> str:
    return row.receipt.last4 if row.receipt else row.line.last4 if row.line else ""


def _approval(row: Matched) -> str:
    return row.receipt.approval if row.receipt else row.line.approval if row.line else ""


def _amount(side: card_batch.CardReceipt | card_batch.BatchLine | None) -> str:
    return ledger(side.amount_cents) if side else "–"
