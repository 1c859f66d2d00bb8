"""A part of the set-up that lists rules of the office, a line each, with who looked at them last."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, says
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

R = TypeVar("R")


class RuleList(SetupPart, Generic[R]):
    """Enter changes the chosen rule. A subclass asks for the rules and opens the dialog of one."""

    title: ClassVar[str]
    """What the table is called."""
    about: ClassVar[str]
    """What the rules are for, above them."""
    change_words: ClassVar[str]
    """What Enter does."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], Hashable],
        least: int,
        first_to_go: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[R](columns, key=key)
        self.table = Table(self.model, says=tr(self.title))
        ColumnFit(self.table, self.model.columns, least=least, first_to_go=first_to_go)
        self.table.opened.connect(self.change)
        whole = column(self.banner, says(tr(self.about)), self.table, gap=0)
        whole.setStretchFactor(self.table, 1)
        self.setLayout(whole)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Enter", tr(self.change_words)),)

    def change(self, rule: R) -> None:
        """Open the rule's dialog."""
        raise NotImplementedError

    def show_rules(self, rules: tuple[R, ...]) -> None:
        """What is on file."""
        self.model.show(rules)
        self.table.choose_one()


def reviewed(by: str, on: date | None) -> Cell:
    """Who looked at a rule last."""
    if on is None:
        return Cell(tr("not yet"), color="text-3")
    return Cell(tr("{name}, {date}", name=by, date=us_date(on)))
