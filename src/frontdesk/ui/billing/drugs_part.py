"""Billing set-up: the packages of drugs that the office gives, by the service code that is charged."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import drugs
from frontdesk.services.billing.drugs import DrugDraft, DrugUnit, DrugView
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import ParsedEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

UNITS = {
    DrugUnit.EACH: "each",
    DrugUnit.MILLILITRE: "ml",
    DrugUnit.GRAM: "g",
    DrugUnit.MILLIGRAM: "mg",
    DrugUnit.INTERNATIONAL: "IU",
}


class DrugsPart(SetupPart):
    """A line for each package; Delete switches it off or on again."""

    new_words = "Add package"
    topics = frozenset({"drug_code"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[DrugView](
            [
                Column(tr("Code"), lambda each: Cell(each.code, role="strong"), width=80),
                Column(tr("Drug"), lambda each: each.package.name),
                Column(tr("NDC"), lambda each: drugs.written(each.package.ndc), width=140),
                Column(tr("One unit of the code is"), _quantity, width=190),
                Column(tr("State"), _state, width=90),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Drugs by service code"))
        ColumnFit(self.table, self.model.columns, least=200, first_to_go=(tr("One unit of the code is"),))
        self.nothing = EmptyState(
            "pill",
            tr("No drugs yet"),
            tr("Payers want the NDC of a drug on its claim line. Keep the packages that your office gives."),
            action=tr("Add package"),
        )
        self.nothing.acted.connect(self.new)
        new = Button(tr("Add package"), "primary", icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new)
        switch = Button(tr("Switch off or on"), icon="power", keys="Delete")
        switch.clicked.connect(self.switch)
        bar = Toolbar()
        bar.add_left(
            Label(tr("A charge of such a code says the NDC and how much was given."), "secondary", "text-2")
        )
        bar.add(switch, new)
        self.setLayout(column(bar, self.banner, self.nothing, self.table, gap=0))
        set_shown(self.nothing, False)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Delete", tr("Switch off or on"), self.on_list(self.switch)),)

    def reload(self) -> None:
        self.desk.ask(self, self._show, drugs.drug_codes)

    def new(self) -> None:
        DrugDialog(self, self.desk, self.told.emit).open()

    def switch(self) -> None:
        """A package that is off is not offered; charges that had it keep it."""
        if (line := self.table.current()) is not None:
            words = tr("{drug} is no longer offered") if line.is_active else tr("{drug} can be chosen again")
            self.desk.do(
                self,
                lambda _: self.told.emit(words.format(drug=line.package.name)),
                drugs.switch_drug,
                drug_id=line.id,
                active=not line.is_active,
            )

    def _show(self, found: tuple[DrugView, ...]) -> None:
        self.model.show(found)
        show_instead(*((self.table, self.nothing) if found else (self.nothing, self.table)))
        self.table.choose_one()


class QuantityEdit(ParsedEdit[int]):
    """A quantity with three decimals at most; the value is thousandths: "0.25" is 250."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(hint="0.25", parent=parent)

    def _read(self, typed: str) -> int:
        try:
            thousandths = Decimal(typed.strip()) * 1000
        except InvalidOperation:
            thousandths = Decimal("NaN")
        if not thousandths.is_finite() or thousandths != thousandths.to_integral_value():
            raise ValueError(tr("A quantity with three decimals at most is expected: 0.25."))
        return int(thousandths)

    def _written(self, value: int) -> str:
        return quantity(value)


class DrugDialog(ActDialog):
    """A package, and how much of it one unit of its code is."""

    def __init__(self, parent: QWidget, desk: Desk, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            desk,
            tr("Which package does the office give?"),
            tr("The NDC as it stands on the package, with its hyphens."),
            width=520,
            verb=tr("Add package"),
            keep=tr("Leave it"),
            told=told,
        )
        self.code, self.ndc = TextEdit(hint=tr("Such as J1100")), TextEdit(hint="00000-0000-00")
        self.name, self.quantity = TextEdit(), QuantityEdit()
        self.unit: Combo[DrugUnit] = Combo(tuple((unit, tr(words)) for unit, words in UNITS.items()))
        self.form.add("code", tr("Service code"), self.code, span=5)
        self.form.add("ndc", tr("NDC"), self.ndc, span=7)
        self.form.add("name", tr("Drug and strength"), self.name, span=12)
        self.form.add("quantity", tr("One unit of the code is"), self.quantity, span=5)
        self.form.add("unit", tr("Counted in"), self.unit, span=7)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        draft = DrugDraft(
            self.code.value(),
            self.ndc.value(),
            self.name.value(),
            self.unit.value() or DrugUnit.EACH,
            self.quantity.value() or 0,
        )
        self.desk.do(self, self._saved, drugs.add_drug, draft=draft)

    def _saved(self, _: int) -> None:
        self.close_with(tr("Added {drug}", drug=self.name.value()))


def quantity(thousandths: int) -> str:
    """ "0.25" of 250."""
    return f"{Decimal(thousandths) / 1000:f}"


def _quantity(each: DrugView) -> str:
    return f"{quantity(each.package.thousandths)} {tr(UNITS[each.package.unit])}"


def _state(each: DrugView) -> Cell:
    return Cell(tr("In use"), color="text-2") if each.is_active else Cell(tr("Off"), tone="neutral")
