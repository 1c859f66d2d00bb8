"""How the receipt goes out, and what was just taken."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import receipt_mail
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.payments import Taken
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.visit.receipt_view import ReceiptView


class ReceiptStrip(Panel):
    """Print, and e-mail where the patient agreed to it and a server is set up."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._receipt_id: int | None = None
        self.prints = CheckBox(tr("Print"), checked=True)
        self.mails = CheckBox(tr("E-mail"))
        set_shown(self.mails, False)
        self.words = Label("", "body", "ok-tx")
        self._amount: tuple[Amount, ...] = ()
        Offer(self.words, lambda: self._amount)
        self.give_back = Label("", "figure", "ok-tx")
        opener = LinkButton(tr("Open receipt"))
        opener.clicked.connect(self.open_receipt)
        said = row(IconLabel("circle-check", "ok"), self.words, None, opener)
        self._taken = QWidget()
        self._taken.setLayout(column(said, self.give_back, gap=0))
        set_shown(self._taken, False)
        self.setLayout(
            column(
                self.banner,
                self._taken,
                row(Label(tr("Receipt"), "secondary", "text-2"), self.prints, self.mails, None),
                gap=6,
            )
        )

    def show_patient(self, patient_id: int) -> None:
        """Another patient: nothing was taken yet, and perhaps it may be e-mailed."""
        self._patient_id = patient_id
        set_shown(self._taken, False)
        set_shown(self.mails, False)
        if self.desk.may("billing.take_payment"):
            self.desk.ask(self, self._show_address, receipt_mail.address_of, patient_id=patient_id)

    def show_taken(self, taken: Taken) -> None:
        """What was taken, the change to give in large figures; then the paper."""
        self._receipt_id = taken.receipt_id
        words = tr("Took {amount}, receipt {number}.", amount=dollars(taken.total_cents), number=taken.number)
        if taken.counts_on != self.desk.today:
            words += " " + tr("It counts on {day}.", day=us_date(taken.counts_on))
        back = taken.change_cents
        self.give_back.setText(tr("Give {change} back.", change=dollars(back)) if back else "")
        set_shown(self.give_back, bool(back))
        self.words.setText(words)
        self._amount = (Amount(words, taken.total_cents, Subject(About.RECEIPT, taken.receipt_id)),)
        set_shown(self._taken, True)
        if self.mails.isChecked() and not self.mails.isHidden():
            self.desk.run(
                self,
                self._mailed,
                receipt_mail.send,
                self.desk.database,
                self.desk.actor,
                receipt_id=taken.receipt_id,
            )
        if self.prints.isChecked():
            self.open_receipt()

    def open_receipt(self) -> None:
        """The receipt that was taken last."""
        if self._receipt_id is not None:
            ReceiptView(self, self.desk, self._receipt_id, self._patient_id).open()

    def _show_address(self, address: str) -> None:
        self.mails.setText(tr("E-mail {address}", address=address))
        self.mails.setChecked(False)
        set_shown(self.mails, bool(address))

    def _mailed(self, answer: str) -> None:
        self.told.emit(tr("E-mailed the receipt. {answer}", answer=answer))
