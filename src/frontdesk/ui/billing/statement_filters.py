"""The choice of households for a run of statements: age, plan, amount, names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.statement_run import PlanFilter, RunFilters
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class StatementFilters(QWidget):
    """Says `changed` when a field is left or chosen; what is empty is as the office's rules have it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.age: Combo[int] = Combo(
            (
                (0, tr("Any age")),
                (1, tr("Over 30 days")),
                (2, tr("Over 60 days")),
                (3, tr("Over 90 days")),
            )
        )
        self.plan: Combo[PlanFilter] = Combo(
            (
                (PlanFilter.ALL, tr("Plan or not")),
                (PlanFilter.WITHOUT, tr("No plan")),
                (PlanFilter.ONLY, tr("On a plan")),
            )
        )
        self.least = AmountEdit()
        self.quiet = NumberEdit(least=0, most=365)
        self.names_from, self.names_to = TextEdit(hint="A"), TextEdit(hint="Z")
        fields: tuple[tuple[str, QWidget, int], ...] = (
            (tr("Age of the debt"), self.age, 128),
            (tr("Payment plan"), self.plan, 146),
            (tr("Owes at least"), self.least, 74),
            (tr("Days since the last one"), self.quiet, 46),
            (tr("Names from"), self.names_from, 42),
            (tr("Names to"), self.names_to, 42),
        )
        for name, field, width in fields:
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setFixedWidth(theme().px(width))
        line = wrapped(
            self.age,
            self.plan,
            row(Label(tr("at least"), "secondary", "text-2"), self.least),
            row(
                Label(tr("quiet for"), "secondary", "text-2"),
                self.quiet,
                Label(tr("days"), "secondary", "text-2"),
            ),
            row(
                Label(tr("names"), "secondary", "text-2"),
                self.names_from,
                Label("–", "secondary", "text-2"),
                self.names_to,
            ),
            margins=(12, 7, 12, 7),
        )
        self.setLayout(line)
        self.age.chosen.connect(self.changed)
        self.plan.chosen.connect(self.changed)
        for edit in (self.least, self.quiet, self.names_from, self.names_to):
            edit.editingFinished.connect(self.changed)

    def value(self) -> RunFilters:
        """What is chosen now."""
        return RunFilters(
            minimum_cents=self.least.value(),
            quiet_days=self.quiet.value(),
            level=self.age.value() or 0,
            names_from=self.names_from.value(),
            names_to=self.names_to.value(),
            plan=self.plan.value() or PlanFilter.ALL,
        )
