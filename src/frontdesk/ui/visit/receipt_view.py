"""A receipt before the page: looked at, printed, e-mailed where the patient agreed."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import papers, receipt_mail, receipts
from frontdesk.services.billing.receipts import IssueWay
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class ReceiptView(Dialog):
    """Asks for the sheet of a receipt and shows it; once printed or sent, it prints as a copy."""

    def __init__(self, parent: QWidget, desk: Desk, receipt_id: int, patient_id: int | None = None) -> None:
        super().__init__(parent, tr("Receipt"), width=640)
        self._desk, self._receipt_id = desk, receipt_id
        self.view = PdfView(says=tr("Receipt"))
        self.view.setMinimumHeight(theme().px(440))
        self.view.printed.connect(self._printed)
        self.body.addWidget(self.view)
        self.mail_button = self.add_verb(tr("E-mail it"), self._mail, closes=False)
        set_shown(self.mail_button, False)
        self.add_verb(tr("Print…"), self.view.print_out, closes=False)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        desk.ask(self, self._show, papers.receipt_pdf, receipt_id=receipt_id)
        if patient_id is not None and desk.may("billing.take_payment"):
            desk.ask(self, self._show_address, receipt_mail.address_of, patient_id=patient_id)

    def _show(self, pdf: bytes) -> None:
        self.view.show_pdf(pdf)

    def _show_address(self, address: str) -> None:
        self.mail_button.setText(tr("E-mail to {address}", address=address))
        set_shown(self.mail_button, bool(address))

    def _printed(self, _pages: int) -> None:
        if self._desk.may("billing.take_payment"):
            self._desk.do(
                self,
                self._handed_out,
                receipts.hand_out,
                receipt_id=self._receipt_id,
                way=IssueWay.PRINTED,
            )

    def _handed_out(self, _: int) -> None:
        self._desk.ask(self, self._show, papers.receipt_pdf, receipt_id=self._receipt_id)

    def _mail(self) -> None:
        self.mail_button.setEnabled(False)
        self._desk.run(
            self,
            self._mailed,
            receipt_mail.send,
            self._desk.database,
            self._desk.actor,
            receipt_id=self._receipt_id,
        )

    def _mailed(self, answer: str) -> None:
        self.banner.say("ok", answer)
