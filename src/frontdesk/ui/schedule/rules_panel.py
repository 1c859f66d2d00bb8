"""The office's rules for reminders, each with its switch; the chosen one is changed on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import reminder_rules, visit_types
from frontdesk.services.schedule.reminder_rules import CHANNELS, RuleDraft, RuleView
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.services.schedule.words import Channel
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_NONE = "none"


class RulesPanel(Panel):
    """Rules on the left, the form of one on the right."""

    topics = frozenset({"reminder_rule", "reminder_type_off", "visit_type"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rule: RuleView | None = None
        self._filled: RuleDraft | None = None
        self._picked_id: int | None = None
        self._types: tuple[VisitTypeView, ...] = ()
        self._off: dict[int, CheckBox] = {}
        self._model = TableModel[RuleView](
            [
                Column("Rule", lambda rule: Cell(rule.draft.name, role="strong")),
                Column("When", lambda rule: before(rule.draft.hours_before), width=120),
                Column("By", lambda rule: ways(rule.draft.channels), width=220),
                Column("State", _state, width=80),
            ],
            key=lambda rule: rule.id,
        )
        self.table = Table(self._model, says=tr("Rules"))
        self.table.chosen.connect(self._picked)
        ColumnFit(self.table, self._model.columns, least=130, first_to_go=("By", "When"))
        self.new = Button(tr("New rule"), icon="plus")
        self.new.clicked.connect(self.begin)
        self.switch = Button(tr("Switch off"), icon="power")
        self.switch.clicked.connect(self.switch_rule)
        foot = Frame("foot", row(self.new, self.switch, None, margins=(12, 8, 12, 8)))
        left = QWidget()
        left.setLayout(column(self.banner, self.table, foot, gap=0))
        whole = row(gap=0)
        whole.addWidget(left, 1)
        whole.addWidget(self._build_form())
        self.setLayout(whole)
        theme().changed.connect(self._fit)
        self._fit()
        self._choose(None)

    def reload(self) -> None:
        self.desk.ask(self, self._show_types, visit_types.visit_types)
        self.desk.ask(self, self._show, reminder_rules.rules)

    def begin(self) -> None:
        """An empty form for another rule."""
        self._fill(None, RuleDraft("", 24, (Channel.TEXT,)))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keeps the form: the chosen rule's, or a new one."""
        self.clear_complaints()
        if not self.form.check():
            return
        draft = self._draft()
        if self._rule is None:
            self.desk.do(self, self._saved, reminder_rules.add, draft=draft)
        else:
            self.desk.do(
                self,
                self._saved,
                reminder_rules.change,
                rule_id=self._rule.id,
                draft=draft,
                version=self._rule.version,
            )

    def switch_rule(self) -> None:
        """On or off."""
        rule = self.table.current()
        if rule is not None:
            self.clear_complaints()
            words = tr("Switched off {name}") if rule.is_active else tr("Switched on {name}")
            self.desk.do(
                self,
                lambda _: self.told.emit(words.format(name=rule.draft.name)),
                reminder_rules.set_active,
                rule_id=rule.id,
                is_active=not rule.is_active,
            )

    def _saved(self, _: object) -> None:
        self._filled = None
        self.told.emit(tr("Saved the rule {name}", name=self.name.value()))

    def _build_form(self) -> QWidget:
        self.name = TextEdit()
        self.hours = NumberEdit(least=1, most=reminder_rules.MOST_HOURS)
        self.not_within = NumberEdit(least=0, most=reminder_rules.MOST_HOURS)
        options: tuple[tuple[str, str], ...] = tuple((each.value, tr(words)) for each, words in CHANNELS)
        nobody = ((_NONE, tr("Nobody else")), *options)
        self.ways = (Combo(options), Combo(nobody), Combo(nobody))
        self.guardian = NumberEdit(least=0, most=21)
        self.preparation = CheckBox(tr("Say the preparation (such as “nothing to eat”)"))
        self.unconfirmed = CheckBox(tr("Only while the visit is not confirmed"))
        self.family = CheckBox(tr("One message for a household on one day"))
        self.form = Form()
        self.form.add("name", tr("Name"), self.name)
        self.form.add("hours_before", tr("Hours before the visit"), self.hours, span=6)
        self.form.add("not_within_hours", tr("Not within hours"), self.not_within, span=6)
        self.form.add("channels", tr("By"), self.ways[0], span=6)
        self.form.add("second", tr("Else by"), self.ways[1], span=6)
        self.form.add("third", tr("Else by (last)"), self.ways[2], span=6)
        self.form.add(
            "guardian_below_age",
            tr("Guardian below age"),
            self.guardian,
            span=6,
        )
        for box in (self.preparation, self.unconfirmed, self.family):
            self.form.add_wide(box)
        self._off_caption = Label(tr("Not for these visit types"), "secondary", "text-2")
        self._off_boxes = column(gap=0)
        inner = QWidget()
        inner.setLayout(
            column(self.form, 8, self._off_caption, self._off_boxes, None, gap=4, margins=(14, 12, 14, 12))
        )
        self.keep = Button(tr("Save rule"), "primary", icon="check")
        self.keep.clicked.connect(self.save)
        foot = Frame("foot", row(None, self.keep, margins=(12, 8, 12, 8)))
        self._right = Frame("detail", column(scrolled(inner), foot, gap=0))
        return self._right

    def _show(self, rules: tuple[RuleView, ...]) -> None:
        self._model.show(rules)
        if self.table.current() is None and rules:
            self.table.choose_first()
        self._refill()

    def _show_types(self, types: tuple[VisitTypeView, ...]) -> None:
        self._types = types
        for box in self._off.values():
            box.deleteLater()
        self._off = {kind.id: CheckBox(kind.name) for kind in types}
        for box in self._off.values():
            self._off_boxes.addWidget(box)
        if self._filled is not None:
            for type_id, off in self._off.items():
                off.setChecked(type_id in self._filled.off_type_ids)
        self._refill()

    def _picked(self, rule: RuleView | None) -> None:
        """Another rule was chosen; a new answer chooses the same one again."""
        rule_id = None if rule is None else rule.id
        if rule_id != self._picked_id:
            self._picked_id = rule_id
            self._choose(rule)

    def _refill(self) -> None:
        """As it stands now, unless somebody is writing in it."""
        if self._filled is None or self._draft() == self._filled:
            self._choose(self.table.current())

    def _choose(self, rule: RuleView | None) -> None:
        may = self.desk.may("schedule.edit_reminders")
        self.new.setEnabled(may)
        self.keep.setEnabled(may)
        self.switch.setEnabled(may and rule is not None)
        if rule is None:
            self._fill(None, RuleDraft("", 24, (Channel.TEXT,)))
            return
        self.switch.setText(tr("Switch off") if rule.is_active else tr("Switch on"))
        self.switch.updateGeometry()
        self._fill(rule, rule.draft)

    def _fill(self, rule: RuleView | None, draft: RuleDraft) -> None:
        self._rule = rule
        self.form.clear_errors()
        self.name.set_value(draft.name)
        self.hours.set_value(draft.hours_before)
        self.not_within.set_value(draft.not_within_hours)
        for place, box in enumerate(self.ways):
            box.set_value(draft.channels[place].value if place < len(draft.channels) else _NONE)
        self.guardian.set_value(draft.guardian_below_age)
        self.preparation.setChecked(draft.says_preparation)
        self.unconfirmed.setChecked(draft.if_unconfirmed)
        self.family.setChecked(draft.family_together)
        for type_id, off in self._off.items():
            off.setChecked(type_id in draft.off_type_ids)
        self.keep.setText(tr("Save rule") if rule else tr("Add rule"))
        self._filled = self._draft()

    def _draft(self) -> RuleDraft:
        chosen = [box.value() for box in self.ways]
        channels = dict.fromkeys(Channel(value) for value in chosen if value and value != _NONE)
        return RuleDraft(
            name=self.name.value(),
            hours_before=self.hours.value() or 0,
            channels=tuple(channels),
            not_within_hours=self.not_within.value() or 0,
            says_preparation=self.preparation.isChecked(),
            if_unconfirmed=self.unconfirmed.isChecked(),
            family_together=self.family.isChecked(),
            guardian_below_age=self.guardian.value() or 0,
            off_type_ids=tuple(type_id for type_id, box in self._off.items() if box.isChecked()),
        )

    def _fit(self) -> None:
        self._right.setFixedWidth(theme().px(410) if theme().scale <= 150 else theme().px(340))


def before(hours: int) -> str:
    """ "2 days before"; "3 hours before"."""
    days, left = divmod(hours, 24)
    if days and not left:
        return tr("1 day before") if days == 1 else tr("{count} days before", count=days)
    return tr("1 hour before") if hours == 1 else tr("{count} hours before", count=hours)


def ways(channels: tuple[Channel, ...]) -> str:
    """ "Text, else e-mail, else phone call"."""
    words = dict(CHANNELS)
    first, *others = [tr(words[channel]) for channel in channels]
    return ", ".join([first, *(tr("else {way}", way=way.lower()) for way in others)])


def _state(rule: RuleView) -> Cell:
    return Cell(tr("On"), tone="ok") if rule.is_active else Cell(tr("Off"), tone="neutral")
