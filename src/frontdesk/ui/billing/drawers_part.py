"""Set-up: the change that stays in each drawer overnight, and whether two people sign a day."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import day_signatures, drawers
from frontdesk.services.billing.drawers import Drawer
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import AmountEdit
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, says
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr


class DrawersPart(SetupPart):
    """Enter changes a drawer's float; Ctrl+T turns the second signature on and off."""

    topics = frozenset({"cash_drawer", "day_close_rule"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[Drawer](
            [
                Column("Drawer", lambda each: Cell(each.name, role="strong")),
                Column("Stays in it overnight", lambda each: dollars(each.float_cents), 180, "right"),
                Column(
                    "", lambda each: Cell(tr("at this desk") if each.is_here else "", color="text-3"), 140
                ),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Drawers"))
        self.table.opened.connect(self.edit)
        self.two = CheckBox(tr("One person signs a day, another one seals it"))
        self.two.clicked.connect(self._set_two)
        words = tr(
            "The float is deducted when a drawer is counted. A drawer shows up with its first payment."
        )
        head = says(words, self.two)
        self.setLayout(column(self.banner, head, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Change the float")),
            Key("Ctrl+T", tr("Second signature on or off"), self.toggle_two),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, drawers.drawers)
        self.desk.ask(self, self.two.setChecked, day_signatures.needs_two)

    def edit(self, chosen: Drawer) -> None:
        """The chosen drawer's float."""
        FloatDialog(self, self.desk, chosen, self.told.emit).open()

    def toggle_two(self) -> None:
        """Ctrl+T."""
        self._set_two(not self.two.isChecked())

    def _set_two(self, on: bool) -> None:
        self.clear_complaints()
        self.desk.do(self, self._set, day_signatures.set_needs_two, needs_two=on)

    def _set(self, _: bool) -> None:
        self.told.emit(tr("Saved who signs a day"))
        self.reload()

    def _show(self, found: tuple[Drawer, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()


class FloatDialog(ActDialog):
    """One amount."""

    def __init__(self, parent: QWidget, desk: Desk, drawer: Drawer, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            desk,
            tr("Float of {drawer}", drawer=drawer.name),
            tr("From the next count on. Days that are counted stay as they are."),
            icon="coins",
            width=420,
            verb=tr("Save"),
            told=told,
        )
        self._drawer = drawer
        self.amount = AmountEdit()
        self.amount.set_value(drawer.float_cents)
        self.form.add("float_cents", tr("Stays in it overnight"), self.amount, span=6)
        self.amount.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._saved,
            drawers.set_float,
            drawer_id=self._drawer.id,
            float_cents=self.amount.value() or 0,
        )

    def _saved(self, _: int) -> None:
        self.close_with(tr("Saved the float"))
