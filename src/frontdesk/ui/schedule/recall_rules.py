"""Which visits come round again in this office, and after how many months."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import recall, visit_types
from frontdesk.services.schedule.recall import RuleView
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class RecallRulesDialog(Dialog):
    """Enter on a row switches it off or on; below, another is added or the interval changed."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("Recalls of this office"),
            tr("Patients are on the list from thirty days before they are due."),
            icon="repeat",
            icon_color="text-2",
            width=520,
        )
        self._desk, self._then = desk, then
        self.model = TableModel[RuleView](
            [
                Column("Visit", lambda rule: Cell(rule.visit_type, role="strong")),
                Column("Comes round", lambda rule: _every(rule.months), width=140),
                Column("", _state, width=70),
            ],
            key=lambda rule: rule.id,
        )
        self.table = Table(self.model, says=tr("Recalls"))
        self.table.setMinimumHeight(theme().px(150))
        self.table.opened.connect(self._switch)
        self.table.chosen.connect(self._chose)
        self.visit_type: Combo[int] = Combo(hint=tr("Choose"))
        self.months = NumberEdit(least=1, most=120)
        self.form = Form()
        self.form.add("visit_type_id", tr("Visit type"), self.visit_type, span=7)
        self.form.add("months", tr("Again after months"), self.months, span=5)
        switch = Button(tr("Switch off or on"), height="small")
        switch.clicked.connect(lambda: self._switch(self.table.current()))
        self.body.addWidget(self.table)
        self.body.addLayout(row(None, switch))
        self.body.addWidget(self.form)
        self.add_verb(tr("Done"), keys="Esc")
        self.add_verb(tr("Set this recall"), self._set, kind="primary", keys="Return", closes=False)
        desk.ask(self, self._show_types, visit_types.visit_types)
        self._reload()

    def _reload(self) -> None:
        self._desk.ask(self, self._show, recall.rules)

    def _show(self, rules: tuple[RuleView, ...]) -> None:
        self.model.show(rules)

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        self.visit_type.set_options(tuple((kind.id, kind.name) for kind in types))

    def _chose(self, rule: RuleView | None) -> None:
        if rule is not None:
            self.visit_type.set_value(rule.visit_type_id)
            self.months.set_value(rule.months)

    def _switch(self, rule: RuleView | None) -> None:
        if rule is not None:
            self._write(rule, rule.months, is_active=not rule.is_active)

    def _set(self) -> None:
        """A type that has a recall gets another interval; another type is added."""
        if not self.form.check():
            return
        kind, months = self.visit_type.value(), self.months.value() or 0
        known = next((rule for rule in self.model.rows() if rule.visit_type_id == kind), None)
        if kind is None:
            self.form.row("visit_type_id").set_error(tr("Choose the visit type."))
        elif known is not None:
            self._write(known, months, is_active=True)
        else:
            self._desk.do(self, self._added, recall.add_rule, visit_type_id=kind, months=months)

    def _write(self, rule: RuleView, months: int, *, is_active: bool) -> None:
        self._desk.do(
            self,
            self._changed,
            recall.set_rule,
            rule_id=rule.id,
            months=months,
            is_active=is_active,
            version=rule.version,
        )

    def _added(self, _: int) -> None:
        self._then(tr("Added the recall"))
        self._reload()

    def _changed(self, _: RuleView) -> None:
        self._then(tr("Changed the recall"))
        self._reload()


def _every(months: int) -> str:
    return counted(months, "every month", "every {count} months")


def _state(rule: RuleView) -> Cell:
    return Cell(tr("on"), tone="ok") if rule.is_active else Cell(tr("off"), tone="neutral")
