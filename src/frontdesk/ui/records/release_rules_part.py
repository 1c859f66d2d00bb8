"""The office's clocks for copies in the set-up: days, extension, amber, second reader, per ground."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.records import release_rules
from frontdesk.services.records.release_rules import ReleaseClock
from frontdesk.services.records.release_words import BASES, SOURCES
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.rule_list import RuleList, reviewed
from frontdesk.ui.text import counted, tr


class ReleaseRulesPart(RuleList[ReleaseClock]):
    """A line for each ground. Deadlines that were given stay."""

    topics = frozenset({"release_rule"})
    title = "Clocks for copies of records"
    about = (
        "How long the office has for a request for copies. The sources are named; the office decides "
        "within them. A guarded record always needs a second reader."
    )
    change_words = "Change rule"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            [
                Column("Ground", lambda each: Cell(tr(BASES[each.basis]), role="strong"), width=200),
                Column("Source", lambda each: Cell(SOURCES[each.basis], color="text-2"), width=170),
                Column("Answer within", lambda each: _days(each.days), width=110),
                Column("Extension", _extension, width=110),
                Column("Amber", lambda each: _days(each.warn_days), width=90),
                Column("Second reader", _reader, width=120),
                Column("Reviewed", lambda each: reviewed(each.reviewed_by, each.reviewed_on)),
            ],
            key=lambda each: each.basis,
            least=120,
            first_to_go=("Source", "Amber", "Extension"),
            parent=parent,
        )

    def reload(self) -> None:
        self.desk.ask(self, self.show_rules, release_rules.rules)

    def change(self, rule: ReleaseClock) -> None:
        RuleDialog(self, rule).open()


class RuleDialog(Dialog):
    """One ground's rule, with who looked at it last."""

    def __init__(self, part: ReleaseRulesPart, rule: ReleaseClock) -> None:
        super().__init__(
            part,
            tr("How long for: {ground}?", ground=tr(BASES[rule.basis])),
            tr("It counts for requests that come from now on."),
            icon="clock",
            icon_color="text-2",
            width=520,
        )
        self._part, self._rule = part, rule
        self.days = NumberEdit(least=0, most=999)
        self.extension, self.warn = NumberEdit(least=0, most=999), NumberEdit(least=0, most=999)
        self.reader = CheckBox(tr("A second person must agree"), checked=rule.needs_second_reader)
        self.by, self.on = TextEdit(rule.reviewed_by), DateEdit()
        self.days.set_value(rule.days)
        self.extension.set_value(rule.extension_days)
        self.warn.set_value(rule.warn_days)
        self.on.set_value(rule.reviewed_on)
        self.form = Form()
        self.form.add("days", tr("Answer within, days"), self.days, span=4)
        self.form.add("extension_days", tr("Extension, days"), self.extension, span=4)
        self.form.add("warn_days", tr("Amber before, days"), self.warn, span=4)
        self.form.add_wide(self.reader)
        self.form.add("reviewed_by", tr("Reviewed by"), self.by, span=8)
        self.form.add("reviewed_on", tr("On"), self.on, span=4)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.save = self.add_verb(
            tr("Save the rule"), self._save, kind="primary", keys="Return", closes=False
        )
        self.days.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if not self.form.check():
            return
        rule = ReleaseClock(
            basis=self._rule.basis,
            days=self.days.value() or 0,
            extension_days=self.extension.value() or 0,
            warn_days=self.warn.value() or 0,
            needs_second_reader=self.reader.isChecked(),
            reviewed_by=self.by.value(),
            reviewed_on=self.on.value(),
        )
        self._part.desk.do(self, self._saved, release_rules.set_rule, rule=rule)

    def _saved(self, _: ReleaseClock) -> None:
        self.accept()
        self._part.told.emit(tr("Saved the rule"))


def _days(days: int) -> str:
    return counted(days, "{count} day", "{count} days")


def _extension(each: ReleaseClock) -> str:
    return _days(each.extension_days) if each.extension_days else tr("none")


def _reader(each: ReleaseClock) -> str:
    return tr("always") if each.needs_second_reader else tr("guarded only")
