"""Billing set-up: the rules of the claim check in plain words, and the exceptions from them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import rule_overrides
from frontdesk.services.billing.rule_overrides import Override, OverrideDraft, RuleRow, Weight
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.billing.scrub_table import Stage
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr

Told = Callable[[str], object]

_WEIGHTS = {Weight.BLOCK: "Stops", Weight.WARN: "Warns", Weight.INFO: "Notes", Weight.OFF: "Off"}
_TONES = {Weight.BLOCK: "block", Weight.WARN: "warn", Weight.INFO: "info", Weight.OFF: "neutral"}
_OWNERS = {
    Owner.DESK: "Reception",
    Owner.BILLING: "Billing",
    Owner.PROVIDER: "Provider",
    Owner.MANAGER: "Manager",
}
_STAGES = {
    Stage.BOOKING: "Booking",
    Stage.CHECK_IN: "Check-in",
    Stage.CHARGE_ENTRY: "Charge entry",
    Stage.RESUBMISSION: "Resubmission",
}
_ALL = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule, or an exception from it below."""

    rule: RuleRow
    override: Override | None = None

    @property
    def key(self) -> tuple[str, int]:
        return (self.rule.name, self.override.id if self.override else 0)


class ClaimRulesPart(SetupPart):
    """A line per rule, its exceptions below; Enter makes an exception, Delete ends the chosen one."""

    new_words = "Make exception"
    topics = frozenset({"rule_override", "payer"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payers: tuple[tuple[int, str], ...] = ()
        self.model = TableModel[_Line](
            [
                Column(tr("Rule"), _words),
                Column(tr("Weight"), _weight, width=110),
                Column(tr("Put right by"), _owner, width=120),
                Column(tr("Asked from"), _stage, width=120),
                Column(tr("Exceptions"), _exceptions, width=250),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Claim rules"))
        self.table.opened.connect(lambda _: self.new())
        ColumnFit(
            self.table, self.model.columns, least=300, first_to_go=(tr("Put right by"), tr("Asked from"))
        )
        self.soon = Label("", "secondary", "warn-tx")
        self._may = desk.may("billing.override_rules")
        self.make_button = Button(tr("Make exception"), "primary", icon="plus", keys="Ctrl+N")
        self.make_button.clicked.connect(self.new)
        self.end_button = Button(tr("End exception"), icon="x", keys="Delete")
        self.end_button.clicked.connect(self.end)
        for button in (self.make_button, self.end_button):
            button.setEnabled(self._may)
        bar = Toolbar()
        bar.add_left(self.soon)
        bar.add(self.end_button, self.make_button)
        self.setLayout(column(bar, self.banner, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Make exception")),
            Key("Delete", tr("End exception"), self.on_list(self.end)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, rule_overrides.rules)
        self.desk.ask(self, self._show_payers, rule_overrides.payers)

    def new(self) -> None:
        """An exception from the chosen rule, unless the law or the format wants it."""
        line = self.table.current()
        if line is None or not self._may:
            return
        if line.rule.is_hard:
            self.banner.say("info", tr("The law or the format of claims wants this. It has no exceptions."))
            return
        self.clear_complaints()
        OverrideDialog(self, self.desk, line.rule, self._payers, self.told.emit).open()

    def end(self) -> None:
        """Let the rule weigh again what it weighs."""
        line = self.table.current()
        if line is None or not self._may:
            return
        chosen = line.override or next(iter(line.rule.overrides), None)
        if chosen is None:
            self.banner.say("info", tr("This rule has no exception that could be ended."))
            return
        self.clear_complaints()
        self.desk.do(
            self,
            lambda _: self.told.emit(tr("Ended the exception")),
            rule_overrides.end,
            override_id=chosen.id,
            version=chosen.version,
        )

    def _show(self, rules: tuple[RuleRow, ...]) -> None:
        lines: list[_Line] = []
        for rule in rules:
            lines.append(_Line(rule))
            lines += [_Line(rule, override) for override in rule.overrides]
        self.model.show(lines)
        soon = sum(override.ends_soon for rule in rules for override in rule.overrides)
        self.soon.setText(
            counted(soon, "{count} exception ends soon", "{count} exceptions end soon") if soon else ""
        )
        self.table.choose_one()

    def _show_payers(self, payers: tuple[tuple[int, str], ...]) -> None:
        self._payers = payers


class OverrideDialog(ActDialog):
    """With whom, how much the rule weighs there, why, and until when."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        rule: RuleRow,
        payers: tuple[tuple[int, str], ...],
        told: Told,
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("What else may pass?"),
            tr("{rule} An exception ends by itself on its day, in a year at most.", rule=tr(rule.words)),
            width=520,
            verb=tr("Make exception"),
            keep=tr("No exception"),
            told=told,
        )
        self._rule = rule
        self.payer: Combo[int] = Combo(((_ALL, tr("All payers")), *payers))
        self.weight: Combo[Weight] = Combo(tuple((weight, tr(words)) for weight, words in _WEIGHTS.items()))
        self.weight.set_value(Weight.WARN if rule.weight is Weight.BLOCK else Weight.OFF)
        self.until = DateEdit()
        self.reason = TextEdit(hint=tr("Its own letter of May says otherwise, …"))
        self.form.add("payer_id", tr("&Payer"), self.payer, span=5)
        self.form.add("weight", tr("The rule &then"), self.weight, span=3)
        self.form.add("until_on", tr("&Until, the last day"), self.until, span=4)
        self.form.add("reason", tr("&Why"), self.reason, span=12)
        self.payer.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        until = self.until.value()
        if until is None:
            self.form.row("until_on").set_error(tr("Enter the last day."))
            return
        self.desk.do(
            self,
            self._saved,
            rule_overrides.make,
            draft=OverrideDraft(
                self._rule.name,
                self.weight.value() or Weight.WARN,
                self.reason.value(),
                until,
                self.payer.value() or None,
            ),
        )

    def _saved(self, _: object) -> None:
        self.close_with(tr("Made an exception from a claim rule"))


def _words(line: _Line) -> Cell:
    if line.override is None:
        return Cell(tr(line.rule.words), "strong")
    with_whom = line.override.payer or tr("All payers")
    return Cell("   " + with_whom, icon="corner-down-right", detail=line.override.reason)


def _weight(line: _Line) -> Cell:
    weight = line.override.weight if line.override else line.rule.weight
    return Cell(tr(_WEIGHTS[weight]), tone=_TONES[weight])


def _owner(line: _Line) -> str:
    return line.override.set_by if line.override else tr(_OWNERS[line.rule.owner])


def _stage(line: _Line) -> str:
    if line.override is not None:
        return ""
    return next(tr(words) for stage, words in _STAGES.items() if stage in line.rule.stages)


def _exceptions(line: _Line) -> Cell:
    if line.override is not None:
        left = counted(line.override.days_left, "{count} day left", "{count} days left")
        words = tr("until {day}", day=us_date(line.override.until_on))
        color = "warn-tx" if line.override.ends_soon else "text"
        return Cell(words, color=color, detail=left)
    if line.rule.is_hard:
        return Cell(tr("none: law or format"), color="text-3", icon="lock")
    return Cell(tr("none") if not line.rule.overrides else "", color="text-3")
