"""What is asked of a new patient when there is time: folded until somebody opens it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.registration.drafts import DetailsDraft, ReminderWay
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.fields import RaceBoxes
from frontdesk.ui.registration.words import MARITAL, WAYS, with_known
from frontdesk.ui.text import tr


class MoreFields(QWidget):
    """One card with a head that folds; a refusal of a field in it opens it."""

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card(tr("More about the patient"), "list-plus")
        self.turn_button = Button(tr("Show"), height="small", keys="Alt+M")
        self.turn_button.clicked.connect(self.turn)
        self.card.add_to_head(self.turn_button)
        self.suffix, self.former = TextEdit(hint="Jr."), TextEdit()
        self.gender, self.employer = TextEdit(), TextEdit()
        self.marital: Combo[str] = Combo(with_known(MARITAL, ""))
        self.second: Combo[ReminderWay] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.second.set_value(ReminderWay.NONE)
        self.interpreter = CheckBox(tr("Interpreter needed"))
        self.race = RaceBoxes(columns=1)
        self.primary_care, self.referring, self.pharmacy = TextEdit(), TextEdit(), TextEdit()
        self.form = Form()
        add = self.form.add
        add("former_last_name", tr("Former last name"), self.former, span=5)
        add("suffix", tr("Suffix"), self.suffix, span=3)
        add("gender_identity", tr("Gender identity"), self.gender, span=4)
        add("marital_status", tr("Marital status"), self.marital, span=4)
        add("second_way", tr("Reminders then by"), self.second, span=4)
        add("interpreter_needed", tr("Interpreter"), self.interpreter, span=4)
        add("race", tr("Race and ethnicity, as many as apply"), self.race)
        add("employer", tr("Employer"), self.employer, span=6)
        add("pharmacy", tr("Pharmacy"), self.pharmacy, span=6)
        add("primary_care", tr("Primary care physician"), self.primary_care, span=6)
        add("referring", tr("Referred by"), self.referring, span=6)
        self.card.body.addWidget(self.form)
        holder = self.form.parentWidget()
        assert holder is not None, "the card holds it"
        self._body = holder
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self.unfold(False)

    @property
    def is_open(self) -> bool:
        return self._body.isVisibleTo(self)

    def turn(self) -> None:
        """Open to its first field, or fold; what was typed stays."""
        self.unfold(not self.is_open)
        if self.is_open:
            self.former.setFocus()
        self.turned.emit()

    def unfold(self, is_open: bool) -> None:
        set_shown(self._body, is_open)
        self.turn_button.setText(tr("Hide") if is_open else tr("Show"))

    def details(self, rest: DetailsDraft) -> DetailsDraft:
        """The other details with these."""
        return replace(
            rest,
            gender_identity=self.gender.value(),
            marital_status=self.marital.value() or "",
            second_way=self.second.value() or ReminderWay.NONE,
            interpreter_needed=self.interpreter.isChecked(),
            race=self.race.value(),
            employer=self.employer.value(),
            pharmacy=self.pharmacy.value(),
            primary_care=self.primary_care.value(),
            referring=self.referring.value(),
        )

    def named(self) -> list[tuple[str, QWidget]]:
        """The controls by their names, for parking."""
        boxes = [(f"more.race.{race.value}", box) for race, box in self.race.boxes.items()]
        return [*((f"more.{name}", row.control) for name, row in self.form.fields().items()), *boxes]
