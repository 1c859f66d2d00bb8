"""The patient's own window, for a second screen or a tablet at the desk: the form and nothing else.

Where there is only one screen it takes all of it. Then staff come back with their password or PIN, so
that nobody who was handed the screen is left alone with the practice.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.records import consents
from frontdesk.services.records.consents import FormToSign, Representative
from frontdesk.services.security import sign_in
from frontdesk.services.security.sign_in import AT_THE_DOOR, Person
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.records.signing_sheet import Given, SigningSheet
from frontdesk.ui.security.gate import Gate
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

STAFF_KEYS = "Ctrl+Shift+B"
_STAFF = 2
_DONE = {
    "en": ("Thank you.", "Please give the screen back to the front desk."),
    "es": ("Gracias.", "Por favor, devuelva la pantalla a la recepción."),
}


class SigningWindow(QWidget):
    """Works through forms of one patient; the desk's window hears how far it is."""

    progressed = Signal(str)
    """As the desk reads it: "Consent to treat: reading, 40 percent"."""
    signed = Signal(str)
    """The title of a form that was signed."""
    declined = Signal(object)
    """FormToSign: the patient does not want to sign; the desk asks why."""
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        patient_id: int,
        form_ids: Sequence[int],
        *,
        representative: Representative | None = None,
        interpreter: str = "",
        note: str = "",
    ) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Form to sign"))
        self._desk = desk
        self._patient_id = patient_id
        self._waiting = list(form_ids)
        self._representative = representative
        self._interpreter, self._note = interpreter, note
        self._form: FormToSign | None = None
        self._may_close = False
        self._resting = 0
        self.needs_gate = False
        self.sheet = SigningSheet(desk)
        self.sheet.accepted.connect(self._accept)
        self.sheet.language_wanted.connect(self._load)
        self.sheet.declined.connect(self._decline)
        self.sheet.progressed.connect(self._progress)
        self._done_title, self._done_words = Label("", "page"), Label("", "body", "text-2")
        self.staff_button = Button(tr("Front desk"), "ghost", icon="lock", keys=STAFF_KEYS)
        self.staff_button.clicked.connect(self.ask_staff)
        self.gate = Gate(desk, tr("Back to the desk"))
        self.gate.signed_in.connect(lambda _: self.take_back())
        self._again = Button(tr("Back to the form"), "ghost", keys="Esc")
        self._again.clicked.connect(self._back_to_form)
        self._build()
        shortcut = QShortcut(QKeySequence(STAFF_KEYS), self)
        shortcut.activated.connect(self.ask_staff)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self._back_to_form)
        desk.actor_changed.connect(self._actor_changed)
        self._next()

    @property
    def signer(self) -> str:
        """Who signs, as the pad names them."""
        if self._representative is not None and self._representative.name:
            who = self._representative
            return f"{who.name}, {who.relation}" if who.relation else who.name
        return self._form.patient_name if self._form else ""

    def show_on(self, beside: QWidget) -> None:
        """On another screen than the desk's where there is one, else over the whole of it."""
        own = beside.window().screen()
        other = other_screen(own, QGuiApplication.screens())
        self.needs_gate = other is None and self._desk.actor.user_id is not None
        screen = other or own
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.sheet.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_staff(self) -> None:
        """The staff's way back: at once from a second screen, with their secret from the only one."""
        if not self.needs_gate:
            self.take_back()
            return
        if self._stack.currentIndex() != _STAFF:
            self._resting = self._stack.currentIndex()
        self._stack.setCurrentIndex(_STAFF)
        self.gate.shut()
        database = self._desk.database
        self._desk.run(self, self._show_people, lambda: database.ask(AT_THE_DOOR, sign_in.people))

    def _back_to_form(self) -> None:
        if self._stack.currentIndex() == _STAFF:
            self._stack.setCurrentIndex(self._resting)

    def take_back(self) -> None:
        """Close it; what was not accepted is not kept."""
        self._may_close = True
        self.close()

    def refused(self, error: FrontdeskError) -> None:
        """The office's rules, beside the fields the patient sees."""
        self.sheet.sign_button.setEnabled(True)
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        self.sheet.show_findings(findings)
        self.progressed.emit(" ".join(finding.message for finding in findings))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.needs_gate and not self._may_close:
            event.ignore()
            self.ask_staff()
            return
        super().closeEvent(event)
        self.closed.emit()

    # -- one form after another -----------------------------------------------------

    def _next(self) -> None:
        if self._waiting:
            self._load(self._waiting.pop(0))
            return
        language = self._form.language if self._form else "en"
        title, words = _DONE.get(language, _DONE["en"])
        self._done_title.setText(title)
        self._done_words.setText(words)
        self._stack.setCurrentIndex(1)
        self.progressed.emit(tr("all signed"))

    def _load(self, form_id: int) -> None:
        self._desk.ask(self, self._show, consents.form_to_sign, patient_id=self._patient_id, form_id=form_id)

    def _show(self, form: FormToSign) -> None:
        self._form = form
        self._stack.setCurrentIndex(0)
        self.sheet.show_form(form, self.signer)

    def _accept(self, given: Given) -> None:
        if self._form is None:
            return
        self.sheet.sign_button.setEnabled(False)
        form = self._form
        self._desk.do(
            self,
            lambda _: self._signed(form),
            consents.sign,
            patient_id=self._patient_id,
            form_id=form.form_id,
            fingerprint=form.fingerprint,
            strokes=given.strokes,
            representative=self._representative,
            witness=given.witness,
            answers=given.answers,
            interpreter=self._interpreter,
            note=self._note,
        )

    def _signed(self, form: FormToSign) -> None:
        self.sheet.sign_button.setEnabled(True)
        self.sheet.clear()
        self.signed.emit(form.title)
        self._next()

    def _decline(self) -> None:
        if self._form is not None:
            self.declined.emit(self._form)
            self.progressed.emit(tr("{title}: does not want to sign", title=self._form.title))
            self._next()

    def _progress(self, words: str) -> None:
        if self._form is not None:
            self.progressed.emit(f"{self._form.title}: {words}")

    def _show_people(self, people: tuple[Person, ...]) -> None:
        me = next((person for person in people if person.id == self._desk.actor.user_id), None)
        if me is not None:
            self.gate.ask_for(me)
            self.gate.take_focus()

    def _actor_changed(self, actor: object) -> None:
        """A desk that is locked or handed over shows nobody's form."""
        self.take_back()

    def _build(self) -> None:
        thanks = QWidget()
        mark = row(None, IconLabel("circle-check", "ok", 48), None)
        words = column(None, mark, row(None, self._done_title, None), row(None, self._done_words, None), None)
        thanks.setLayout(words)
        staff = QWidget()
        card = QWidget()
        card.setFixedWidth(theme().px(360))
        card.setLayout(column(self.gate, row(None, self._again, None), gap=10))
        staff.setLayout(column(None, row(None, card, None), None))
        self._stack = QStackedWidget()
        for page in (self.sheet, thanks, staff):
            self._stack.addWidget(page)
        foot = row(None, self.staff_button, margins=(8, 4, 8, 4))
        whole = column(self._stack, foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)


def other_screen(own: QScreen | None, screens: Sequence[QScreen]) -> QScreen | None:
    """A screen that the desk's window is not on."""
    return next((screen for screen in screens if screen is not own), None)
