"""Check-in set-up: what is asked ahead for each kind of visit."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import deposits
from frontdesk.services.billing.deposits import Deposit
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr


class DepositsPart(SetupPart):
    """Enter changes the deposit of the chosen kind of visit."""

    topics = frozenset({"deposit_rule", "visit_type"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[Deposit](
            [
                Column("Visit", lambda each: Cell(each.visit_type, role="strong")),
                Column("Deposit", _amount, width=140),
                Column("Asked of", _whom, width=240),
            ],
            key=lambda each: each.visit_type_id,
        )
        self.table = Table(self.model, says=tr("Deposits by kind of visit"))
        self.table.opened.connect(self.edit)
        self.setLayout(column(self.banner, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Return", tr("Change the deposit")),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, deposits.deposits)

    def edit(self, _: object = None) -> None:
        """The deposit of the chosen kind of visit."""
        chosen = self.table.current()
        if chosen is not None:
            DepositDialog(self, self.desk, chosen, self.told.emit).open()

    def _show(self, found: tuple[Deposit, ...]) -> None:
        self.model.show(found)
        if found and self.table.current() is None:
            self.table.choose_first()


class DepositDialog(Dialog):
    """The amount, and of whom it is asked."""

    def __init__(self, parent: QWidget, desk: Desk, shown: Deposit, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("What is asked ahead for {visit}?", visit=shown.visit_type),
            tr("It is asked for at the desk and held for the visit. Nothing asks nothing."),
            icon="wallet",
            icon_color="accent",
        )
        self._desk, self._shown, self._told = desk, shown, told
        self.amount = AmountEdit()
        self.amount.set_value(shown.amount_cents or None)
        self.only = CheckBox(tr("Only of who pays without insurance"), checked=shown.self_pay_only)
        self.form = Form()
        self.form.add("amount_cents", tr("Deposit"), self.amount)
        self.body.addWidget(self.form)
        self.body.addWidget(self.only)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Save"), self._save, kind="primary", keys="Enter", closes=False)
        self.amount.setFocus()

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._saved,
                deposits.set_deposit,
                visit_type_id=self._shown.visit_type_id,
                amount_cents=self.amount.value() or 0,
                self_pay_only=self.only.isChecked(),
            )

    def _saved(self, _: Deposit) -> None:
        self.accept()
        self._told(tr("Saved the deposit for {visit}", visit=self._shown.visit_type))


def _amount(each: Deposit) -> str | Cell:
    return dollars(each.amount_cents) if each.amount_cents else Cell(tr("none"), color="text-3")


def _whom(each: Deposit) -> str:
    if not each.amount_cents:
        return ""
    return tr("who pays without insurance") if each.self_pay_only else tr("everybody")
