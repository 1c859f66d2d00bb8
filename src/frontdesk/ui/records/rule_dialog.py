"""A retention rule is written: the next edition of one, or a new one."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from frontdesk.services.records import retention_rules
from frontdesk.services.records.retention_rules import (
    CLASS_WORDS,
    TRIGGER_WORDS,
    RetentionClass,
    RuleDraft,
    RuleLine,
    Sensitivity,
    Trigger,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

ANY: Final = "any"
SENSITIVITY_WORDS: Final = {
    Sensitivity.ORDINARY: "Ordinary",
    Sensitivity.MENTAL_HEALTH: "Mental health",
    Sensitivity.SUBSTANCE_USE: "Substance use",
    Sensitivity.HIV: "HIV",
    Sensitivity.REPRODUCTIVE: "Reproductive",
    Sensitivity.GENETIC: "Genetic",
}


class RuleDialog(Dialog):
    """Each edition is kept with its day and its reason; the rule counts from that day on."""

    def __init__(
        self, parent: QWidget, desk: Desk, rule: RuleLine | None, told: Callable[[str], object]
    ) -> None:
        super().__init__(
            parent,
            tr("Change this rule?") if rule is not None else tr("Write a rule?"),
            tr("Of all rules for a record the strictest wins: a rule more never makes it go earlier."),
            icon="scale",
            icon_color="accent",
            width=560,
        )
        self._desk, self._rule, self._told = desk, rule, told
        self.name = TextEdit(hint=tr("Mammograms: ten years"))
        self.of_class: Combo[RetentionClass] = Combo(
            tuple((each, tr(words)) for each, words in CLASS_WORDS.items())
        )
        self.sensitivity: Combo[Sensitivity | str] = Combo(
            (
                (ANY, tr("Whatever it is")),
                *((each, tr(words)) for each, words in SENSITIVITY_WORDS.items()),
            )
        )
        self.years = NumberEdit(most=100)
        self.trigger: Combo[Trigger] = Combo(
            tuple((each, tr(words)) for each, words in TRIGGER_WORDS.items())
        )
        self.source = TextEdit(hint=tr("42 CFR 424.516(f), letter of counsel of 03/16, …"))
        self.effective_on = DateEdit()
        self.effective_on.set_value(desk.today)
        self.reason = TextEdit()
        self.needs_counsel = CheckBox(tr("Have counsel check it"))
        self.ends = CheckBox(tr("The rule ends on that day"))
        self._form = form = Form()
        form.add("name", tr("Name"), self.name)
        form.add("retention_class", tr("Class"), self.of_class, span=6)
        form.add("sensitivity", tr("Sensitivity"), self.sensitivity, span=6)
        form.add("years", tr("Years"), self.years, span=3)
        form.add("trigger", tr("Counted from"), self.trigger, span=5)
        form.add("effective_on", tr("In force from"), self.effective_on, span=4)
        form.add("source", tr("Rests on"), self.source)
        form.add("reason", tr("Why it changes"), self.reason)
        form.add_wide(self.needs_counsel)
        if rule is not None:
            form.add_wide(self.ends)
            self._fill(rule)
        self.body.addWidget(form)
        self.add_verb(tr("Leave it"), keys="Esc")
        self.add_verb(tr("Write rule"), self._write, kind="primary", closes=False)
        (self.name if rule is None else self.years).setFocus()

    def _fill(self, rule: RuleLine) -> None:
        self.name.set_value(rule.name)
        self.of_class.set_value(rule.retention_class)
        self.sensitivity.set_value(rule.sensitivity or ANY)
        self.years.set_value(rule.years)
        self.trigger.set_value(rule.trigger)
        self.source.set_value(rule.source)
        self.needs_counsel.setChecked(rule.needs_counsel)

    def _write(self) -> None:
        if not self._form.check():
            return
        of_class, trigger = self.of_class.value(), self.trigger.value()
        assert of_class is not None
        assert trigger is not None
        sensitivity = self.sensitivity.value()
        self._desk.do(
            self,
            self._written,
            retention_rules.write,
            key=self._rule.key if self._rule is not None else "",
            edition=self._rule.edition if self._rule is not None else 0,
            draft=RuleDraft(
                name=self.name.value(),
                retention_class=of_class,
                trigger=trigger,
                years=self.years.value() or 0,
                source=self.source.value(),
                effective_on=self.effective_on.value() or self._desk.today,
                reason=self.reason.value(),
                sensitivity=sensitivity if isinstance(sensitivity, Sensitivity) else None,
                needs_counsel=self.needs_counsel.isChecked(),
                is_ended=self.ends.isChecked(),
            ),
        )

    def _written(self, _: str) -> None:
        self.accept()
        self._told(tr("Wrote the retention rule"))
