"""What changed since the patient was here last: named in the rail, and compared side by side."""

from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time, us_date
from frontdesk.services.visit.since_last import Difference, SinceLast
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDTH, _LINE, _MOST, _NAMED = 880, 30, 14, 4


class SinceBand(QWidget):
    """Hidden where the patient was never here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._since: SinceLast | None = None
        self._title = Label("", "caption", "text-3", wrap=True)
        self._what = Label("", "body", "text-2", wrap=True)
        self.compare_button = Button(tr("Compare"), height="small", keys="Alt+7")
        self.compare_button.clicked.connect(self.compare)
        verbs = row(self.compare_button, None)
        self.setLayout(column(self._title, self._what, verbs, gap=4, margins=(12, 10, 8, 10)))
        set_shown(self, False)

    @property
    def text(self) -> str:
        """The title and what it lists."""
        return " ".join(part for part in (self._title.text(), self._what.text()) if part)

    def show_since(self, since: SinceLast | None) -> None:
        self._since = since
        if since is not None:
            found = since.differences
            self._title.setText(tr("Since the last visit on {on}", on=us_date(since.on)))
            names = list(dict.fromkeys(_named(each) for each in found))
            words = ", ".join(names[:_NAMED])
            if len(names) > _NAMED:
                words = tr("{some} and {count} more", some=words, count=len(names) - _NAMED)
            self._what.setText(words or tr("Nothing changed"))
            set_shown(self.compare_button, bool(found))
        set_shown(self, since is not None)

    def compare(self) -> None:
        """The comparison, old and new side by side."""
        if self._since is not None and self._since.differences:
            SinceDialog(self, self._since).open()


class SinceDialog(Dialog):
    """Old, new, when and by whom."""

    def __init__(self, parent: QWidget, since: SinceLast) -> None:
        super().__init__(
            parent,
            tr("Since the last visit on {on}", on=us_date(since.on)),
            icon="history",
            icon_color="accent",
            width=_WIDTH,
        )
        self.model: TableModel[Difference] = TableModel(_columns(), key=lambda each: (each.part, each.what))
        self.table: Table[Difference] = Table(self.model, says=tr("What changed"))
        ColumnFit(self.table, _columns(), least=120, first_to_go=(tr("Part"), tr("By"), tr("When")))
        self.model.show(since.differences)
        lines = min(_MOST, len(since.differences)) + 1
        self.table.setMinimumHeight(min(theme().px(_LINE * lines + 8), parent.window().height() // 2))
        self.body.addWidget(self.table)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.choose_first()


def _columns() -> tuple[Column[Difference], ...]:
    return (
        Column(tr("Part"), lambda each: Cell(tr(each.part)), width=104),
        Column(tr("What"), lambda each: Cell(tr(each.what), role="strong"), width=136),
        Column(tr("Then"), lambda each: Cell(each.before or tr("Nothing"), color="text-2"), width=180),
        Column(tr("Now"), lambda each: Cell(each.after or tr("Nothing"))),
        Column(tr("When"), lambda each: Cell(_when(each)), width=126),
        Column(tr("By"), lambda each: Cell(each.by), width=76),
    )


def _named(each: Difference) -> str:
    """In the list that names them: the balance is one thing, whatever moved it."""
    return tr("Balance") if each.part == "Balance" else tr(each.what)


def _when(each: Difference) -> str:
    if each.at is None:
        return ""
    day = us_date(each.at.date())
    return day if each.at.time() == time() else f"{day} {clock_time(each.at)}"
