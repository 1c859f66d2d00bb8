"""What copies of records cost, in the set-up: a line for each kind of requester, as the office sets it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.records import release_fee_rules
from frontdesk.services.records.release_fee_rules import FeeRule, Step
from frontdesk.services.records.release_fees import FeeFor, FeeMethod
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.rule_list import RuleList, reviewed
from frontdesk.ui.text import tr

WHOM = {
    FeeFor.ACCESS: "The patient",
    FeeFor.ATTORNEY: "Attorneys",
    FeeFor.INSURER: "Insurers",
    FeeFor.COURT: "Courts",
    FeeFor.OTHER: "Others",
    FeeFor.FREE: "Other providers, public health",
}
HOW = {
    FeeMethod.NONE: "No fee",
    FeeMethod.FLAT: "A flat fee",
    FeeMethod.COST: "What the copy costs",
    FeeMethod.PER_PAGE: "By the page",
}
_STEPS = 3


class CopyFeesPart(RuleList[FeeRule]):
    """Fees that were stated stay as they are."""

    topics = frozenset({"release_fee_rule"})
    title = "Fees for copies of records"
    about = (
        "What copies cost. The patient's own may cost what copying costs, or a flat $6.50 at most "
        "(45 CFR 164.524(c)(4)); for others state law sets it. The amounts shipped are examples."
    )
    change_words = "Change fee"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            [
                Column("Who asks", lambda each: Cell(tr(WHOM[each.fee_for]), role="strong"), width=220),
                Column("Fee", lambda each: tr(HOW[each.method]), width=150),
                Column("How much", lambda each: Cell(_amount(each), color="text-2")),
                Column("Paid first", lambda each: tr("yes") if each.paid_first else "", width=90),
                Column("Reviewed", lambda each: reviewed(each.reviewed_by, each.reviewed_on), width=200),
            ],
            key=lambda each: each.fee_for,
            least=170,
            first_to_go=("Reviewed", "Paid first"),
            parent=parent,
        )

    def reload(self) -> None:
        self.desk.ask(self, self.show_rules, release_fee_rules.fee_rules)

    def change(self, rule: FeeRule) -> None:
        CopyFeeDialog(self, rule).open()


class CopyFeeDialog(Dialog):
    """One line: how the fee comes about, and who looked at it last."""

    def __init__(self, part: CopyFeesPart, rule: FeeRule) -> None:
        super().__init__(
            part,
            tr("What do copies cost: {whom}?", whom=tr(WHOM[rule.fee_for])),
            tr("It counts for fees that are stated from now on."),
            icon="circle-dollar-sign",
            icon_color="text-2",
            width=540,
        )
        self._part, self._rule = part, rule
        self.method: Combo[FeeMethod] = Combo(tuple((each, tr(words)) for each, words in HOW.items()))
        self.method.set_value(rule.method)
        self.flat, self.base, self.most = AmountEdit(), AmountEdit(), AmountEdit()
        self.flat.set_value(rule.flat_cents)
        self.base.set_value(rule.base_cents)
        self.most.set_value(rule.most_cents or None)
        self.steps = [(NumberEdit(least=1, most=9999), AmountEdit()) for _ in range(_STEPS)]
        for (end, cents), step in zip(self.steps, rule.steps, strict=False):
            end.set_value(step.up_to)
            cents.set_value(step.cents)
        self.first = CheckBox(tr("Copies leave only when it is paid"), checked=rule.paid_first)
        self.by, self.on = TextEdit(rule.reviewed_by), DateEdit()
        self.on.set_value(rule.reviewed_on)
        self.form = Form()
        self.form.add("method", tr("Fee"), self.method, span=6)
        self.form.add("flat_cents", tr("Flat fee"), self.flat, span=6)
        self.form.add("base_cents", tr("Clerical fee"), self.base, span=6)
        for place, (end, cents) in enumerate(self.steps, start=1):
            name = "steps" if place == 1 else f"step_{place}"
            self.form.add(name, tr("Up to page (last: empty)"), end, span=6)
            self.form.add(f"{name}_cents", tr("For each page"), cents, span=6)
        self.form.add("most_cents", tr("Never more than"), self.most, span=6)
        self.form.add_wide(self.first)
        self.form.add("reviewed_by", tr("Reviewed by"), self.by, span=8)
        self.form.add("reviewed_on", tr("On"), self.on, span=4)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.save = self.add_verb(tr("Save the fee"), self._save, kind="primary", keys="Return", closes=False)
        self.method.chosen.connect(lambda _: self._show_parts())
        self._show_parts()
        self.method.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self) -> None:
        method = self.method.value()
        for name, line in self.form.fields().items():
            if name == "flat_cents":
                line.setVisible(method is FeeMethod.FLAT)
            elif name.startswith(("base", "step")):
                line.setVisible(method is FeeMethod.PER_PAGE)
            elif name == "most_cents":
                line.setVisible(method in (FeeMethod.PER_PAGE, FeeMethod.COST))
        self.first.setVisible(method is not FeeMethod.NONE)
        self.adjustSize()

    def _save(self) -> None:
        if not self.form.check():
            return
        method = self.method.value() or FeeMethod.NONE
        by_page = method is FeeMethod.PER_PAGE
        rule = FeeRule(
            fee_for=self._rule.fee_for,
            method=method,
            flat_cents=(self.flat.value() or 0) if method is FeeMethod.FLAT else 0,
            base_cents=(self.base.value() or 0) if by_page else 0,
            steps=self._steps() if by_page else (),
            most_cents=(self.most.value() or 0) if method in (FeeMethod.PER_PAGE, FeeMethod.COST) else 0,
            paid_first=self.first.isChecked() and method is not FeeMethod.NONE,
            reviewed_by=self.by.value(),
            reviewed_on=self.on.value(),
        )
        self._part.desk.do(self, self._saved, release_fee_rules.set_fee_rule, rule=rule)

    def _steps(self) -> tuple[Step, ...]:
        """The lines that are filled in."""
        filled = [
            (end.value(), cents.value())
            for end, cents in self.steps
            if end.value() is not None or cents.value() is not None
        ]
        return tuple(Step(end, cents or 0) for end, cents in filled)

    def _saved(self, _: FeeRule) -> None:
        self.accept()
        self._part.told.emit(tr("Saved the fee"))


def _amount(each: FeeRule) -> str:
    if each.method is FeeMethod.FLAT:
        return dollars(each.flat_cents)
    most = tr("at most {amount}", amount=dollars(each.most_cents)) if each.most_cents else ""
    if each.method is FeeMethod.COST:
        return most
    if each.method is FeeMethod.NONE:
        return ""
    parts = [dollars(each.base_cents)] if each.base_cents else []
    start = 1
    for step in each.steps:
        pages = f"{start}-{step.up_to}" if step.up_to else tr("from {page}", page=start)
        parts.append(tr("pages {pages} {amount}", pages=pages, amount=dollars(step.cents)))
        start = (step.up_to or start) + 1
    return ", ".join([*parts, *([most] if most else [])])
