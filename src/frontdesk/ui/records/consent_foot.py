"""Below a signed consent: what is known of it, its seal, and the way to revoke it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import verifying
from frontdesk.services.records.signed import SignedConsent
from frontdesk.services.records.verifying import SealReport
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.records.dialogs import Revoke
from frontdesk.ui.text import counted, tr


class ConsentFoot(Frame):
    """`verdict` stands above the pages: what became of checking all seals."""

    revoked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("foot", parent=parent)
        self._desk = desk
        self.consent: SignedConsent | None = None
        self.verdict = Banner("ok")
        self._signed = Label("", "strong", wrap=True)
        self.seal = Label("", "secondary", "text-2", wrap=True)
        self._revoke = Button(tr("Revoke…"))
        self._revoke.clicked.connect(self._ask_revoke)
        self._all_seals = Button(tr("Check all seals"), icon="shield-check")
        self._all_seals.clicked.connect(self.check_seals)
        words = column(self._signed, self.seal, gap=2)
        line = row(words, self._all_seals, self._revoke)
        line.setStretch(0, 1)
        self.setLayout(column(line, None, margins=(12, 10, 12, 10)))

    def show_consent(self, consent: SignedConsent | None) -> None:
        self.consent = consent
        self.verdict.say("ok", "")
        if consent is not None:
            self._signed.setText(f"{consent.sentence} {consent.signer}.")
            self.seal.setText(consent.check.sentence)
            self.seal.recolor("text-2" if consent.check.holds else "block-tx")
            self._revoke.setVisible(consent.can_be_revoked)

    def check_seals(self) -> None:
        """Every consent of this chart against its seal, one by one."""
        if self.consent is not None:
            patient_id = self.consent.patient_id
            self._desk.ask(self, self._show_seals, verifying.verify_patient, patient_id=patient_id)

    def refused(self, error: FrontdeskError) -> None:
        self.verdict.say("block", str(error))

    def _show_seals(self, report: SealReport) -> None:
        if report.broken:
            self.verdict.say("block", " ".join(broken.sentence for broken in report.broken))
            return
        one, many = "The seal of {count} consent holds.", "The seals of all {count} consents hold."
        self.verdict.say("ok", counted(report.checked, one, many), icon="shield-check")

    def _ask_revoke(self) -> None:
        if self.consent is not None:
            Revoke(self, self._desk, self.consent.consent_id, self.revoked.emit).open()
