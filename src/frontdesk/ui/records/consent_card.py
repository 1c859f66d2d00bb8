"""The Consents card of the check-in page: which forms are open, and the pad to sign them on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date_time
from frontdesk.services.records import consents, paper
from frontdesk.services.records.consents import FormToSign, Representative
from frontdesk.services.records.paper import Wanted
from frontdesk.services.records.standing import FormStanding
from frontdesk.services.schedule import visit_forms
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.records.consent_dialogs import FormText, PaperForm, RefuseForm, SignedView
from frontdesk.ui.records.consent_parts import SigningNotes, TabletLine, Verbs
from frontdesk.ui.records.consent_rows import ConsentRows
from frontdesk.ui.records.print_forms import PrintForms
from frontdesk.ui.records.sign_dialog import SignDialog
from frontdesk.ui.records.signing_window import SigningWindow
from frontdesk.ui.records.who_signs import WhoSigns
from frontdesk.ui.text import counted, tr


class ConsentCard(Panel):
    """Put it on a page and `show_patient`; it signs one open form after another."""

    topics = frozenset(
        {"appointment", "consent", "consent_form", "patient", "release_request", "visit_type_form"}
    )

    answered = Signal()
    """A form was signed, refused or recorded from paper."""
    open_count_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._open: list[FormStanding] = []
        self._chosen_key = ""
        self._form: FormToSign | None = None
        self._reading: FormText | None = None
        self._is_read_next = False
        self._window: SigningWindow | None = None
        self.card = Card(tr("Consents"), "file-pen")
        self.chip = Chip("", "warn", "file-pen")
        self.tablet_button = Button(tr("Send to tablet"), icon="tablet", height="small")
        self.tablet_button.clicked.connect(self.send_to_tablet)
        self.card.add_to_head(self.chip, self.tablet_button)
        self.tablet = TabletLine()
        self.tablet.back_wanted.connect(self.take_back)
        self.rows = ConsentRows()
        self.rows.form_wanted.connect(self._read)
        self.rows.answer_wanted.connect(self._view)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.tablet)
        self.card.body.addWidget(self.rows)
        self.signing = self._make_signing()
        self.card.body.addWidget(self.signing)
        self.card.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self.chip.hide()
        self.tablet_button.hide()
        self.signing.hide()

    @property
    def is_half_signed(self) -> bool:
        """Whether ink is on the pad that nobody has accepted or cleared."""
        return self.pad.is_signed()

    def show_patient(self, patient_id: int | None) -> None:
        """The patient who is at the desk."""
        if patient_id == self._patient_id:
            return
        self._patient_id = patient_id
        self.take_back()
        self.notes.clear()
        self._by_other.setChecked(False)
        self._chosen_key, self._form = "", None
        self.pad.clear()
        self.clear_complaints()
        self._show(())
        self.reload()

    def start(self) -> None:
        """The focus to what is done here next."""
        target: QWidget = self.rows
        if self.signing.isVisible():
            target = self.open_button if self.open_button.isVisible() else self.pad
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        if self._patient_id is not None:
            self.desk.ask(self, self._show, visit_forms.required_for, patient_id=self._patient_id)

    # -- which form ---------------------------------------------------------------

    def _show(self, forms: tuple[FormStanding, ...]) -> None:
        self.rows.show_forms(forms, self.desk.today)
        self._open = [stands for stands in forms if stands.is_open]
        count = len(self._open)
        if count:
            words = counted(count, "1 signature needed", "{count} signatures needed")
            self.chip.show_state(words, "warn", "file-pen")
        else:
            self.chip.show_state(tr("All signed") if forms else "", "ok", "check")
        self.signing.setVisible(bool(self._open))
        self.tablet_button.setVisible(bool(self._open))
        self.card.mark_current(bool(self._open))
        if self._open and self._chosen_key not in {stands.key for stands in self._open}:
            self._choose(self._open[0])
        self.open_count_changed.emit(count)

    def _choose(self, stands: FormStanding) -> None:
        if stands.key != self._chosen_key:
            self._chosen_key = stands.key
            self.pad.clear()
            self.clear_complaints()
        self._caption.setText(stands.title)
        self._load(stands.form_id)

    def _load(self, form_id: int) -> None:
        """The words to be signed; also another language of the same form."""
        if self._patient_id is not None:
            self.desk.ask(
                self, self._loaded, consents.form_to_sign, patient_id=self._patient_id, form_id=form_id
            )

    def _loaded(self, form: FormToSign) -> None:
        before, self._form = self._form, form
        self._caption.setText(form.title)
        if before is None or before.patient_name != form.patient_name:
            self.who.offer(form.guardians)
        if form.needs_guardian:
            self._by_other.setChecked(True)
        self._stamp()
        is_long = bool(form.questions) or form.needs_witness
        for part in (self.pad, self._clear, self._accept):
            part.setVisible(not is_long)
        for longer in (self._longer, self.open_button):
            longer.setVisible(is_long)
        if self._is_read_next and is_long:
            self._is_read_next = False
            self.open_form()
        elif self._is_read_next:
            self._is_read_next = False
            self._reading = FormText(self, form, use=self._load, sign=self.start)
            self._reading.destroyed.connect(self._closed)
            self._reading.open()
        elif self._reading is not None:
            self._reading.show_form(form)

    # -- what people do -------------------------------------------------------------

    def accept_signature(self) -> None:
        """Keep what is on the pad as the signature."""
        if self._form is None or self._patient_id is None:
            return
        self.clear_complaints()
        self.desk.do(
            self,
            self._signed,
            consents.sign,
            patient_id=self._patient_id,
            form_id=self._form.form_id,
            fingerprint=self._form.fingerprint,
            strokes=self.pad.strokes(),
            representative=self._representative(),
            interpreter=self.notes.interpreter.value(),
            note=self.notes.note.value(),
        )

    def _signed(self, _result: int) -> None:
        self._was_signed(self._form.title if self._form else "")

    def _was_signed(self, title: str) -> None:
        self.told.emit(tr("Signed {title}", title=title))
        self.notes.note.set_value("")
        self._next()

    def open_form(self) -> None:
        """The whole form at this screen: its questions and the witness."""
        if self._form is not None and self._patient_id is not None:
            SignDialog(
                self,
                self.desk,
                self._patient_id,
                self._form,
                representative=self._representative(),
                interpreter=self.notes.interpreter.value(),
                note=self.notes.note.value(),
                then=self._was_signed,
                declined=self._refused_on,
            ).open()

    def send_to_tablet(self) -> None:
        """The open forms in a window of the patient's own, on the second screen where there is one."""
        if self._patient_id is None or not self._open or self._window is not None:
            return
        chosen = self._form.form_id if self._form else self._open[0].form_id
        others = [each.form_id for each in self._open if each.key != self._chosen_key]
        window = SigningWindow(
            self.desk,
            self._patient_id,
            (chosen, *others),
            representative=self._representative(),
            interpreter=self.notes.interpreter.value(),
            note=self.notes.note.value(),
        )
        window.progressed.connect(self._show_progress)
        window.signed.connect(self._was_signed)
        window.declined.connect(self._refused_on)
        window.closed.connect(self._taken_back)
        self._window = window
        self.signing.hide()
        self.tablet.show_words(tr("the form is open"))
        window.show_on(self)

    def take_back(self) -> None:
        """Close the patient's window."""
        if self._window is not None:
            self._window.take_back()

    def _show_progress(self, words: str) -> None:
        if self._window is not None:  # an answer may come when the window is closed already
            self.tablet.show_words(words)

    def _taken_back(self) -> None:
        self._window = None
        self.tablet.hide()
        self.signing.setVisible(bool(self._open))
        self.reload()

    def _refused_on(self, form: FormToSign) -> None:
        if self._patient_id is not None:
            RefuseForm(self, self.desk, self._patient_id, form, self._next).open()

    def print_form(self) -> None:
        """The chosen form on paper, with the code by which its scan is found."""
        if self._form is not None and self._patient_id is not None:
            self.clear_complaints()
            self.desk.do(
                self,
                lambda ids: PrintForms(self, self.desk, ids, hands_out=True).open(),
                paper.print_forms,
                wanted=(Wanted(self._patient_id, self._form.form_id),),
            )

    def _next(self, _result: object = None) -> None:
        self.pad.clear()
        self._chosen_key = ""
        self.answered.emit()
        self.reload()

    def _read(self, stands: FormStanding) -> None:
        self._is_read_next = True
        self._choose(stands)

    def _closed(self) -> None:
        self._reading = None

    def _view(self, consent_id: int) -> None:
        SignedView(self, self.desk, consent_id).open()

    def _refuse(self) -> None:
        if self._form is not None and self._patient_id is not None:
            RefuseForm(self, self.desk, self._patient_id, self._form, self._next).open()

    def _on_paper(self) -> None:
        if self._form is not None and self._patient_id is not None:
            PaperForm(
                self, self.desk, self._patient_id, self._form, self._representative(), self._next
            ).open()

    def _representative(self) -> Representative | None:
        if not self._by_other.isChecked():
            return None
        return self.who.value()

    def _stamp(self) -> None:
        now = self.desk.local_now
        self.pad.show_stamp(us_date_time(now))

    # -- looks ------------------------------------------------------------------------

    def _make_signing(self) -> QWidget:
        self._caption = Label("", "medium")
        printing, on_paper = LinkButton(tr("Print…")), LinkButton(tr("Signed on paper…"))
        printing.clicked.connect(self.print_form)
        on_paper.clicked.connect(self._on_paper)
        more = LinkButton(tr("Notes…"))
        self.notes = SigningNotes()
        more.clicked.connect(self.notes.turn)
        self.pad = SignaturePad(says=tr("Signature"))
        self.pad.changed.connect(self._stamp)
        self._by_other = CheckBox(tr("Someone else signs (guardian, proxy)"))
        self._by_other.toggled.connect(self._show_other)
        self.who = WhoSigns()
        self.who.hide()
        self._clear, refused = Button(tr("Clear")), Button(tr("Refused"))
        self._accept = Button(tr("Accept signature"), "primary")
        self._clear.clicked.connect(self.pad.clear)
        refused.clicked.connect(self._refuse)
        self._accept.clicked.connect(self.accept_signature)
        self._longer = Label(
            tr("This form has questions or a witness: open it, or send it to the tablet."),
            "secondary",
            "text-2",
            wrap=True,
        )
        self.open_button = Button(tr("Open and sign"), "primary")
        self.open_button.clicked.connect(self.open_form)
        self._longer.hide()
        self.open_button.hide()
        signing = QWidget()
        signing.setLayout(
            column(
                row(
                    Label(tr("Signature for"), "secondary", "text-2"),
                    self._caption,
                    None,
                    more,
                    printing,
                    on_paper,
                    gap=4,
                ),
                self.pad,
                self._longer,
                self.who,
                self.notes,
                Verbs(self._by_other, row(None, self._clear, refused, self._accept, self.open_button)),
                gap=6,
            )
        )
        return signing

    def _show_other(self, by_other: bool) -> None:
        self.who.setVisible(by_other)
        if by_other and self.isVisible():
            self.who.start()
