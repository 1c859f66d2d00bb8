"""The check-out of one visit: its superbill, what is still to pay, and the next visit."""

from functools import partial

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.billing.payments import TenderKind
from frontdesk.services.visit import check_out
from frontdesk.services.visit.check_out import CheckOut, Stage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, Frame, column, row, scrolled
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.payment_card import PaymentCard
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.visit_head import VisitHead

_WAYS = {"Alt+C": TenderKind.CARD, "Alt+A": TenderKind.CASH, "Alt+K": TenderKind.CHECK}
_SUPERBILL = {
    "issued": "The sheet is with the provider's team.",
    "returned": "The sheet came back. Its charges are not entered yet.",
    "entered": "Charges are entered, not looked over yet.",
    "checked": "Charges are looked over.",
    "released": "Charges are released.",
}
_UNPAID = ("Asks for a statement", "Forgot wallet or card", "Left before paying", "Payer is billed first")


class CheckOutPage(Page):
    """Opened for one visit from the board."""

    title = "Check-out"
    permission = "visit.check_out"
    shows_patient = True
    topics = frozenset(
        {
            "appointment",
            "superbill",
            "journal_entry",
            "patient",
            "payment_plan",
            "visit_waiver",
            "deposit_rule",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._visit: CheckOut | None = None
        self.head = VisitHead()
        set_shown(self.head.ready, False)
        back = Button(tr("Back to board"), icon="arrow-left", keys="Esc")
        back.clicked.connect(self.back)
        self.finish_button = Button(tr("Check out"), "primary", icon="check", keys="Ctrl+Enter")
        self.finish_button.clicked.connect(self.finish)
        self.head.add(back, self.finish_button)
        self.payment = PaymentCard(desk, may_wait=False)
        self.payment.told.connect(self.told)
        self._superbill = Label("", "body", "text", wrap=True)
        self._next = Label("", "body", "text", wrap=True)
        bill = Card(tr("Superbill"), "receipt-text")
        bill.body.addWidget(self._superbill)
        self.bill_button = Button(tr("Open superbill"), icon="receipt-text")
        self.bill_button.clicked.connect(self.open_superbill)
        bill.body.addLayout(row(self.bill_button, None))
        bill.body.addStretch(1)
        follow_up = Card(tr("Next visit"), "calendar-plus")
        self.book_button = Button(tr("Book follow-up"), icon="calendar-search")
        self.book_button.clicked.connect(self.book)
        follow_up.body.addWidget(self._next)
        follow_up.body.addLayout(row(self.book_button, None))
        follow_up.body.addStretch(1)
        cards = row(column(bill, follow_up, None, gap=12), self.payment, None, gap=12)
        self.payment.setFixedWidth(theme().px(560))
        bill.setFixedWidth(theme().px(360))
        follow_up.setFixedWidth(theme().px(360))
        inner = QWidget()
        inner.setLayout(column(cards, None, gap=0, margins=(12, 12, 12, 12)))
        self.set_content(Frame("canvas", column(self.head, scrolled(inner), gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+Return", tr("Check out"), self.finish),
            Key("Esc", tr("Back to board"), self.back),
            *(
                Key(keys, tr("Pay by {way}", way=kind.value), partial(self._pay_by, kind))
                for keys, kind in _WAYS.items()
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.book_button, self.payment)

    def open_with(self, errand: Errand) -> None:
        if errand.appointment_id is None:
            return
        self._visit = None
        self._patient_id, self._appointment_id = errand.patient_id, errand.appointment_id
        self.clear_complaints()
        self.patient_chosen.emit(errand.patient_id)
        self.reload()

    def reload(self) -> None:
        if self._appointment_id is not None:
            self.desk.ask(self, self._show, check_out.check_out, appointment_id=self._appointment_id)

    def back(self) -> None:
        """To the board; nothing of the visit changes."""
        self.go.emit("check_in", None)

    def book(self) -> None:
        """The next visit, in the schedule."""
        self.go.emit("find_slot", Errand("find_slot", self._patient_id))

    def open_superbill(self) -> None:
        """Where its charges are entered."""
        if self._visit is not None and self._visit.superbill_id is not None:
            self.go.emit(
                "superbills",
                Errand(
                    "superbill", self._patient_id, self._appointment_id, about_id=self._visit.superbill_id
                ),
            )

    def finish(self) -> None:
        """The patient leaves."""
        self.clear_complaints()
        self._finish("")

    def refused(self, error: FrontdeskError) -> None:
        findings = error.findings if isinstance(error, Refused) else ()
        if not findings or not all(finding.overridable for finding in findings):
            super().refused(error)
            return
        ReasonAsked(
            self,
            tr("Check out all the same?"),
            " ".join(finding.message for finding in findings),
            tuple(tr(reason) for reason in _UNPAID),
            self._finish,
            verb=tr("Check out unpaid"),
            keep=tr("Ask for it"),
        ).open()

    def _finish(self, reason: str) -> None:
        if self._visit is not None:
            self.desk.do(
                self,
                self._finished,
                check_out.finish,
                appointment_id=self._visit.appointment_id,
                reason=reason,
                version=self._visit.version,
            )

    def _finished(self, _: int) -> None:
        if self._visit is not None:
            self.told.emit(tr("Checked out {name}", name=self._visit.patient.name))
        self.back()

    def _pay_by(self, kind: TenderKind) -> None:
        self.payment.pay_by(kind)
        self.payment.start()

    def _show(self, visit: CheckOut) -> None:
        is_first = self._visit is None
        self._visit = visit
        self.head.show_visit(visit)
        self.payment.show_ask(visit.patient.patient_id, visit.appointment_id, visit.ask_for)
        state = visit.superbill_state
        self._superbill.setText(
            tr(_SUPERBILL[state.value]) if state else tr("The visit has no superbill yet.")
        )
        self._next.setText(
            tr("{day} at {time}", day=us_date(visit.next_visit.date()), time=us_time(visit.next_visit))
            if visit.next_visit
            else tr("None is booked.")
        )
        set_shown(self.finish_button, visit.stage in (Stage.SEEN, Stage.CHECKING_OUT))
        set_shown(self.bill_button, visit.superbill_id is not None and self.desk.may("billing.view"))
        if is_first:
            if visit.ask_for.items:
                self.payment.start()
            else:
                self.finish_button.setFocus()
