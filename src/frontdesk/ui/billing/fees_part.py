"""Billing set-up: the fee schedules, each with its fees; raised, copied to a new year, imported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.formats import fee_csv
from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import fee_lists
from frontdesk.services.billing.fee_lists import FeeLine, FeeList
from frontdesk.ui.billing.fee_dialogs import FeeDialog, NewListDialog, RaiseDialog
from frontdesk.ui.billing.fee_import import FeeImportDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Toolbar, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_NARROW = 860


class FeesPart(SetupPart):
    """Lists on the left, the fees of the chosen one on the right; Enter on a fee sets a new one."""

    new_words = "New fee schedule"
    topics = frozenset({"fee_schedule", "fee"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lists_model = TableModel[FeeList](
            [
                Column(tr("Fee schedule"), lambda each: Cell(each.name, "strong", detail=_whose(each))),
                Column(tr("Fees"), lambda each: str(each.count), width=60, align="right"),
                Column(tr("Since"), _since, width=110),
            ],
            key=lambda each: each.id,
        )
        self.lists = Table(self.lists_model, says=tr("Fee schedules"))
        self.lists.chosen.connect(lambda _: self._ask_lines())
        self.model = TableModel[FeeLine](
            [
                Column(tr("Code"), lambda each: Cell(each.code, role="strong"), width=80),
                Column(tr("Service"), lambda each: each.label),
                Column(tr("Fee"), lambda each: ledger(each.amount_cents), width=90, align="right"),
                Column(tr("From"), lambda each: us_date(each.effective_on), width=100),
                Column(tr("Then"), _next, width=190),
            ],
            key=lambda each: each.code,
        )
        self.table = Table(self.model, says=tr("Fees of the list"))
        self.table.opened.connect(lambda _: self.set_fee())
        self.nothing = EmptyState(
            "receipt-text",
            tr("No fees in this list"),
            tr("Set the first one, or take them from a CSV file with a code and a fee to a line."),
            action=tr("Set a fee"),
        )
        self.nothing.acted.connect(self.new_fee)
        bar, self.buttons = Toolbar(), list[Button]()
        for words, icon, keys, act in (
            (tr("Import…"), "file-up", "Ctrl+O", self.import_fees),
            (tr("New year…"), "calendar-plus", "Y", self.new_year),
            (tr("Raise all…"), "trending-up", "R", self.raise_all),
            (tr("Add fee"), "plus", "A", self.new_fee),
            (tr("New fee schedule"), "list-plus", "Ctrl+N", self.new),
        ):
            button = Button(words, "primary" if keys == "Ctrl+N" else "default", icon=icon, keys=keys)
            button.clicked.connect(act)
            bar.add(button)
            self.buttons.append(button)
        left = Frame("column", column(self.lists, gap=0))
        whole = row(left, column(self.nothing, self.table, gap=0), gap=0)
        whole.setStretch(0, 2)
        whole.setStretch(1, 3)
        self.setLayout(column(bar, self.banner, whole, gap=0))
        set_shown(self.nothing, False)

    def home(self) -> QWidget:
        return self.lists

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Set the fee of the chosen code")),
            Key("A", tr("Add fee"), self._key(self.new_fee)),
            Key("R", tr("Raise all fees"), self._key(self.raise_all)),
            Key("Y", tr("List for a new year"), self._key(self.new_year)),
            Key("Ctrl+O", tr("Import fees"), self.import_fees),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show_lists, fee_lists.lists, on=self.desk.today)

    def new(self) -> None:
        NewListDialog(self, self.desk, self.told.emit).open()

    def set_fee(self) -> None:
        """A new fee of the chosen code."""
        shown, line = self.lists.current(), self.table.current()
        if shown is not None and line is not None:
            FeeDialog(self, self.desk, shown, line, self.told.emit).open()

    def new_fee(self) -> None:
        """The fee of a code that the list does not have."""
        if (shown := self.lists.current()) is not None:
            FeeDialog(self, self.desk, shown, None, self.told.emit).open()

    def raise_all(self) -> None:
        if (shown := self.lists.current()) is not None:
            RaiseDialog(self, self.desk, shown, self.told.emit, as_copy=False).open()

    def new_year(self) -> None:
        if (shown := self.lists.current()) is not None:
            RaiseDialog(self, self.desk, shown, self.told.emit, as_copy=True).open()

    def import_fees(self) -> None:
        """Asks for a CSV file."""
        if self.lists.current() is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Import fees"), "", tr("Lists (*.csv *.tsv *.txt);;All files (*)")
        )
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Reads the file; nothing is written before its day is said."""
        self.clear_complaints()
        self.desk.run(self, self._ask_day, fee_csv.read_fees, path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the days go: the fees stay."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self.lists.setColumnHidden(2, is_narrow)
        for column_at in (3, 4):
            self.table.setColumnHidden(column_at, is_narrow)

    def _ask_day(self, found: tuple[fee_csv.FeeLine, ...]) -> None:
        if (shown := self.lists.current()) is not None:
            FeeImportDialog(self, self.desk, shown, found, self.told.emit).open()

    def _key(self, act: Callable[[], object]) -> Callable[[], object]:
        return lambda: act() if self.table.hasFocus() or self.lists.hasFocus() else None

    def _show_lists(self, found: tuple[FeeList, ...]) -> None:
        self.lists_model.show(found)
        self.lists.choose_one()
        self._ask_lines()

    def _ask_lines(self) -> None:
        if (shown := self.lists.current()) is not None:
            on = max(self.desk.today, shown.effective_on)
            self.desk.ask(self, self._show_lines, fee_lists.lines, fee_schedule_id=shown.id, on=on)

    def _show_lines(self, found: tuple[FeeLine, ...]) -> None:
        self.model.show(found)
        show_instead(*((self.table, self.nothing) if found else (self.nothing, self.table)))
        self.table.choose_one()


def _whose(each: FeeList) -> str:
    if each.share:
        return tr("contract with {payer}, {share}", payer=each.payer, share=each.share)
    if each.is_contract:
        return tr("contract with {payer}", payer=each.payer)
    return tr("for {payer}", payer=each.payer) if each.payer else tr("the office's own")


def _since(each: FeeList) -> Cell:
    ends = tr("until {day}", day=us_date(each.expires_on)) if each.expires_on else ""
    return Cell(us_date(each.effective_on), detail=ends)


def _next(each: FeeLine) -> Cell:
    if each.next_cents is None or each.next_on is None:
        return Cell("")
    return Cell(
        tr("{amount} from {day}", amount=ledger(each.next_cents), day=us_date(each.next_on)), color="text-2"
    )
