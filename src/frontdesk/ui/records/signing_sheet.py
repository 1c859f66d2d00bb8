"""What a patient sees when they sign: the words in large type, the questions, the pad; nothing else."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import us_date_time
from frontdesk.services.records.consents import FormToSign, Question, Witness
from frontdesk.services.records.forms import AnswerKind
from frontdesk.services.records.seal import Strokes
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, Height
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.records.form_words import LANGUAGES, words_as_html
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LARGER = 1.35
_UNSAID = ""

SAID = {
    "en": {
        "yes": "Yes",
        "no": "No",
        "sign": "Sign",
        "clear": "Clear",
        "declined": "I do not want to sign",
        "signature": "Signature of {name}",
        "witness": "Name of the witness",
        "witness_pad": "Signature of the witness",
        "above": "× Sign above the line",
    },
    "es": {
        "yes": "Sí",
        "no": "No",
        "sign": "Firmar",
        "clear": "Borrar",
        "declined": "No quiero firmar",
        "signature": "Firma de {name}",
        "witness": "Nombre del testigo",
        "witness_pad": "Firma del testigo",
        "above": "× Firme sobre la línea",
    },
}
"""In the language of the form: the patient reads these, not the desk."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the patient gave: their ink, the answers in order, and the witness."""

    strokes: Strokes
    answers: tuple[str, ...]
    witness: Witness | None


class SigningSheet(QWidget):
    """Shows one form; tells what was given, and how far the patient is."""

    accepted = Signal(object)
    """Given."""
    language_wanted = Signal(object)
    """The id of the same form in another language."""
    declined = Signal()
    progressed = Signal(str)

    def __init__(self, desk: Desk, *, is_large: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form: FormToSign | None = None
        self._signer = ""
        self._edits: list[Segmented[str] | TextEdit] = []
        self._is_large = is_large
        self._title = Label("", "page", wrap=True)
        self._for = Label("", "body", "text-2", wrap=True)
        self._languages = row(gap=0)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Words of the form"))
        self.text.setMinimumHeight(theme().px(50))
        palette = self.text.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().color("text"))
        self.text.setPalette(palette)
        self.text.setFont(self._font("body"))
        self.text.verticalScrollBar().valueChanged.connect(lambda: self._tell())
        self.banner = Banner("block")
        self.questions = Form()
        self._above_pad = Label("", "strong")
        self.pad = SignaturePad(says=tr("Signature"))
        self.pad.changed.connect(self._tell)
        self.pad.changed.connect(self._stamp)
        self.witness_name = TextEdit()
        self.witness_pad = SignaturePad(says=tr("Signature of the witness"))
        self.witness_pad.changed.connect(self._tell)
        self._witness = Form()
        self._witness_row = self._witness.add("witness_name", tr("Name of the witness"), self.witness_name)
        self._pad_row = self._witness.add("witness_strokes", tr("Signature of the witness"), self.witness_pad)
        height: Height = "large" if is_large else "normal"
        self.clear_button = Button("", height=height)
        self.decline_button = Button("", "ghost", height=height)
        self.sign_button = Button("", "primary", icon="pen-line", height=height)
        self.clear_button.clicked.connect(self.clear)
        self.decline_button.clicked.connect(self.declined)
        self.sign_button.clicked.connect(self.accept)
        self._build()

    # -- what is shown ------------------------------------------------------------

    def show_form(self, form: FormToSign, signer: str) -> None:
        """A form to read and to sign; `signer` as the pad names them."""
        is_same = self._form is not None and self._form.form_id == form.form_id
        self._form, self._signer = form, signer
        said = SAID.get(form.language, SAID["en"])
        self._title.setText(form.title)
        is_patient = signer == form.patient_name
        self._for.setText(form.patient_name if is_patient else f"{form.patient_name} · {signer}")
        self.text.setHtml(words_as_html("", form.text, _LARGER if self._is_large else 1.0))
        self._offer_languages(form)
        if not is_same:
            self._ask(form.questions, said)
            self.clear()
        self._above_pad.setText(said["signature"].format(name=signer))
        self.clear_button.setText(said["clear"])
        self.decline_button.setText(said["declined"])
        self.sign_button.setText(said["sign"])
        self._witness_row.label().setText(said["witness"])
        self._pad_row.label().setText(said["witness_pad"])
        self.pad.show_hint(said["above"])
        self.witness_pad.show_hint(said["above"])
        set_shown(self._witness, form.needs_witness)
        self._stamp()
        self._tell()
        self._fit()

    def given(self) -> Given:
        """What stands there now."""
        form = self._form
        witness = None
        if form is not None and form.needs_witness:
            witness = Witness(self.witness_name.value(), self.witness_pad.strokes())
        return Given(self.pad.strokes(), tuple(str(edit.value()) for edit in self._edits), witness)

    def accept(self) -> None:
        """Hand over what was given; the office's rules look at it."""
        self.clear_findings()
        self.accepted.emit(self.given())

    def clear(self) -> None:
        """Empty both pads; the answers stay."""
        self.pad.clear()
        self.witness_pad.clear()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Each beside its field, the rest above the pad."""
        for form in (self.questions, self._witness):
            findings = form.show_findings(findings)
        self.banner.say("block", " ".join(finding.message for finding in findings))
        self._fit()

    def clear_findings(self) -> None:
        self.banner.say("block", "")
        for form in (self.questions, self._witness):
            form.clear_errors()

    @property
    def is_begun(self) -> bool:
        """Whether ink or an answer would be lost."""
        return self.pad.is_signed() or any(str(edit.value()) for edit in self._edits)

    # -- how far the patient is -----------------------------------------------------

    def _tell(self) -> None:
        if self._form is None:
            return
        if self.pad.is_signed():
            words = tr("signed, not sent yet")
        elif self._edits and any(str(edit.value()) for edit in self._edits):
            done = sum(bool(str(edit.value())) for edit in self._edits)
            words = tr("{done} of {all} questions answered", done=done, all=len(self._edits))
        else:
            bar = self.text.verticalScrollBar()
            read = 100 if not bar.maximum() else round(100 * bar.value() / bar.maximum())
            words = tr("reading, {read} percent", read=read)
        self.progressed.emit(words)

    def _stamp(self) -> None:
        now = self._desk.local_now
        self.pad.show_stamp(us_date_time(now))

    # -- looks ------------------------------------------------------------------------

    def _fit(self) -> None:
        """The words take what the questions and the pads leave; those scroll where they are many."""
        self._pieces.invalidate()
        self._pieces.activate()
        wanted = self._pieces.sizeHint().height() + theme().px(4)
        self._area.setMaximumHeight(wanted)
        self._area.setMinimumHeight(min(wanted, theme().px(80)))

    def _ask(self, questions: tuple[Question, ...], said: dict[str, str]) -> None:
        fresh = Form()
        self._edits = []
        for number, question in enumerate(questions, start=1):
            edit = self._answer(question, said)
            self._edits.append(edit)
            fresh.add(f"answer_{number}", question.words, edit)
            fresh.row(f"answer_{number}").label().setFont(self._font("body"))
            fresh.row(f"answer_{number}").label().setWordWrap(True)
        self._middle.replaceWidget(self.questions, fresh)
        self.questions.deleteLater()
        self.questions = fresh
        set_shown(fresh, bool(questions))

    def _answer(self, question: Question, said: dict[str, str]) -> Segmented[str] | TextEdit:
        if question.kind is AnswerKind.YES_NO:
            options = ((_UNSAID, "–"), ("yes", said["yes"]), ("no", said["no"]))
            choice = Segmented(options, says=question.words)
            choice.chosen.connect(lambda _: self._tell())
            return choice
        words = TextEdit()
        words.textChanged.connect(lambda _: self._tell())
        return words

    def _offer_languages(self, form: FormToSign) -> None:
        while (item := self._languages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if len(form.languages) < 2:
            return
        ids = dict(form.languages)
        choice = Segmented(
            tuple((language, LANGUAGES.get(language, language)) for language in ids), says=tr("Language")
        )
        choice.set_value(form.language)
        choice.chosen.connect(lambda language: self.language_wanted.emit(ids[language]))
        self._languages.addWidget(choice)

    def _build(self) -> None:
        head = row(column(self._title, self._for, gap=2), self._languages)
        head.setStretch(0, 1)
        self._middle = column(self.questions, gap=8)
        self._below = QWidget()
        signing = column(self._above_pad, self.pad, self._witness, gap=6)
        self._pieces = column(self._middle, self.banner, signing, None, gap=8, margins=(4, 0, 8, 4))
        self._below.setLayout(self._pieces)
        self._area = scrolled(self._below)
        verbs = row(self.decline_button, None, self.clear_button, self.sign_button, gap=10)
        gap = 20 if self._is_large else 0
        whole = column(head, self.text, self._area, verbs, gap=10, margins=(gap, gap, gap, gap))
        whole.setStretch(1, 1)
        whole.setStretch(2, 1)
        self.setLayout(column(Frame("surface", whole), gap=0))
        self.pad.setMinimumHeight(theme().px(150 if self._is_large else 110))
        self.setTabOrder(self.text, self.pad)
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _font(self, role: str) -> QFont:
        font = QFont(theme().font(role))  # type: ignore[arg-type]  # the theme's own roles
        if self._is_large:
            font.setPixelSize(round(font.pixelSize() * _LARGER))
        return font
