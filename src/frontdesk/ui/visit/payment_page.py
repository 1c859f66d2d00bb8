"""F7: take a payment from the patient in focus, with or without a visit; plans and receipts beside it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing.payments import TenderKind
from frontdesk.services.visit import paying
from frontdesk.services.visit.paying import Paying
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.label import Avatar, EndingLabel, Label
from frontdesk.ui.kit.page import PAGE_BEFORE, Errand, Key, Page, Parked
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.money_history import PlanCard, ReceiptCard
from frontdesk.ui.visit.payment_card import HalfPaid, PaymentCard

_NARROW = 880
"""Design pixels below which plans and receipts stand under the payment."""
_WAYS = {"Alt+C": TenderKind.CARD, "Alt+A": TenderKind.CASH, "Alt+K": TenderKind.CHECK}


class PaymentPage(Page):
    """Opened for one patient from anywhere; Esc leads back to where one was."""

    parks = tuple[int | None, int | None, HalfPaid]
    title = "Payment"
    permission = "billing.take_payment"
    shows_patient = True
    topics = frozenset(
        {
            "journal_entry",
            "no_checks",
            "payment_plan",
            "visit_waiver",
            "deposit_rule",
            "appointment",
            "coverage",
            "coverage_verification",
            "self_pay",
            "readiness",
            "patient",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._shown: Paying | None = None
        self._to_put: HalfPaid | None = None
        self._avatar = Avatar(size=36)
        self._name = Label("", "page")
        self._facts = EndingLabel("", "secondary", "text-2")
        self.payment = PaymentCard(desk)
        self.plans = PlanCard(desk)
        self.receipts = ReceiptCard(desk)
        self.payment.lead()
        for panel in (self.payment, self.plans, self.receipts):
            panel.told.connect(self.told)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                "credit-card", tr("Nobody is chosen"), tr("Ctrl+K finds a patient; F7 takes the payment.")
            )
        )
        whole = QWidget()
        whole.setLayout(column(self._head(), scrolled(self._inner()), gap=0))
        self._stack.addWidget(whole)
        self.set_content(Frame("canvas", column(self._stack, gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        card = self.payment  # out of sight while nobody is chosen
        return (
            *(
                Key(keys, tr("Pay by {way}", way=kind.value), partial(self._pay_by, kind), when=card)
                for keys, kind in _WAYS.items()
            ),
            Key("Ctrl+Return", tr("Record"), card.record, when=card),
            Key("F12", tr("Park")),
            Key("Esc", tr("Back"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.payment, self.plans, self.receipts)

    def home(self) -> QWidget | None:
        return self.payment.tender.amount

    def open_with(self, errand: Errand) -> None:
        if errand.patient_id is None:
            return
        if errand.patient_id != self._patient_id or errand.appointment_id is not None:
            self._shown, self._to_put = None, None
            self._patient_id, self._appointment_id = errand.patient_id, errand.appointment_id
        self.clear_complaints()
        self.patient_chosen.emit(errand.patient_id)
        self.reload()

    def reload(self) -> None:
        if self._patient_id is not None:
            self.desk.ask(
                self,
                self._show,
                paying.paying,
                patient_id=self._patient_id,
                appointment_id=self._appointment_id,
            )

    def park(self) -> Parked | None:
        half = self.payment.half_paid
        if self._shown is None or half is None:
            return None
        name = self._shown.patient.name
        state = (self._patient_id, self._appointment_id, half)
        self._shown = None
        self.payment.drop()
        self.back()
        return Parked(tr("Payment: {name}", name=name), state)

    def take_up(self, state: object) -> None:
        """The half-entered payment as it was left."""
        assert isinstance(state, tuple)
        patient_id, appointment_id, half = state
        self._shown, self._patient_id, self._appointment_id = None, patient_id, appointment_id
        self._to_put = half
        self.patient_chosen.emit(patient_id)
        self.reload()

    def back(self) -> None:
        """To the page that was open before; nothing is taken."""
        self.go.emit(PAGE_BEFORE, None)

    def _show(self, shown: Paying) -> None:
        if shown.patient.patient_id != self._patient_id:
            return
        is_first, self._shown = self._shown is None, shown
        patient = shown.patient
        self._stack.setCurrentIndex(1)
        self.keys_changed.emit()
        self._avatar.show_initials(patient.initials)
        self._name.setText(patient.name)
        self._facts.setText(
            tr(
                "{born} · chart {chart} · account {account}",
                born=us_date(patient.born_on),
                chart=patient.chart_number,
                account=shown.account_number,
            )
        )
        self.payment.show_ask(patient.patient_id, shown.appointment_id, shown.ask_for, shown.not_today)
        self.plans.show_plans(shown.plans)
        self.receipts.show_receipts(shown.receipts)
        if self._to_put is not None:
            self.payment.put(self._to_put)
            self._to_put = None
        if is_first:
            self.payment.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        below = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(below)

    def _pay_by(self, kind: TenderKind) -> None:
        self.payment.pay_by(kind)
        self.payment.start()

    def _head(self) -> QWidget:
        back = Button(tr("Back"), icon="arrow-left", keys="Esc")
        back.clicked.connect(self.back)
        head = Frame("bar")
        head.setFixedHeight(theme().px(52))
        line = row(self._avatar, column(self._name, self._facts, gap=0), back, gap=10, margins=(12, 4, 12, 4))
        line.setStretch(1, 1)
        head.setLayout(line)
        return head

    def _inner(self) -> QWidget:
        beside = column(self.plans, self.receipts, None, gap=12)
        cards = row(column(self.payment, None, gap=0), beside, gap=12)
        cards.setStretch(0, 5)
        cards.setStretch(1, 4)
        cards.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._cards = cards
        inner = QWidget()
        inner.setLayout(column(cards, None, gap=0, margins=(12, 12, 12, 12)))
        return inner
