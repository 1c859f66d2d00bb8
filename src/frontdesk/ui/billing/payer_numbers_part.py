"""Billing set-up: the numbers that payers gave the practice, its providers and sites, and who refers."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import assigned_numbers, rule_overrides
from frontdesk.services.billing.assigned_numbers import (
    Holder,
    HolderChoice,
    NumberDraft,
    NumberRow,
    Qualifier,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

_KINDS = {
    Qualifier.OF_PAYER: "Payer's own (G2)",
    Qualifier.LOCATION: "Location (LU)",
    Qualifier.LICENSE: "State license (0B)",
    Qualifier.UPIN: "UPIN (1G)",
}
_PRACTICE, _OUTSIDE = (Holder.PRACTICE, 0), (Holder.OTHER, 0)
_BOXES = {
    Holder.PRACTICE: "33b",
    Holder.PROVIDER: "24J",
    Holder.SITE: "32b",
    Holder.OTHER: "17a",
}


class PayerNumbersPart(SetupPart):
    """A line for each number; Enter changes it, Delete drops it."""

    new_words = "Add number"
    topics = frozenset({"assigned_number", "payer", "provider", "site"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payers: tuple[tuple[int, str], ...] = ()
        self._holders: tuple[HolderChoice, ...] = ()
        self.model = TableModel[NumberRow](
            [
                Column(tr("Payer"), lambda each: Cell(each.payer, "strong"), width=120),
                Column(tr("Whose"), _whose),
                Column(tr("Kind"), lambda each: tr(_KINDS[each.draft.qualifier]), width=150),
                Column(tr("Number"), lambda each: each.draft.number, width=150),
                Column(tr("Box"), lambda each: Cell(_BOXES[each.draft.holder], color="text-2"), width=60),
                Column(tr("From"), lambda each: us_date(each.draft.valid_from), width=100),
                Column(tr("Until"), _until, width=100),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Numbers that payers gave"))
        self.table.opened.connect(lambda _: self.change())
        ColumnFit(self.table, self.model.columns, least=220, first_to_go=(tr("Box"), tr("From")))
        self.nothing = EmptyState(
            "badge-check",
            tr("No numbers yet"),
            tr("Some payers want a number of their own beside the NPI. Keep what their letters say."),
            action=tr("Add number"),
        )
        self.nothing.acted.connect(self.new)
        bar = Toolbar()
        bar.add_left(
            Label(tr("Claims to a payer carry the numbers that hold on the day."), "secondary", "text-2")
        )
        drop = Button(tr("Drop"), icon="x", keys="Delete")
        drop.clicked.connect(self.drop)
        change = Button(tr("Change"), icon="pencil", keys="Enter")
        change.clicked.connect(self.change)
        new = Button(tr("Add number"), "primary", icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new)
        bar.add(drop, change, new)
        self.setLayout(column(bar, self.banner, self.nothing, self.table, gap=0))
        set_shown(self.nothing, False)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Return", tr("Change")), Key("Delete", tr("Drop"), self._dropped_by_key))

    def reload(self) -> None:
        self.desk.ask(self, self._show, assigned_numbers.numbers)
        self.desk.ask(self, self._show_payers, rule_overrides.payers)
        self.desk.ask(self, self._show_holders, assigned_numbers.holders)

    def new(self) -> None:
        self._open(None)

    def change(self) -> None:
        if (row := self.table.current()) is not None:
            self._open(row)

    def drop(self) -> None:
        """Claims carry it no more."""
        if (row := self.table.current()) is not None:
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Dropped a number of {payer}", payer=row.payer)),
                assigned_numbers.drop,
                number_id=row.id,
                version=row.version,
            )

    def _open(self, row: NumberRow | None) -> None:
        if self._payers:
            NumberDialog(self, self.desk, row, self._payers, self._holders, self.told.emit).open()

    def _dropped_by_key(self) -> None:
        if self.table.hasFocus():
            self.drop()

    def _show(self, rows: tuple[NumberRow, ...]) -> None:
        self.model.show(rows)
        show_instead(*((self.table, self.nothing) if rows else (self.nothing, self.table)))
        self.table.choose_one()

    def _show_payers(self, payers: tuple[tuple[int, str], ...]) -> None:
        self._payers = payers

    def _show_holders(self, holders: tuple[HolderChoice, ...]) -> None:
        self._holders = holders


class NumberDialog(Dialog):
    """What a payer calls whom, and for which days."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        row: NumberRow | None,
        payers: tuple[tuple[int, str], ...],
        holders: tuple[HolderChoice, ...],
        told: Callable[[str], object],
    ) -> None:
        super().__init__(
            parent,
            tr("Which number did a payer give?"),
            tr("It stands on the claim beside the NPI, in the file and on the paper form."),
            width=560,
        )
        self._desk, self._row, self._told = desk, row, told
        self.payer: Combo[int] = Combo(payers)
        self.holder: Combo[tuple[Holder, int]] = Combo(
            (
                (_PRACTICE, tr("The practice")),
                *(((each.holder, each.id), each.name) for each in holders),
                (_OUTSIDE, tr("Somebody outside, by NPI")),
            )
        )
        self.npi, self.name = TextEdit(), TextEdit()
        self.kind: Combo[Qualifier] = Combo(tuple((kind, tr(words)) for kind, words in _KINDS.items()))
        self.number = TextEdit()
        self.valid_from, self.valid_until = DateEdit(), DateEdit()
        form = self.form = Form()
        form.add("payer_id", tr("&Payer"), self.payer, span=6)
        form.add("holder", tr("&Whose number"), self.holder, span=6)
        form.add("npi", tr("NP&I"), self.npi, span=5)
        form.add("name", tr("Na&me"), self.name, span=7)
        form.add("qualifier", tr("&Kind"), self.kind, span=5)
        form.add("number", tr("&Number"), self.number, span=7)
        form.add("valid_from", tr("&From"), self.valid_from, span=5)
        form.add("valid_until", tr("&Until, where it ends"), self.valid_until, span=7)
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Save"), self.save, kind="primary", keys="Enter", closes=False)
        self.holder.chosen.connect(self._dress)
        if row is not None:
            self._fill(row.draft)
        self._dress()
        (self.payer if row is None else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        starts, payer_id = self.valid_from.value(), self.payer.value()
        if not self.form.check() or payer_id is None:
            return
        if starts is None:
            self.form.row("valid_from").set_error(tr("Enter the first day."))
            return
        holder, id = self._whose()
        draft = NumberDraft(
            payer_id=payer_id,
            holder=holder,
            qualifier=self.kind.value() or Qualifier.OF_PAYER,
            number=self.number.value(),
            valid_from=starts,
            valid_until=self.valid_until.value(),
            holder_id=id or None,
            npi=self.npi.value(),
            name=self.name.value(),
        )
        if self._row is None:
            self._desk.do(self, self._saved, assigned_numbers.keep, draft=draft)
        else:
            row = self._row
            self._desk.do(
                self, self._saved, assigned_numbers.change, number_id=row.id, draft=draft, version=row.version
            )

    def _whose(self) -> tuple[Holder, int]:
        return self.holder.value() or _PRACTICE

    def _fill(self, draft: NumberDraft) -> None:
        self.payer.set_value(draft.payer_id)
        self.holder.set_value((draft.holder, draft.holder_id or 0))
        self.npi.set_value(draft.npi)
        self.name.set_value(draft.name)
        self.kind.set_value(draft.qualifier)
        self.number.set_value(draft.number)
        self.valid_from.set_value(draft.valid_from)
        self.valid_until.set_value(draft.valid_until)

    def _dress(self, _: object = None) -> None:
        is_outside = self._whose()[0] is Holder.OTHER
        set_shown(self.form.row("npi"), is_outside)
        set_shown(self.form.row("name"), is_outside)
        self.adjustSize()

    def _saved(self, _: object) -> None:
        self.accept()
        self._told(tr("Saved the number {number}", number=self.number.value()))


def _whose(row: NumberRow) -> Cell:
    return Cell(row.whose or tr("The practice"), detail=row.draft.npi)


def _until(row: NumberRow) -> Cell:
    ends = row.draft.valid_until
    return Cell(us_date(ends) if ends else "")
