"""The bank's statement beside what should have arrived: payers' payments and the days' deposits."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import bank_credits
from frontdesk.services.billing.bank_credits import Expected
from frontdesk.ui.billing import amounts
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, TextEdit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_DAYS = 45
_HEIGHT = 300
_AROUND = 280
"""What stands above and below the table, in pixels at 100 %."""


class BankDialog(Dialog):
    """What has not arrived stands first; the chosen line is found with its day and amount."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            tr("Deposits at the bank"),
            tr(
                "Payments of insurers, the days' deposits and returned checks of the last {days} days.",
                days=_DAYS,
            ),
            icon="landmark",
            icon_color="accent",
            width=760,
        )
        self._desk = desk
        self._model = TableModel[Expected](
            [
                Column("Expected", lambda row: us_date(row.from_on), 96),
                Column("What", lambda row: Cell(row.what, role="strong")),
                Column("Amount", lambda row: ledger(row.amount_cents), 92, "right"),
                Column("At the bank", _seen, 96),
                Column("Difference", _off, 88, "right"),
            ],
            key=lambda row: row.due,
        )
        self.table = Table(self._model, says=tr("What should arrive at the bank"))
        room = parent.window().height() - theme().px(_AROUND)
        self.table.setFixedHeight(max(theme().px(120), min(theme().px(_HEIGHT), room)))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _: self.mark_found())
        Offer(self.table, lambda: amounts.of_bank(self.table.current()))
        self._sum = Label("", "secondary", "text-2")
        self.seen_on, self.amount = DateEdit(), AmountEdit()
        self.note = TextEdit(hint=tr("Only where it is another amount"))
        self.form = Form()
        self.form.add("seen_on", tr("On the statement"), self.seen_on, span=3)
        self.form.add("amount_cents", tr("Amount"), self.amount, span=3)
        self.form.add("note", tr("Note"), self.note, span=6)
        for piece in (self.table, self._sum, self.form):
            self.body.addWidget(piece)
        self.add_verb(tr("Close"), keys="Esc")
        self.back_button = self.add_verb(tr("Not found after all"), self.withdraw, closes=False)
        self.find_button = self.add_verb(
            tr("It is there"), self.mark_found, kind="primary", keys="Enter", closes=False
        )
        self._ask()
        self.table.setFocus()

    def mark_found(self) -> None:
        """The chosen money is on the statement."""
        chosen, on = self.table.current(), self.seen_on.value()
        if chosen is None or not chosen.is_waiting or not self.form.check():
            return
        if on is None:
            self.form.row("seen_on").set_error(tr("Enter the statement's date."))
            return
        self.form.clear_errors()
        self._desk.do(
            self,
            self._changed,
            bank_credits.find,
            due=chosen.due,
            seen_on=on,
            amount_cents=self.amount.value() or 0,
            note=self.note.value(),
        )

    def withdraw(self) -> None:
        """The chosen money is expected again."""
        chosen = self.table.current()
        if chosen is not None and chosen.credit_id is not None:
            self._desk.do(self, self._changed, bank_credits.withdraw, credit_id=chosen.credit_id)

    def _changed(self, _: object) -> None:
        self.note.set_value("")
        self.table.keeper.choose(-1)
        self._ask()

    def _ask(self) -> None:
        today = self._desk.today
        self._desk.ask(
            self, self._show, bank_credits.expected, since=today - timedelta(days=_DAYS), until=today
        )

    def _show(self, found: tuple[Expected, ...]) -> None:
        self._model.show(found)
        waiting = bank_credits.not_arrived(found)
        words = counted(waiting.payments, "{count} has not arrived", "{count} have not arrived")
        self._sum.setText(f"{words}, {ledger(waiting.amount_cents)}")
        self.table.choose_first()
        self._choose(self.table.current())

    def _choose(self, row: Expected | None) -> None:
        is_open = row is not None and row.is_waiting
        self.find_button.setEnabled(is_open)
        self.back_button.setEnabled(row is not None and row.credit_id is not None)
        if row is not None:
            self.seen_on.set_value(row.seen_on or self._desk.today)
            self.amount.set_value(row.seen_cents or row.amount_cents)
            self.note.set_value(row.note)


def _seen(row: Expected) -> Cell:
    if row.seen_on is None:
        return Cell(tr("waiting"), color="warn-tx")
    return Cell(us_date(row.seen_on), color="text-2")


def _off(row: Expected) -> Cell:
    return Cell(
        ledger(row.off_cents) if row.off_cents else "–", color="warn-tx" if row.off_cents else "text-3"
    )
