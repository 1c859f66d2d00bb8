"""Where the patient was seen before, and what is held there: entered once, and asked for from here."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.services.records import prior_providers
from frontdesk.services.records.filing import Category
from frontdesk.services.records.prior_providers import PriorDraft, PriorView
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.outside_office import OfficeChoice
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ROWS_HEIGHT = 120
_HOLDS = (
    (Category.VISIT_NOTE, "Visit notes"),
    (Category.LAB_RESULT, "Lab results"),
    (Category.IMAGING, "Imaging reports"),
    (Category.HOSPITAL, "Hospital"),
    (Category.LETTER, "Letters"),
)


class PriorsCard(Panel):
    """Each from the directory of outside offices; Ask for records opens the request."""

    topics = frozenset({"prior_provider", "outside_office"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self.card = Card(tr("Seen elsewhere before"), "building-2")
        self.model = TableModel[PriorView](
            [
                Column(tr("Office"), lambda each: Cell(each.office.title, role="strong")),
                Column(tr("Who"), lambda each: each.draft.provider_name, width=150),
                Column(tr("Seen"), lambda each: each.seen, width=110),
                Column(tr("Holds"), _holds, width=200),
                Column(tr("Reached by"), lambda each: each.office.reach, width=160),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Where the patient was seen before"))
        self.table.setMinimumHeight(theme().px(_ROWS_HEIGHT))
        self.add_button = Button(tr("Add an office"), height="small", icon="plus")
        self.ask_button = Button(tr("Ask for records"), height="small", icon="mail-question-mark")
        self.edit_button = Button(tr("Change"), height="small", icon="pencil")
        self.off_button = Button(tr("Take off"), height="small", icon="ban")
        self.card.add_to_head(self.add_button, self.ask_button)
        self.add_button.clicked.connect(self.add)
        self.ask_button.clicked.connect(self.ask_for_records)
        self.edit_button.clicked.connect(self.edit)
        self.off_button.clicked.connect(self.take_off)
        self.table.opened.connect(lambda _: self.edit())
        self.table.chosen.connect(self._chose)
        ColumnFit(self.table, self.model.columns, least=150, first_to_go=("Reached by", "Holds"))
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.table)
        self.card.body.addLayout(row(self.edit_button, self.off_button, None))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self._chose(None)

    def show_sheet(self, sheet: PatientSheet) -> None:
        """The sheet was read anew: this part asks for itself."""
        self.patient_id = sheet.who.patient_id
        self.reload()

    def reload(self) -> None:
        if self.patient_id is not None:
            self.desk.ask(self, self._show, prior_providers.priors, patient_id=self.patient_id)

    def add(self) -> None:
        """Another office where the patient was seen."""
        if self.patient_id is not None:
            PriorDialog(self, self.desk, self.patient_id, self._saved).open()

    def edit(self) -> None:
        chosen = self.table.current()
        if chosen is not None and self.patient_id is not None:
            PriorDialog(self, self.desk, self.patient_id, self._saved, prior=chosen).open()

    def take_off(self) -> None:
        """It was entered by mistake; Ctrl+Z puts it back."""
        chosen = self.table.current()
        if chosen is not None:
            self.desk.do(self, self._off, prior_providers.remove, prior_id=chosen.id)

    def ask_for_records(self) -> None:
        """The requests page, with a new request for this patient."""
        if self.patient_id is not None:
            errand = Errand("request_records", patient_id=self.patient_id, typed="outbound")
            self.go.emit("records_requests", errand)

    def _show(self, priors: tuple[PriorView, ...]) -> None:
        self.model.show(priors)
        self._chose(self.table.current())

    def _saved(self) -> None:
        self.told.emit(tr("Saved where the patient was seen"))

    def _off(self, _: None) -> None:
        self.told.emit(tr("Taken off the sheet"))

    def _chose(self, chosen: PriorView | None) -> None:
        for button in (self.edit_button, self.off_button):
            button.setEnabled(chosen is not None)
        self.ask_button.setEnabled(self.desk.may("records.request"))


class PriorDialog(Dialog):
    """Which office, who there, when, and what they hold."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        then: Callable[[], object],
        *,
        prior: PriorView | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("Where was the patient seen?"),
            tr("Records are asked for from here, or on the requests page."),
            icon="building-2",
            icon_color="text-2",
            width=620,
        )
        self._desk, self._patient_id, self._prior, self._done_then = desk, patient_id, prior, then
        draft = prior.draft if prior is not None else PriorDraft(None)
        self.office = OfficeChoice(desk)
        if draft.office_id is not None:
            self.office.set_value(draft.office_id)
        self.who, self.note = TextEdit(draft.provider_name), NoteEdit(draft.note, lines=2)
        self.seen_from, self.seen_until = DateEdit(), DateEdit()
        self.seen_from.set_value(draft.seen_from)
        self.seen_until.set_value(draft.seen_until)
        self.holds = {
            category: CheckBox(tr(words), checked=category in draft.holds) for category, words in _HOLDS
        }
        form = self.form = Form()
        form.add("office_id", tr("Office"), self.office)
        form.add("provider_name", tr("Who saw the patient there"), self.who, span=6)
        form.add("seen_from", tr("First"), self.seen_from, span=3)
        form.add("seen_until", tr("Last"), self.seen_until, span=3)
        boxes = QWidget()
        boxes.setLayout(row(*self.holds.values(), None, gap=14))
        form.add("holds", tr("They hold"), boxes)
        form.add("note", tr("Note"), self.note)
        self.body.addWidget(form)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.save = self.add_verb(tr("Save"), self._save, kind="primary", keys="Ctrl+Return", closes=False)
        self.save.setShortcut("Ctrl+Return")
        self.office.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> PriorDraft:
        """As it is typed."""
        return PriorDraft(
            office_id=self.office.value(),
            provider_name=self.who.value(),
            seen_from=self.seen_from.value(),
            seen_until=self.seen_until.value(),
            holds=tuple(category for category, box in self.holds.items() if box.isChecked()),
            note=self.note.value(),
        )

    def _save(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        if self._prior is None:
            self._desk.do(
                self, self._saved, prior_providers.add, patient_id=self._patient_id, draft=self.draft()
            )
        else:
            self._desk.do(
                self,
                self._saved,
                prior_providers.change,
                prior_id=self._prior.id,
                draft=self.draft(),
                version=self._prior.version,
            )

    def _saved(self, _: object) -> None:
        self.accept()
        self._done_then()


def _holds(each: PriorView) -> str:
    return ", ".join(tr(words) for category, words in _HOLDS if category in each.draft.holds)
