"""What is behind a figure or a bar: the rows that sum to it, each a step from its claim or patient."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.services.billing.reports_behind import MOST, Behind, BehindRow
from frontdesk.ui.billing import amounts
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr


class BehindPanel(Frame):
    """Head with the sum, the rows, and a way out."""

    opened = Signal(object)
    """A BehindRow."""
    chosen = Signal(object)
    """A BehindRow, or None."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent=parent)
        self.behind = Behind((), 0, 0)
        self._title = EndingLabel("", "section")
        self._detail = EndingLabel("", "secondary", "text-2")
        self._whole: Amount | None = None
        self.sum = Label("", "figure")
        Offer(self.sum, self._sums)
        close = IconButton("x", tr("Close"), keys="Esc")
        close.clicked.connect(self.closed)
        self.model = TableModel[tuple[int, BehindRow]](
            [
                Column("Whose", lambda each: Cell(each[1].who, "strong", detail=each[1].what)),
                Column("Visit", lambda each: Cell(f"{each[1].on:%m/%d/%y}", color="text-2"), width=76),
                Column("Amount", _amount, width=92, align="right"),
            ],
            key=lambda each: each[0],
        )
        self.table = Table(self.model, says=tr("What is behind the figure"))
        self.table.opened.connect(self._open)
        Offer(self.table, self._amounts)
        self.table.chosen.connect(self._choose)
        head = row(gap=8)
        head.addWidget(self._title, 1)
        head.addWidget(self.sum)
        head.addWidget(close)
        top = QWidget()
        top.setLayout(column(head, self._detail, gap=2, margins=(14, 9, 8, 9)))
        self.setLayout(column(top, self.table, gap=0))

    def show_title(self, title: str, whole: Amount | None) -> None:
        """What is asked for, while the answer is on its way; the sum explains itself as the bar does."""
        self._whole = whole
        self._title.setText(title)
        self._detail.setText("")
        self.sum.setText("")
        self.model.show([])

    def show_behind(self, behind: Behind) -> None:
        self.behind = behind
        has_sum = any(each.cents for each in behind.rows)
        self.sum.setText(dollars(behind.cents) if has_sum else "")
        many = counted(behind.count, "1 row", "{count} rows")
        more = tr(", the first {most} are listed", most=MOST) if behind.count > MOST else ""
        self._detail.setText(f"{many}{more}" if behind.count else tr("Nothing is behind it."))
        self.model.show(list(enumerate(behind.rows)))
        self.table.choose_first()

    def _amounts(self) -> Sequence[Amount]:
        each = self.table.current()
        return amounts.of_behind(each[1] if each is not None else None)

    def _sums(self) -> tuple[Amount, ...]:
        """The sum, once it is there; under the name that the bar or figure has."""
        if self._whole is None or not self.sum.text():
            return ()
        return (replace(self._whole, cents=self.behind.cents, said=""),)

    def _open(self, each: tuple[int, BehindRow]) -> None:
        self.opened.emit(each[1])

    def _choose(self, each: tuple[int, BehindRow] | None) -> None:
        self.chosen.emit(each[1] if each is not None else None)


def _amount(each: tuple[int, BehindRow]) -> str:
    return ledger(each[1].cents) if each[1].cents else ""
