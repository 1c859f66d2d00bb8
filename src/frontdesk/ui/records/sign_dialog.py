"""A form signed at the desk's own screen where it has questions or a witness."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.records import consents
from frontdesk.services.records.consents import FormToSign, Representative
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.records.signing_sheet import Given, SigningSheet
from frontdesk.ui.records.who_signs import WhoSigns
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDTH, _HEIGHT, _LEAST, _AROUND = 760, 560, 232, 180


class SignDialog(Dialog):
    """The whole form: words, questions, both pads."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        form: FormToSign,
        *,
        representative: Representative | None,
        interpreter: str,
        note: str,
        then: Callable[[str], object],
        declined: Callable[[FormToSign], object],
    ) -> None:
        super().__init__(parent, tr("Sign this form"), width=_WIDTH)
        self._desk, self._patient_id, self._form = desk, patient_id, form
        self._interpreter, self._note = interpreter, note
        self._then, self._declined = then, declined
        self.sheet = SigningSheet(desk, is_large=False)
        room = parent.window().height() - theme().px(_AROUND)
        self.sheet.setFixedHeight(max(theme().px(_LEAST), min(theme().px(_HEIGHT), room)))
        self.sheet.accepted.connect(self._accept)
        self.sheet.language_wanted.connect(self._load)
        self.sheet.declined.connect(self._decline)
        self.by_other = CheckBox(tr("Someone else signs (guardian, proxy)"))
        self.who = WhoSigns()
        self.who.offer(form.guardians)
        if representative is not None:
            self.who.set_value(representative)
        self.who.hide()
        self.by_other.toggled.connect(self._show_other)
        self.by_other.setChecked(representative is not None or form.needs_guardian)
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.by_other)
        self.body.addWidget(self.who)
        for edit in (self.who.name, self.who.relation):
            edit.textChanged.connect(lambda _: self.show_form(self._form))
        self.add_verb(tr("Close"), keys="Esc")
        self.show_form(form)

    def show_form(self, form: FormToSign) -> None:
        """Another language of it, or the form again."""
        self._form = form
        who = self.representative
        signer = f"{who.name}, {who.relation}" if who is not None and who.name else form.patient_name
        self.sheet.show_form(form, signer)

    def refused(self, error: FrontdeskError) -> None:
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        self.sheet.sign_button.setEnabled(True)
        self.sheet.show_findings(self.who.show_findings(findings))
        self.adjustSize()

    @property
    def representative(self) -> Representative | None:
        """Who signs in the patient's place; None: the patient."""
        return self.who.value() if self.by_other.isChecked() else None

    def _show_other(self, by_other: bool) -> None:
        self.who.setVisible(by_other)
        self.show_form(self._form)
        self.adjustSize()

    def _load(self, form_id: int) -> None:
        self._desk.ask(
            self, self.show_form, consents.form_to_sign, patient_id=self._patient_id, form_id=form_id
        )

    def _accept(self, given: Given) -> None:
        self.sheet.sign_button.setEnabled(False)
        self.who.clear_errors()
        self._desk.do(
            self,
            self._signed,
            consents.sign,
            patient_id=self._patient_id,
            form_id=self._form.form_id,
            fingerprint=self._form.fingerprint,
            strokes=given.strokes,
            representative=self.representative,
            witness=given.witness,
            answers=given.answers,
            interpreter=self._interpreter,
            note=self._note,
        )

    def _signed(self, _result: int) -> None:
        self.accept()
        self._then(self._form.title)

    def _decline(self) -> None:
        self.reject()
        self._declined(self._form)
