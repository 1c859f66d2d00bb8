"""The office's rules for estimates: the discount for self-pay, and how much is offered as a payment ahead."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import estimate_rules
from frontdesk.services.billing.estimate_rules import EstimateRules
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class EstimateRulesDialog(Dialog):
    """Asks for the rules in force, and saves them."""

    def __init__(self, parent: QWidget, desk: Desk, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("Rules for estimates"),
            tr("They hold for estimates and charges from now on; what is written stays as it is."),
            icon="sliders-horizontal",
            icon_color="accent",
        )
        self._desk, self._told = desk, told
        self.discount, self.ahead = NumberEdit(most=100), NumberEdit(most=100)
        self.form = Form()
        self.form.add(
            "self_pay_discount_percent",
            tr("Off the fees without insurance, percent"),
            self.discount,
            span=6,
        )
        self.form.add("ask_percent", tr("Offered as a payment ahead, percent"), self.ahead, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("Save"), self._save, kind="primary", keys="Enter", closes=False)
        desk.ask(self, self._show, estimate_rules.rules)

    def _show(self, rules: EstimateRules) -> None:
        self.discount.set_value(rules.self_pay_discount_percent)
        self.ahead.set_value(rules.ask_percent)
        self.discount.setFocus()
        self.discount.selectAll()

    def _save(self) -> None:
        if self.form.check():
            rules = EstimateRules(self.discount.value() or 0, self.ahead.value() or 0)
            self._desk.do(self, self._saved, estimate_rules.set_rules, rules=rules)

    def _saved(self, _: EstimateRules) -> None:
        self.accept()
        self._told(tr("Saved the rules for estimates"))
