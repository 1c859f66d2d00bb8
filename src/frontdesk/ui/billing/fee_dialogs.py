"""The questions of the fee schedules: one fee, a new list, all fees raised, a list for the new year."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import fee_lists, fees
from frontdesk.services.billing.fee_lists import ROUNDINGS, FeeLine, FeeList, Raise, Raised
from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PayerView
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, ParsedEdit, TextEdit
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

Told = Callable[[str], object]
_ROUNDED = {
    1: "To the cent",
    5: "To 5 cents",
    25: "To 25 cents",
    100: "To the dollar",
    500: "To 5 dollars",
}
assert tuple(_ROUNDED) == ROUNDINGS


class PercentEdit(ParsedEdit[int]):
    """Percent as people type them; the value is tenths: "3.5" is 35."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hint="3.5", parent=parent)

    def _read(self, typed: str) -> int:
        try:
            tenths = Decimal(typed.strip().removesuffix("%")) * 10
        except InvalidOperation:
            tenths = Decimal("NaN")
        if not tenths.is_finite() or tenths != tenths.to_integral_value():
            raise ValueError(tr("A percentage with one decimal at most is expected: 3.5."))
        return int(tenths)

    def _written(self, value: int) -> str:
        return f"{value / 10:g}"


class FeeDialog(ActDialog):
    """The fee of one code from a day on."""

    def __init__(self, parent: QWidget, desk: Desk, shown: FeeList, line: FeeLine | None, told: Told) -> None:
        title = (
            tr("What is the fee of {code} from now on?", code=line.code)
            if line
            else tr("Which code gets a fee in {name}?", name=shown.name)
        )
        super().__init__(
            parent,
            desk,
            title,
            tr("The fee before it ends the day before."),
            verb=tr("Set fee"),
            keep=tr("Leave it"),
            told=told,
        )
        self._list = shown
        self.code, self.amount = TextEdit(line.code if line else ""), AmountEdit()
        self.code.setReadOnly(line is not None)
        self.effective_on = DateEdit()
        self.effective_on.set_value(desk.today)
        self.form.add("code", tr("Code"), self.code, span=4)
        self.form.add("amount_cents", tr("Fee"), self.amount, span=4)
        self.form.add("effective_on", tr("From"), self.effective_on, span=4)
        (self.amount if line else self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        self.desk.do(
            self,
            self._saved,
            fees.set_fee,
            fee_schedule_id=self._list.id,
            code=self.code.value(),
            amount_cents=self.amount.value() or 0,
            effective_on=self.effective_on.value() or self.desk.today,
        )

    def _saved(self, _: int) -> None:
        self.close_with(tr("Set the fee of {code} in {name}", code=self.code.value(), name=self._list.name))


class NewListDialog(ActDialog):
    """The office's own list, a payer's, or what a contract allows."""

    def __init__(self, parent: QWidget, desk: Desk, told: Told) -> None:
        super().__init__(
            parent,
            desk,
            tr("Which fee schedule is new?"),
            tr("A payer's own list goes before the office's; a contract says what the payer allows."),
            width=520,
            verb=tr("Open the list"),
            keep=tr("Leave it"),
            told=told,
        )
        self.name, self.effective_on = TextEdit(hint=tr("Such as Office fees 2027")), DateEdit()
        self.effective_on.set_value(desk.today)
        self.payer: Combo[int] = Combo(((0, tr("the office's own")),))
        self.contract = CheckBox(tr("It is a contract: what the payer allows"))
        self.form.add("name", tr("Name"), self.name, span=8)
        self.form.add("effective_on", tr("From"), self.effective_on, span=4)
        self.form.add("payer_id", tr("Whose"), self.payer, span=12)
        self.base: Combo[int] = Combo(((0, tr("no other list")),))
        self.percent = PercentEdit()
        self.percent.setPlaceholderText("120")
        self.form.add("base_id", tr("A contract may pay a share of"), self.base, span=8)
        self.form.add("percent", tr("Percent of it"), self.percent, span=4)
        self.body.addWidget(self.contract)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        desk.ask(self, self._show_payers, payers.payer_list)
        desk.ask(self, self._show_bases, fee_lists.lists, on=desk.today)

    def act(self) -> None:
        self.desk.do(
            self,
            self._saved,
            fees.add_schedule,
            name=self.name.value(),
            effective_on=self.effective_on.value() or self.desk.today,
            payer_id=self.payer.value() or None,
            is_contract=self.contract.isChecked(),
            base_id=self.base.value() or None,
            percent_tenths=self.percent.value(),
        )

    def _show_payers(self, found: tuple[PayerView, ...]) -> None:
        self.payer.set_options(((0, tr("the office's own")), *((each.id, each.draft.name) for each in found)))

    def _show_bases(self, found: tuple[FeeList, ...]) -> None:
        whole = tuple((each.id, each.name) for each in found if not each.share)
        self.base.set_options(((0, tr("no other list")), *whole))

    def _saved(self, _: int) -> None:
        self.close_with(tr("Opened the fee schedule {name}", name=self.name.value()))


class RaiseDialog(ActDialog):
    """All fees of a list changed by percent, with what each becomes; with a name, as a list of its own."""

    def __init__(self, parent: QWidget, desk: Desk, shown: FeeList, told: Told, *, as_copy: bool) -> None:
        title = tr("Which list follows {name}?") if as_copy else tr("By how much does {name} change?")
        super().__init__(
            parent,
            desk,
            title.format(name=shown.name),
            tr("The list before ends the day before.") if as_copy else "",
            width=640,
            verb=tr("Open the new list") if as_copy else tr("Set these fees"),
            keep=tr("Leave it"),
            told=told,
        )
        self._list, self._as_copy = shown, as_copy
        self.name, self.percent = TextEdit(), PercentEdit()
        self.rounding: Combo[int] = Combo(tuple((cents, tr(words)) for cents, words in _ROUNDED.items()))
        self.effective_on = DateEdit()
        self.effective_on.set_value(date(desk.today.year + 1, 1, 1))
        if as_copy:
            self.form.add("name", tr("Name of the new list"), self.name, span=12)
            self.percent.set_value(0)
        self.form.add("percent", tr("Percent, less with a minus"), self.percent, span=4)
        self.form.add("round_to_cents", tr("Rounded"), self.rounding, span=4)
        self.form.add("effective_on", tr("From"), self.effective_on, span=4)
        self.model = TableModel[Raised](
            [
                Column(tr("Code"), lambda each: Cell(each.code, role="strong"), width=80),
                Column(tr("Service"), lambda each: each.label),
                Column(tr("Now"), lambda each: ledger(each.amount_cents), width=90, align="right"),
                Column(tr("Then"), _then, width=90, align="right"),
            ],
            key=lambda each: each.code,
        )
        self.table = Table(self.model, says=tr("What each fee becomes"))
        self.table.setMinimumHeight(theme().px(220))
        self.body.addWidget(self.table)
        for edit in (self.percent, self.effective_on):
            edit.value_changed.connect(self.look)
        self.rounding.chosen.connect(self.look)
        (self.name if as_copy else self.percent).setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    def by(self) -> Raise:
        return Raise(
            fee_schedule_id=self._list.id,
            tenths=self.percent.value() or 0,
            round_to_cents=self.rounding.value() or 1,
            effective_on=self.effective_on.value() or self.desk.today,
        )

    def look(self, *_: object) -> None:
        """What each fee would become."""
        if not self.percent.problem() and not self.effective_on.problem():
            self.desk.ask(self, self.model.show, fee_lists.raised, by=self.by())

    def act(self) -> None:
        if self._as_copy:
            self.desk.do(self, self._copied, fee_lists.copy, name=self.name.value(), by=self.by())
        else:
            self.desk.do(self, self._raised, fee_lists.raise_all, by=self.by())

    def _copied(self, _: int) -> None:
        self.close_with(tr("Opened the fee schedule {name}", name=self.name.value()))

    def _raised(self, count: int) -> None:
        day = us_date(self.by().effective_on)
        words = counted(count, "{count} fee", "{count} fees")
        self.close_with(tr("Set {fees} of {name} from {day}", fees=words, name=self._list.name, day=day))


def _then(each: Raised) -> Cell:
    is_same = each.raised_cents == each.amount_cents
    return Cell(ledger(each.raised_cents), role="body" if is_same else "strong")
