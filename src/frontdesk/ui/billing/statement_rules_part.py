"""Billing set-up: whom statements ask, in whose words, and when a debt is small or goes to an agency."""

from datetime import date

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import statement_rules
from frontdesk.services.billing.statement_rules import LEVELS, StatementRules, TextInForce
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row, scrolled
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NoteEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, form_pane
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr


class StatementRulesPart(SetupPart):
    """The rules as a form, the words by age as a table below."""

    topics = frozenset({"statement_rule", "dunning_text"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.minimum, self.small = AmountEdit(), AmountEdit()
        self.cycle, self.to_pay = NumberEdit(most=999), NumberEdit(most=999)
        self.agency, self.agency_days = TextEdit(), NumberEdit(most=9999)
        self.next_look, self.promised = NumberEdit(most=999), NumberEdit(most=999)
        self.hardship, self.returned_check = NumberEdit(most=999), AmountEdit()
        self.sends_email = CheckBox(tr("Runs may send statements by e-mail to those who agreed to it"))
        self.return_address = NoteEdit()
        self.form = Form(widens_below=560)
        self.form.add("minimum_cents", tr("Smallest statement"), self.minimum, span=3)
        self.form.add("cycle_days", tr("Days between statements"), self.cycle, span=3)
        self.form.add("days_to_pay", tr("Days to pay"), self.to_pay, span=3)
        self.form.add("small_balance_cents", tr("Small balance, at most"), self.small, span=3)
        self.form.add("agency", tr("Collection agency"), self.agency, span=6)
        self.form.add("agency_days", tr("Days until the agency"), self.agency_days, span=3)
        self.form.add("next_look_days", tr("Days to the next look"), self.next_look, span=3)
        self.form.add("promise_days", tr("Days a promise is for"), self.promised, span=3)
        self.form.add("hardship_days", tr("Days a hardship holds"), self.hardship, span=3)
        self.form.add("returned_check_cents", tr("Fee for a returned check"), self.returned_check, span=3)
        self.form.add_wide(self.sends_email)
        self.form.add(
            "return_address",
            tr("Payments are sent to (empty: the practice's address)"),
            self.return_address,
        )
        self.save_button = Button(tr("Save rules"), "primary", icon="check", keys="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        self.model = TableModel[TextInForce](
            [
                Column(
                    "Age of the debt",
                    lambda each: Cell(tr(LEVELS[each.level]).capitalize(), role="strong"),
                    width=140,
                ),
                Column("What the statement says", lambda each: each.words),
                Column("Since", _since, width=110),
            ],
            key=lambda each: each.level,
        )
        self.table = Table(self.model, says=tr("Words by age"))
        self.table.keep_rows(len(LEVELS))
        self.table.opened.connect(self.write)
        words = Label(
            tr("The words by age of the oldest debt. Enter writes others; what was sent keeps its words."),
            "secondary",
            "text-2",
            wrap=True,
        )
        content = form_pane(self.form, row(self.save_button, None), words, self.table)
        self.setLayout(column(self.banner, scrolled(content), gap=0))

    def home(self) -> QWidget:
        return self.minimum

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+Return", tr("Save the rules"), self.save),
            Key("Return", tr("Write the words of an age")),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show_rules, statement_rules.rules)
        self.desk.ask(self, self._show_texts, statement_rules.texts)

    def save(self) -> None:
        """All the rules together; an empty number is refused beside its field."""
        self.clear_complaints()
        if self.form.check():
            rules = StatementRules(
                minimum_cents=self.minimum.value() or 0,
                cycle_days=self.cycle.value() or 0,
                days_to_pay=self.to_pay.value() or 0,
                small_balance_cents=self.small.value() or 0,
                agency=self.agency.value(),
                agency_days=self.agency_days.value() or 0,
                return_address=self.return_address.value(),
                next_look_days=self.next_look.value() or 0,
                promise_days=self.promised.value() or 0,
                hardship_days=self.hardship.value() or 0,
                sends_email=self.sends_email.isChecked(),
                returned_check_cents=self.returned_check.value() or 0,
            )
            self.desk.do(self, self._saved, statement_rules.set_rules, rules=rules)

    def write(self, _: object = None) -> None:
        """Other words for the chosen age."""
        chosen = self.table.current()
        if chosen is not None:
            dialog = TextDialog(self, self.desk, chosen)
            dialog.told.connect(self.told)
            dialog.open()

    def _show_rules(self, found: StatementRules) -> None:
        self.minimum.set_value(found.minimum_cents)
        self.small.set_value(found.small_balance_cents)
        self.cycle.set_value(found.cycle_days)
        self.to_pay.set_value(found.days_to_pay)
        self.agency.set_value(found.agency)
        self.agency_days.set_value(found.agency_days)
        self.return_address.set_value(found.return_address)
        self.next_look.set_value(found.next_look_days)
        self.promised.set_value(found.promise_days)
        self.hardship.set_value(found.hardship_days)
        self.sends_email.setChecked(found.sends_email)
        self.returned_check.set_value(found.returned_check_cents or None)

    def _show_texts(self, found: tuple[TextInForce, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()

    def _saved(self, _: StatementRules) -> None:
        self.told.emit(tr("Saved the rules for statements"))


class TextDialog(ActDialog):
    """What statements say at one age, from a day on."""

    def __init__(self, parent: QWidget, desk: Desk, shown: TextInForce) -> None:
        super().__init__(
            parent,
            desk,
            tr("What does a statement say {age}?", age=tr(LEVELS[shown.level])),
            tr("At most 400 characters, from a day on. Statements that were sent keep their words."),
            verb=tr("Save words"),
            icon="message-square-text",
        )
        self._level = shown.level
        self.words, self.effective_on = NoteEdit(shown.words), DateEdit()
        self.effective_on.set_value(desk.today)
        self.form.add("text", tr("Words"), self.words)
        self.form.add("effective_on", tr("From"), self.effective_on, span=6)
        self.words.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            statement_rules.write_text,
            level=self._level,
            text=self.words.value(),
            effective_on=self.effective_on.value() or date.min,
        )

    def _done(self, _: int) -> None:
        self.close_with(tr("Saved the words of a statement"))


def _since(each: TextInForce) -> Cell:
    return Cell(us_date(each.since) if each.since else tr("as shipped"), color="text-2")
