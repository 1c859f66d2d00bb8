"""A form of the library as it is written: its rules, and its words in two languages side by side."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPlainTextEdit, QWidget

from frontdesk.services.records.forms import FormDraft, Needed, PayerKind, Signer, Wording
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.library_questions import QuestionRows
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

NEEDED = {
    Needed.ONCE: "Once, at the first visit",
    Needed.YEARLY: "Every year",
    Needed.EACH_VISIT: "At each visit",
    Needed.VISIT_TYPE: "By kind of visit",
}
PAYER_KINDS = {
    PayerKind.COMMERCIAL: "Commercial",
    PayerKind.BLUE: "Blue Cross Blue Shield",
    PayerKind.HMO: "HMO",
    PayerKind.MEDICARE: "Medicare",
    PayerKind.MEDICAID: "Medicaid",
    PayerKind.TRICARE: "TRICARE",
    PayerKind.WORKERS_COMP: "Workers' compensation",
    PayerKind.AUTO: "Auto",
    PayerKind.OTHER: "Other",
}
_TEXT_LINES = 14


class Words(QWidget):
    """A title and a text in one language."""

    changed = Signal()

    def __init__(self, language: str, name: str) -> None:
        super().__init__()
        self.language = language
        self.title, self.text = TextEdit(), TextArea()
        self.title.textEdited.connect(lambda _: self.changed.emit())
        self.text.textChanged.connect(self.changed)
        self.outdated = Chip("", "warn", "triangle-alert")
        self.outdated.hide()
        self.still_right = CheckBox(tr("The words still fit"))
        self.still_right.toggled.connect(lambda _: self.changed.emit())
        self.still_right.hide()
        self.form = Form()
        self.form.add(f"title_{language}", tr("Title"), self.title)
        self.form.add(f"text_{language}", tr("Text"), self.text)
        head = row(Label(name, "strong"), self.outdated, None, self.still_right)
        self.setLayout(column(head, self.form, None, gap=4))

    def wording(self, questions: tuple[str, ...]) -> Wording | None:
        title, text = self.title.value(), self.text.toPlainText().strip()
        return Wording(self.language, title, text, questions) if title or text else None

    def show_wording(self, wording: Wording | None) -> None:
        self.title.set_value(wording.title if wording else "")
        self.text.setPlainText(wording.text if wording else "")


class TextArea(QPlainTextEdit):
    """Many lines; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme().px(18 * _TEXT_LINES + 12))
        self.setPlaceholderText(tr('Paragraphs, "## " before a heading, "- " before an item. {practice}'))

    def problem(self) -> str:
        return ""


class FormEditor(QWidget):
    """Gives the draft as it stands; the office's rules look at it when it is published."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: FormDraft | None = None
        self._older: dict[str, Wording] = {}
        self._carried: dict[str, Wording] = {}
        self.needed: Combo[Needed] = Combo(tuple((kind, tr(words)) for kind, words in NEEDED.items()))
        self.months = NumberEdit(least=1, most=120)
        self.signer: Combo[Signer] = Combo(
            (
                (Signer.PATIENT, tr("The patient, or who may sign for them")),
                (Signer.REPRESENTATIVE, tr("Always a guardian or representative")),
            )
        )
        self.guardian_below = NumberEdit(most=21)
        self.age_from, self.age_until = NumberEdit(most=130), NumberEdit(most=130)
        self.position = NumberEdit(least=1, most=99)
        self.effective_on = DateEdit()
        self.may_be_refused = CheckBox(tr("May be refused without being asked again"))
        self.needs_witness = CheckBox(tr("A witness signs too"))
        self.is_editorial = CheckBox(tr("Only the words were polished: nobody signs again"))
        self.payer_kinds = {kind: CheckBox(tr(words)) for kind, words in PAYER_KINDS.items()}
        self.english, self.spanish = Words("en", tr("English")), Words("es", tr("Spanish"))
        self.questions = QuestionRows()
        self.rules = Form(widens_below=520)
        self._build()
        self._listen()

    def show_draft(self, draft: FormDraft, published: FormDraft | None, *, today: date) -> None:
        """A draft to go on with, beside the newest edition where there is one."""
        self.blockSignals(True)
        self._draft = draft
        words = {wording.language: wording for wording in draft.wordings}
        self._older = {wording.language: wording for wording in published.wordings} if published else {}
        self._carried = {
            language: wording
            for language, wording in words.items()
            if published is not None and language not in self._older
        }
        self.needed.set_value(draft.needed)
        self.months.set_value(draft.good_for_months)
        self.signer.set_value(draft.signer)
        self.guardian_below.set_value(draft.guardian_below_age)
        self.age_from.set_value(draft.age_from)
        self.age_until.set_value(draft.age_until)
        self.position.set_value(draft.position)
        self.effective_on.set_value(max(draft.effective_on, today))
        self.may_be_refused.setChecked(draft.may_be_refused)
        self.needs_witness.setChecked(draft.needs_witness)
        self.is_editorial.setChecked(draft.is_editorial and draft != published)
        for kind, box in self.payer_kinds.items():
            box.setChecked(kind in draft.payer_kinds)
        for part in (self.english, self.spanish):
            part.show_wording(words.get(part.language))
            part.still_right.setChecked(part.language in draft.still_right)
        english = words["en"].questions if "en" in words else ()
        spanish = words["es"].questions if "es" in words else ()
        self.questions.show_questions(draft.questions, english, spanish)
        set_shown(self.is_editorial, published is not None)
        self.blockSignals(False)
        self._look()

    def draft(self) -> FormDraft:
        """What stands here."""
        assert self._draft is not None, "a draft is shown before it is asked for"
        wordings = tuple(
            wording
            for part in (self.english, self.spanish)
            if (wording := part.wording(self.questions.words(part.language))) is not None
        )
        return replace(
            self._draft,
            needed=self.needed.value() or Needed.ONCE,
            good_for_months=self.months.value(),
            signer=self.signer.value() or Signer.PATIENT,
            guardian_below_age=self.guardian_below.value() or 0,
            age_from=self.age_from.value(),
            age_until=self.age_until.value(),
            position=self.position.value() or 1,
            effective_on=self.effective_on.value() or self._draft.effective_on,
            may_be_refused=self.may_be_refused.isChecked(),
            needs_witness=self.needs_witness.isChecked(),
            is_editorial=self.is_editorial.isChecked(),
            payer_kinds=tuple(kind for kind, box in self.payer_kinds.items() if box.isChecked()),
            wordings=wordings,
            questions=self.questions.asked(),
            still_right=("es",) if self.spanish.still_right.isChecked() else (),
        )

    def check(self) -> bool:
        """Whether every field can be read."""
        return self.rules.check()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else the Spanish below the English."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(520)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(down if is_narrow else across)

    def _look(self) -> None:
        """Whether the Spanish is left behind by the English as it stands."""
        now = {wording.language: wording for wording in self.draft().wordings} if self._draft else {}
        english_new = bool(self._older) and now.get("en") != self._older.get("en")
        spanish = now.get("es")
        is_carried = spanish is not None and spanish == self._carried.get("es")
        is_left = spanish is not None and english_new and spanish == self._older.get("es")
        behind = (is_carried or is_left) and not self.spanish.still_right.isChecked()
        words = tr("Outdated: the English is newer") if behind else ""
        self.spanish.outdated.show_state(words, "warn", "triangle-alert")
        set_shown(self.spanish.still_right, is_carried or is_left)

    def _changed(self) -> None:
        if not self.signalsBlocked():
            self._look()
            self.changed.emit()

    def _build(self) -> None:
        add = self.rules.add
        add("needed", tr("Asked for"), self.needed, span=4)
        add("good_for_months", tr("A signature is good for, months"), self.months, span=4)
        add("effective_on", tr("In use from"), self.effective_on, span=4)
        add("signer", tr("Who signs"), self.signer, span=8)
        add("guardian_below_age", tr("A guardian below the age of"), self.guardian_below, span=4)
        add("age_from", tr("Asked from the age of"), self.age_from, span=4)
        add("age_until", tr("Up to the age of"), self.age_until, span=4)
        add("position", tr("Order"), self.position, span=4)
        boxes = QWidget()
        boxes.setLayout(column(self.may_be_refused, self.needs_witness, self.is_editorial, gap=2))
        self.rules.add_wide(boxes)
        kinds = QWidget()
        grid = QGridLayout(kinds)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self.payer_kinds.values()):
            grid.addWidget(box, place // 3, place % 3)
        add("payer_kinds", tr("Only for patients of these payers; none: for everybody"), kinds)
        self._beside = row(self.english, self.spanish, gap=16)
        self._beside.setStretch(0, 1)
        self._beside.setStretch(1, 1)
        asked = column(Label(tr("Questions within the form"), "strong"), self.questions, gap=4)
        self.setLayout(column(self._beside, asked, self.rules, None, gap=12, margins=(16, 8, 16, 12)))

    def _listen(self) -> None:
        for combo in (self.needed, self.signer):
            combo.chosen.connect(lambda _: self._changed())
        for edit in (self.months, self.guardian_below, self.age_from, self.age_until, self.position):
            edit.value_changed.connect(self._changed)
        self.effective_on.value_changed.connect(self._changed)
        for box in (self.may_be_refused, self.needs_witness, self.is_editorial, *self.payer_kinds.values()):
            box.toggled.connect(lambda _: self._changed())
        for part in (self.english, self.spanish):
            part.changed.connect(self._changed)
        self.questions.changed.connect(self._changed)
