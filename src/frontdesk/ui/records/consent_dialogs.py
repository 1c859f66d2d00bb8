"""What opens from the consents card: the form's words, a refusal, a paper, a signed sheet."""

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

from frontdesk.services.records import consents, signed
from frontdesk.services.records.consents import FormToSign, Representative
from frontdesk.services.records.signed import SignedConsent
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records.dialogs import Revoke
from frontdesk.ui.records.form_words import LANGUAGES, as_html
from frontdesk.ui.records.who_signs import WhoSigns
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class FormText(Dialog):
    """The words, to be read before they are signed; another language is another form to sign."""

    def __init__(
        self, parent: QWidget, form: FormToSign, *, use: Callable[[int], object], sign: Callable[[], object]
    ) -> None:
        super().__init__(parent, form.title, form.patient_name, width=640)
        self._use = use
        self._form_ids = dict(form.languages)
        languages = tuple((found, LANGUAGES.get(found, found)) for found, _ in form.languages)
        if len(languages) > 1:
            choice = Segmented(languages, says=tr("Language"))
            choice.set_value(form.language)
            choice.chosen.connect(self._other_language)
            self.body.addWidget(choice)
        self._text = QTextBrowser()
        self._text.setAccessibleName(tr("Words of the form"))
        self._text.setMinimumHeight(theme().px(380))
        self._text.setFont(theme().font("body"))
        palette = self._text.palette()
        palette.setColor(QPalette.ColorRole.Text, theme().color("text"))
        self._text.setPalette(palette)
        self.body.addWidget(self._text, 1)
        self.add_verb(tr("Close"), keys="Esc")
        self.add_verb(tr("Sign this form"), sign, kind="primary")
        self.show_form(form)

    def show_form(self, form: FormToSign) -> None:
        self.setWindowTitle(form.title)
        self._text.setHtml(as_html(form))

    def _other_language(self, language: str) -> None:
        self._use(self._form_ids[language])


class RefuseForm(Dialog):
    """The patient says no; the office keeps why."""

    def __init__(
        self, parent: QWidget, desk: Desk, patient_id: int, form: FormToSign, then: Callable[[object], object]
    ) -> None:
        consequence = (
            tr("The refusal is kept with its reason. Care does not depend on this form.")
            if form.may_be_refused
            else tr("The refusal is kept with its reason. Tell the provider before the visit.")
        )
        super().__init__(
            parent, tr("Refused: {title}", title=form.title), consequence, icon="circle-slash", width=480
        )
        self._desk, self._patient_id, self._form_id, self._then = desk, patient_id, form.form_id, then
        self._reason = TextEdit(hint=tr("Wants to read it at home, …"))
        fields = Form()
        fields.add("reason", tr("What the patient said"), self._reason)
        self.body.addWidget(fields)
        self.add_verb(tr("Not refused"), keys="Esc")
        self.add_verb(tr("Record refusal"), self._record, kind="primary", closes=False)
        self._reason.setFocus()

    def _record(self) -> None:
        self._desk.do(
            self,
            self._recorded,
            consents.refuse,
            patient_id=self._patient_id,
            form_id=self._form_id,
            reason=self._reason.value(),
        )

    def _recorded(self, result: int) -> None:
        self.accept()
        self._then(result)


class PaperForm(Dialog):
    """Signed in ink: the way that needs no pad."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        form: FormToSign,
        representative: Representative | None,
        then: Callable[[object], object],
    ) -> None:
        super().__init__(
            parent,
            tr("Signed on paper: {title}", title=form.title),
            tr("Keep the sheet for the chart. When it is scanned, file it under Consents and forms."),
            icon="pen-line",
            icon_color="accent",
            width=480,
        )
        self._desk, self._patient_id, self._form_id, self._then = desk, patient_id, form.form_id, then
        self._signed_on = DateEdit()
        self._signed_on.set_value(desk.today)
        self._fields = Form()
        self._fields.add("signed_on", tr("Signed on"), self._signed_on, span=4)
        self._witness = TextEdit()
        if form.needs_witness:
            self._fields.add("witness_name", tr("Witness on the paper"), self._witness, span=8)
        self.body.addWidget(self._fields)
        self._who = WhoSigns()
        self._who.offer(form.guardians)
        self._by_other = representative is not None
        if representative is not None:
            self._who.set_value(representative)
            self.body.addWidget(self._who)
        self.add_verb(tr("Not signed"), keys="Esc")
        self.add_verb(tr("Record paper"), self._record, kind="primary", closes=False)
        self._signed_on.setFocus()

    def _record(self) -> None:
        signed_on = self._signed_on.value()
        if not self._fields.check() or signed_on is None:
            self._fields.row("signed_on").set_error(tr("Enter the day it was signed."))
            return
        self._desk.do(
            self,
            self._recorded,
            consents.sign_on_paper,
            patient_id=self._patient_id,
            form_id=self._form_id,
            signed_on=signed_on,
            representative=self._who.value() if self._by_other else None,
            witness_name=self._witness.value(),
        )

    def _recorded(self, result: int) -> None:
        self.accept()
        self._then(result)


class SignedView(Dialog):
    """A given consent: its sheet, whether the seal holds, and the way to revoke it."""

    def __init__(self, parent: QWidget, desk: Desk, consent_id: int) -> None:
        super().__init__(parent, tr("Signed form"), width=720)
        self._desk, self._consent_id = desk, consent_id
        self._sentence = Label("", "strong", wrap=True)
        self._seal = Label("", "secondary", "text-2", wrap=True)
        self.view = PdfView(says=tr("Signed form"))
        self.view.setMinimumHeight(theme().px(440))
        self.view.printed.connect(self._printed)
        for widget in (self._sentence, self._seal, self.view):
            self.body.addWidget(widget)
        self._revoke = self.add_verb(tr("Revoke…"), self._ask_revoke)
        self._revoke.hide()
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        desk.do(self, self._show, signed.open_consent, consent_id=consent_id)

    def _show(self, consent: SignedConsent) -> None:
        self._sentence.setText(f"{consent.sentence} {consent.signer}.")
        self._seal.setText(consent.check.sentence)
        self._seal.recolor("text-2" if consent.check.holds else "block-tx")
        self._revoke.setVisible(consent.can_be_revoked)
        self._title = consent.title
        self._desk.ask(self, self._show_sheet, signed.signed_pdf, consent_id=self._consent_id)

    def _show_sheet(self, pdf: bytes) -> None:
        self.view.show_pdf(pdf, self._title)

    def _ask_revoke(self) -> None:
        owner = self.parentWidget()
        assert owner is not None  # a dialog stands before its window
        Revoke(owner, self._desk, self._consent_id, lambda: None).open()

    def _printed(self, pages: int) -> None:
        self._desk.do(self, self._noted, signed.note_print, consent_id=self._consent_id, pages=pages)

    def _noted(self, _result: None) -> None:
        """The log has it; nothing on the screen changes."""
