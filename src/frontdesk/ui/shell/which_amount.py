"""Several amounts are in sight: which one is meant?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.explained import Amount
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class WhichAmount(Dialog):
    """A list to choose from; Enter explains the chosen one."""

    wanted = Signal(object)
    """The subject of an amount."""

    def __init__(self, parent: QWidget, amounts: Sequence[Amount]) -> None:
        super().__init__(parent, tr("Which amount?"), icon="circle-question-mark", icon_color="accent")
        self.model = TableModel[Amount](
            [
                Column(tr("What"), lambda each: each.name),
                Column(tr("Amount"), lambda each: Cell(each.value, "strong"), width=120, align="right"),
            ],
            key=lambda each: each,
        )
        self.model.show(amounts)
        self.table = Table(self.model, says=tr("Amounts that can be explained"))
        self.table.setFixedHeight(theme().px(34 + 30 * min(10, len(amounts))))
        self.table.opened.connect(self._choose)
        self.body.addWidget(self.table)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Explain"), self._chosen, kind="primary", closes=False)
        self.table.choose_first()
        self.table.setFocus()

    def _chosen(self) -> None:
        found = self.table.current()
        if found is not None:
            self._choose(found)

    def _choose(self, found: Amount) -> None:
        if self.isVisible():  # Enter reaches the list and the button
            self.accept()
            self.wanted.emit(found.subject)
