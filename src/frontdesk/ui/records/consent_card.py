"""The Consents card of the check-in page: which forms are open, and the pad to sign them on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.records import consents
from frontdesk.services.records.consents import FormToSign, Representative
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
from frontdesk.ui.records.consent_rows import ConsentRows
from frontdesk.ui.records.who_signs import WhoSigns
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class ConsentCard(Panel):
    """Put it on a page and `show_patient`; it signs one open form after another."""

    topics = frozenset({"appointment", "consent", "consent_form", "patient", "visit_type_form"})

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
        self.card = Card(tr("Consents"), "file-pen")
        self.chip = Chip("", "warn", "file-pen")
        self.card.add_to_head(self.chip)
        self.rows = ConsentRows()
        self.rows.form_wanted.connect(self._read)
        self.rows.answer_wanted.connect(self._view)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.rows)
        self.signing = self._make_signing()
        self.card.body.addWidget(self.signing)
        self.card.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self.chip.hide()
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
        self._chosen_key, self._form = "", None
        self.pad.clear()
        self.clear_complaints()
        self._show(())
        self.reload()

    def start(self) -> None:
        """The focus to what is done here next."""
        target: QWidget = self.pad if self.signing.isVisible() else self.rows
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
        if self._is_read_next:
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
        )

    def _signed(self, _result: int) -> None:
        title = self._form.title if self._form else ""
        self.told.emit(tr("Signed {title}", title=title))
        self._next()

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
        self.pad.show_stamp(f"{us_date(now.date())} {us_time(now)}")

    # -- looks ------------------------------------------------------------------------

    def _make_signing(self) -> QWidget:
        self._caption = Label("", "medium")
        paper = LinkButton(tr("Signed on paper…"))
        paper.clicked.connect(self._on_paper)
        self.pad = SignaturePad(says=tr("Signature"))
        self.pad.changed.connect(self._stamp)
        self._by_other = CheckBox(tr("Someone else signs (guardian, proxy)"))
        self._by_other.toggled.connect(self._show_other)
        self.who = WhoSigns()
        self.who.hide()
        clear, refused = Button(tr("Clear")), Button(tr("Refused"))
        accept = Button(tr("Accept signature"), "primary")
        clear.clicked.connect(self.pad.clear)
        refused.clicked.connect(self._refuse)
        accept.clicked.connect(self.accept_signature)
        signing = QWidget()
        signing.setLayout(
            column(
                row(Label(tr("Signature for"), "secondary", "text-2"), self._caption, None, paper, gap=4),
                self.pad,
                self.who,
                _Verbs(self._by_other, row(None, clear, refused, accept)),
                gap=6,
            )
        )
        return signing

    def _show_other(self, by_other: bool) -> None:
        self.who.setVisible(by_other)
        if by_other and self.isVisible():
            self.who.start()


class _Verbs(QWidget):
    """Who signs, and the buttons: on one line where there is room, else on two."""

    def __init__(self, who: CheckBox, buttons: QHBoxLayout) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme().px(6))
        self._line.addWidget(who)
        self._line.addLayout(buttons, 1)
        self._one_line = self._line.minimumSize().width()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self._one_line
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction != self._line.direction():
            self._line.setDirection(direction)
            self.updateGeometry()
