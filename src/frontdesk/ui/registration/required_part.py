"""Required fields in the check-in set-up: what is asked for, when, and whether the work stops without it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.registration import required
from frontdesk.services.registration.required import WORDS, Needed, Occasion, Rule
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, says
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

_OCCASIONS = {
    Occasion.NEW_PATIENT: "Registering a new patient",
    Occasion.CHECK_IN: "Check-in of everybody",
    Occasion.MINOR: "Check-in of a patient under 18",
    Occasion.INSURED: "Check-in of a patient with insurance",
}


class RequiredPart(SetupPart):
    """Every rule; one that is switched off stays in the list."""

    topics = frozenset({"required_field"})
    new_words = "Add a required field"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[Rule](
            [
                Column(tr("Asked for"), lambda each: Cell(_field(each.field), role="strong")),
                Column(tr("When"), lambda each: tr(_OCCASIONS[each.occasion])),
                Column(tr("Without it"), _level, width=230),
                Column(
                    tr("State"),
                    lambda each: Cell(
                        tr("In force") if each.is_active else tr("Off"),
                        tone="ok" if each.is_active else "neutral",
                    ),
                    width=110,
                ),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Required fields"))
        self.add_button = Button(tr("Add field"), "primary", icon="plus", keys="Ctrl+N")
        self.level_button = Button(tr("Only remind"), icon="repeat")
        self.switch_button = Button(tr("Switch off"), icon="ban")
        self.add_button.clicked.connect(self.new)
        self.level_button.clicked.connect(self.turn_level)
        self.switch_button.clicked.connect(self.turn)
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(lambda _: self.turn_level())
        head = says(
            tr("Where the work stops, a reason lets it go on; the reason is in the log."),
            self.switch_button,
            self.level_button,
            self.add_button,
        )
        self.setLayout(column(self.banner, head, self.table, gap=0))
        self._chose(None)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("↑↓", tr("Row")), Key("Enter", tr("Must or should")))

    def reload(self) -> None:
        self.desk.ask(self, self._show, required.rules)

    def new(self) -> None:
        """One rule more."""
        RuleDialog(self, self._add).open()

    def turn_level(self) -> None:
        """From must to should, and back."""
        if (chosen := self.table.current()) is not None:
            self._send(chosen, is_must=not chosen.is_must, is_active=chosen.is_active)

    def turn(self) -> None:
        """Off, or on again."""
        if (chosen := self.table.current()) is not None:
            self._send(chosen, is_must=chosen.is_must, is_active=not chosen.is_active)

    def _send(self, rule: Rule, *, is_must: bool, is_active: bool) -> None:
        self.clear_complaints()
        self.desk.do(
            self,
            self._done,
            required.set_rule,
            field=rule.field,
            occasion=rule.occasion,
            is_must=is_must,
            is_active=is_active,
            version=rule.version,
        )

    def _add(self, dialog: "RuleDialog") -> None:
        self.desk.do(
            dialog,
            lambda _: dialog.accept(),
            required.set_rule,
            field=dialog.field.value() or Needed.PHONE,
            occasion=dialog.occasion.value() or Occasion.CHECK_IN,
            is_must=dialog.level.value(),
            is_active=True,
            version=None,
        )

    def _done(self, _: object) -> None:
        self.told.emit(tr("Changed a required field"))

    def _show(self, found: tuple[Rule, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()
        self._chose(self.table.current())

    def _chose(self, chosen: Rule | None) -> None:
        for button in (self.level_button, self.switch_button):
            button.setEnabled(chosen is not None)
        if chosen is not None:
            self.level_button.setText(tr("Only remind") if chosen.is_must else tr("Stop the work"))
            self.switch_button.setText(tr("Switch off") if chosen.is_active else tr("Switch on"))


class RuleDialog(Dialog):
    """Which field, when, and what happens without it; a rule there is already is changed."""

    def __init__(self, parent: RequiredPart, then: Callable[["RuleDialog"], object]) -> None:
        super().__init__(parent, tr("What is to be asked for?"), width=560)
        self.field: Combo[Needed] = Combo(tuple((each, _field(each)) for each in Needed))
        self.occasion: Combo[Occasion] = Combo(tuple((each, tr(said)) for each, said in _OCCASIONS.items()))
        self.level: Segmented[bool] = Segmented(
            ((True, tr("The work stops")), (False, tr("The desk is reminded"))), says=tr("Without it")
        )
        form = Form()
        form.add("field", tr("Field"), self.field, span=6)
        form.add("occasion", tr("When"), self.occasion, span=6)
        form.add("is_must", tr("Without it"), self.level)
        self.body.addWidget(form)
        self.add_verb(tr("Ask for it"), lambda: then(self), kind="primary", closes=False)
        self.add_verb(tr("Add nothing"), keys="Esc")
        self.field.setFocus()


def _field(field: Needed) -> str:
    words = tr(WORDS[field])
    return words[:1].upper() + words[1:]


def _level(rule: Rule) -> Cell:
    if rule.is_must:
        return Cell(tr("Stops until a reason is given"), icon="octagon-alert", icon_color="warn")
    return Cell(tr("Reminds the desk"), icon="info", icon_color="info")
