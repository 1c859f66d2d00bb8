"""Below the request: what is worth a word while the patient is on the line, each with one act."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.registration import phones, reviews
from frontdesk.services.visit import on_the_line
from frontdesk.services.visit.on_the_line import DueVisit, NoTexts, OldAddress
from frontdesk.services.visit.on_the_line import OnTheLine as Hints
from frontdesk.services.visit.steps import Section
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.toast import KEPT_CLEAR
from frontdesk.ui.text import tr


class OnTheLine(Panel):
    """Hidden while there is nothing to say."""

    topics = frozenset(
        {
            "appointment",
            "recall_contact",
            "recall_rule",
            "demographics_review",
            "patient_address",
            "patient_phone",
            "consent",
        }
    )
    add_wanted = Signal(object)
    """The id of the type of a visit that is due."""
    leave_out_wanted = Signal()
    """The visit that was to come next does not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._hints: Hints | None = None
        self._chosen: int | None = None
        self._next: int | None = None
        self._parts: list[QWidget] = []
        self._lines = column(gap=4)
        self._title = Label(tr("While the patient is on the line"), "strong", "text-2")
        self.setLayout(column(self._title, self._lines, self.banner, gap=6, margins=(14, 10, 14, 12)))
        self.setProperty(KEPT_CLEAR, True)
        set_shown(self, False)

    def show_patient(self, patient_id: int | None) -> None:
        """Whoever is on the line; None: nobody yet."""
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self.clear_complaints()
            self._show(None)
            self.reload()

    def show_types(self, chosen: int | None, comes_next: int | None) -> None:
        """The type that is being booked, and the one that is booked after it."""
        if (chosen, comes_next) != (self._chosen, self._next):
            self._chosen, self._next = chosen, comes_next
            self._show(self._hints)

    def reload(self) -> None:
        patient_id = self._patient_id
        if patient_id is None or not self.desk.is_signed_in:
            return

        def show(found: Hints) -> None:
            if patient_id == self._patient_id:
                self._show(found)

        self.desk.ask(self, show, on_the_line.on_the_line, patient_id=patient_id)

    @property
    def said(self) -> tuple[str, ...]:
        """The lines, as they stand there."""
        return tuple(part.accessibleName() for part in self._parts)

    def _show(self, hints: Hints | None) -> None:
        self._hints = hints
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        for due in hints.due if hints else ():
            if due.visit_type_id != self._chosen or due.visit_type_id == self._next:
                self._add_due(due)
        if hints and hints.address and self.desk.may("registration.edit"):
            self._add_address(hints.address)
        if hints and hints.texts and self.desk.may("registration.edit"):
            self._add_texts(hints.texts)
        set_shown(self, bool(self._parts))

    def _add_due(self, due: DueVisit) -> None:
        if due.visit_type_id == self._next:
            leave = Button(tr("Leave out"), height="small")
            leave.clicked.connect(self.leave_out_wanted)
            self._add("calendar-check", tr("{kind} is booked next", kind=due.visit_type), leave)
            return
        add = Button(tr("Add"), height="small")
        add.clicked.connect(lambda: self.add_wanted.emit(due.visit_type_id))
        said = tr("{kind} is due {month}", kind=due.visit_type, month=f"{due.due_on:%b %Y}")
        self._add("calendar-plus", said, add)

    def _add_address(self, old: OldAddress) -> None:
        ask = Button(tr("Ask"), height="small")
        ask.clicked.connect(lambda: self._ask(old))
        said = tr("Address last confirmed {month}", month=f"{old.confirmed_on:%m/%Y}")
        self._add("map-pin", said, ask)

    def _add_texts(self, texts: NoTexts) -> None:
        ask = Button(tr("Ask"), height="small")
        ask.clicked.connect(lambda: self._ask_for_texts(texts))
        self._add("message-square-off", tr("Reminders by text, but no permission to text"), ask)

    def _add(self, icon: str, said: str, act: Button) -> None:
        act.setAccessibleName(f"{act.text()}: {said}")
        part = QWidget()
        part.setAccessibleName(said)
        words = Label(said, "body", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        part.setLayout(row(IconLabel(icon, "text-2"), words, act, gap=8))
        self._parts.append(part)
        self._lines.addWidget(part)

    def _ask(self, old: OldAddress) -> None:
        """Read out what is on file; a yes is written down, a no is changed when the patient is here."""
        dialog = Dialog(self, tr("Is this still the address?"), icon="map-pin")
        dialog.body.addWidget(Label(old.address, "section", wrap=True))
        last = tr(
            "Last confirmed {month}. A new address is entered at check-in.",
            month=f"{old.confirmed_on:%m/%Y}",
        )
        dialog.body.addWidget(Label(last, "body", "text-2", wrap=True))
        dialog.add_verb(tr("Mark address as confirmed"), self._confirmed, kind="primary")
        dialog.add_verb(tr("Leave as it is"), keys="Esc")
        dialog.open()

    def _ask_for_texts(self, texts: NoTexts) -> None:
        dialog = Dialog(self, tr("May we text this number?"), icon="message-square")
        dialog.body.addWidget(Label(texts.number, "section"))
        dialog.add_verb(tr("Note the permission"), lambda: self._may_text(texts), kind="primary")
        dialog.add_verb(tr("Leave as it is"), keys="Esc")
        dialog.open()

    def _may_text(self, texts: NoTexts) -> None:
        if self._patient_id is not None:
            self.desk.do(
                self,
                lambda _: self.reload(),
                phones.change,
                patient_id=self._patient_id,
                before=texts.before,
                after=texts.after,
            )

    def _confirmed(self) -> None:
        if self._patient_id is not None:
            self.desk.do(
                self,
                lambda _: self.reload(),
                reviews.mark_reviewed,
                patient_id=self._patient_id,
                sections=(Section.ADDRESS,),
            )
