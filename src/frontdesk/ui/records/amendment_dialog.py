"""Enters a request that the record be amended: who asks, what is wrong, how it should read, since when."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import amendment_views, amendments, release_people
from frontdesk.services.records.amendment_views import About
from frontdesk.services.records.amendments import AmendmentDraft, Arrival, Received
from frontdesk.services.records.release_people import RequestPatient
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr

_NONE = 0
_ARRIVALS = (
    (Arrival.LETTER, "By letter"),
    (Arrival.HAND, "At the desk"),
    (Arrival.PORTAL, "Through the portal"),
    (Arrival.SPOKEN, "Spoken"),
)


class AmendmentDialog(Dialog):
    """Ctrl+Enter enters it; the clock of 60 days starts on the day of receipt."""

    def __init__(
        self, parent: QWidget, desk: Desk, told: Callable[[str], object], *, patient_id: int | None = None
    ) -> None:
        super().__init__(
            parent,
            tr("What should be amended?"),
            tr("The patient has the answer in writing within 60 days of receipt (45 CFR 164.526)."),
            icon="file-pen-line",
            icon_color="text-2",
            width=720,
        )
        self._desk, self._told, self._patient_id = desk, told, patient_id
        self._documents: tuple[About, ...] = ()
        self._about: list[int] = []
        self.patient = PatientBox(desk)
        self.asked_by, self.relation = TextEdit(), TextEdit(hint=tr("empty: the patient"))
        self.received = DateEdit()
        self.received.set_value(desk.today)
        self.arrival: Combo[Arrival] = Combo(tuple((each, tr(words)) for each, words in _ARRIVALS))
        self.what, self.wanted = NoteEdit(lines=2), NoteEdit(lines=2)
        self.reason = NoteEdit(lines=2)
        self.letter: Combo[int] = Combo(((_NONE, tr("Not scanned")),))
        self.document: Combo[int] = Combo(hint=tr("Choose each document it is about"))
        self.about = Label("", "secondary", "text-2", wrap=True)
        self.drop = Button(tr("Take the last out"), icon="x")
        self._make_form()
        self.add_verb(tr("Enter nothing"), keys="Esc")
        self.save = self.add_verb(
            tr("Enter the request"), self._save, kind="primary", keys="Ctrl+Return", closes=False
        )
        self.save.setShortcut("Ctrl+Return")
        self.patient.chosen.connect(self._found)
        self.patient.textEdited.connect(self._forget)
        self.document.chosen.connect(self._add_document)
        self.drop.clicked.connect(self._drop_document)
        self._show_about()
        if patient_id is not None:
            self._ask_about()
        (self.what if patient_id else self.patient).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self) -> None:
        form = self.form = Form()
        form.add("patient_id", tr("Patient"), self.patient, span=6)
        form.add("received_on", tr("Received"), self.received, span=3)
        form.add("arrival", tr("Came"), self.arrival, span=3)
        form.add("asked_by", tr("Who asks"), self.asked_by, span=6)
        form.add("relation", tr("Is the patient's"), self.relation, span=3)
        form.add("letter_id", tr("Their letter"), self.letter, span=3)
        form.add("what", tr("What the record says"), self.what)
        form.add("wanted", tr("How it should read"), self.wanted)
        form.add("reason", tr("Why, in the patient's words"), self.reason)
        form.add("document_ids", tr("About"), self.document)
        chosen = QWidget()
        line = row(self.about, self.drop)
        line.setStretchFactor(self.about, 1)
        chosen.setLayout(line)
        form.add_wide(chosen)
        self.body.addWidget(form)

    # -- who ------------------------------------------------------------------

    def _found(self, patient: FoundPatient) -> None:
        self._patient_id, self._about = patient.patient_id, []
        self._show_about()
        self._ask_about()
        self.what.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget(self) -> None:
        self._patient_id = None

    def _ask_about(self) -> None:
        patient_id = self._patient_id
        if patient_id is not None:
            self._desk.ask(self, self._show_patient, release_people.people, patient_id=patient_id)
            self._desk.ask(self, self._show_documents, amendment_views.documents, patient_id=patient_id)

    def _show_patient(self, people: RequestPatient) -> None:
        if people.patient_id == self._patient_id:
            self.patient.setText(f"{people.name}, {us_date(people.born_on)}")
            self.patient.setCursorPosition(0)
            if not self.asked_by.value():
                self.asked_by.set_value(people.spoken)

    def _show_documents(self, documents: tuple[About, ...]) -> None:
        self._documents = documents
        options = tuple((each.document_id, _said(each)) for each in documents)
        self.document.set_options(options)
        self.document.set_value(None)
        self.letter.set_options(((_NONE, tr("Not scanned")), *options))

    def _add_document(self, document_id: int) -> None:
        if document_id not in self._about:
            self._about.append(document_id)
        self._show_about()

    def _drop_document(self) -> None:
        self._about = self._about[:-1]
        self.document.set_value(None)
        self._show_about()

    def _show_about(self) -> None:
        named = {each.document_id: _said(each) for each in self._documents}
        self.about.setText("; ".join(named[each] for each in self._about if each in named))
        self.drop.setEnabled(bool(self._about))

    # -- what is saved ----------------------------------------------------------

    def _save(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        if self._patient_id is None:
            self.form.row("patient_id").set_error(tr("Choose the patient whose record it is."))
            self.patient.setFocus()
            return
        draft = AmendmentDraft(
            patient_id=self._patient_id,
            asked_by=self.asked_by.value(),
            what=self.what.value(),
            wanted=self.wanted.value(),
            received_on=self.received.value(),
            arrival=self.arrival.value() or Arrival.LETTER,
            relation=self.relation.value(),
            reason=self.reason.value(),
            document_ids=tuple(self._about),
            letter_id=self.letter.value() or None,
        )
        self._desk.do(self, self._entered, amendments.receive, draft=draft)

    def _entered(self, received: Received) -> None:
        self.accept()
        self._told(tr("Entered {number}; the clock runs", number=received.number))


def _said(each: About) -> str:
    return f"{each.title}, {us_date(each.on)}" if each.on else each.title
