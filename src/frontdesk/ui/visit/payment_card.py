"""The Payment card: what to ask for and why, how it is paid, and the receipt. One for every page."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import asked, payments, tenders, using_credit, waiving
from frontdesk.services.billing.asked import AskFor
from frontdesk.services.billing.payments import Payment, Taken, Tender, TenderKind
from frontdesk.services.visit import check_in
from frontdesk.services.visit.taking import Surplus, Taking
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.visit.asked_for import AskedFor
from frontdesk.ui.visit.overpaid import Overpaid
from frontdesk.ui.visit.plan_dialog import PlanDialog, open_agreement
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.receipt_strip import ReceiptStrip
from frontdesk.ui.visit.tender_fields import TenderFields
from frontdesk.ui.visit.tender_list import TenderList

_NOT_TODAY = (
    "Asks for a statement",
    "Forgot wallet or card",
    "Pays at check-out",
    "Payer is billed first",
)
_WAIVED = ("Financial hardship, as documented", "Professional courtesy", "The office's mistake")
_ALL_THE_SAME = (
    "Two payments are meant",
    "For another visit",
    "Paid by the estate",
    "A cashier's check or money order",
)


@dataclass(frozen=True, slots=True)
class HalfPaid:
    """What was entered and not recorded; a card number is never among it."""

    kind: TenderKind
    amount: str
    texts: tuple[str, ...]
    tenders: tuple[Tender, ...] = ()


class PaymentCard(Panel):
    """`show_ask` what there is to ask for; it records one payment, in one way or in several."""

    paid = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, may_wait: bool = True) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._pending: Payment | None = None
        self._not_today_said = self._no_checks_said = ""
        self._may_wait = may_wait
        self.card = Card(tr("Payment"), "credit-card")
        self.chip = Chip("")
        self.card.add_to_head(self.chip)
        self.asked = AskedFor()
        self.asked.total_changed.connect(self._follow_total)
        self.split = TenderList()
        self.split.changed.connect(self._follow_total)
        self.tender = TenderFields()
        self.tender.changed.connect(self._show_amount)
        self.no_checks = Banner("warn")
        self.split_button = LinkButton(tr("Pay the rest another way"))
        self.split_button.clicked.connect(self.split_off)
        self.receipt = ReceiptStrip(desk)
        self.receipt.told.connect(self.told)
        self.asked.credit_wanted.connect(self.use_credit)
        self.plan_button = LinkButton(tr("Payment plan…"))
        self.plan_button.clicked.connect(self.ask_plan)
        self.waive_button = LinkButton(tr("Waive…"))
        self.waive_button.clicked.connect(self.ask_waive)
        self.not_today_button = Button(tr("Not today"), "ghost")
        self.not_today_button.clicked.connect(self._ask_not_today)
        self.record_button = Button("")
        self.record_button.clicked.connect(self.record)
        self._build()

    # -- what is shown --------------------------------------------------------

    def show_ask(
        self, patient_id: int, appointment_id: int | None, ask_for: AskFor, not_today: str = ""
    ) -> None:
        """What there is to ask of this patient; what is half entered stays for the same one."""
        if (patient_id, appointment_id) != (self._patient_id, self._appointment_id):
            self._patient_id, self._appointment_id = patient_id, appointment_id
            self.asked.clear()
            self._clear()
            self.receipt.show_patient(patient_id)
        self._not_today_said, self._no_checks_said = not_today, ask_for.no_checks
        self.asked.show_items(ask_for)
        self._show_chip(ask_for, not_today)
        self._follow_total()

    @property
    def half_paid(self) -> HalfPaid | None:
        """What is typed here and not recorded."""
        texts, is_typed = self.tender.texts, self.tender.is_amount_typed
        if not any(texts) and not is_typed and not self.split.tenders:
            return None
        amount = self.tender.amount.text() if is_typed else ""
        return HalfPaid(self.kind, amount, texts, self.split.tenders)

    def drop(self) -> None:
        """What is typed is put aside: another opens it, or nobody."""
        self._clear()

    def put(self, half: HalfPaid) -> None:
        """What had been entered before the work was put aside."""
        self.split.show_tenders(half.tenders)
        self.tender.put(half.kind, half.amount, half.texts)
        self._follow_total()

    def lead(self) -> None:
        """On a page of its own, recording is what the page is for."""
        self.record_button.restyle("primary")

    def start(self) -> None:
        """The focus to the first field that is still empty."""
        self.tender.start()

    @property
    def kind(self) -> TenderKind:
        return self.tender.kind

    def pay_by(self, kind: TenderKind) -> None:
        """Card, cash or check; the amount stays."""
        self.tender.pay_by(kind)
        self.clear_complaints()

    # -- what people do -------------------------------------------------------

    def split_off(self) -> None:
        """What is typed is one part; the amount becomes the rest."""
        self.clear_complaints()
        if self.tender.check_all():
            self.split.add(self.tender.tender())
            self.tender.clear()
            self._follow_total()
            self.tender.start()

    def record(self) -> None:
        """Take the money; the receipt gets its number. More than is asked for is asked about first."""
        self.clear_complaints()
        if self._patient_id is None or not self._can_be_read():
            return
        taking = Taking(self._tenders(), self.asked.ticked, self.asked.unticked)
        if taking.surplus_cents:
            Overpaid(self, taking, lambda surplus: self._take(taking, surplus)).open()
        else:
            self._take(taking)

    def refused(self, error: FrontdeskError) -> None:
        self.record_button.setEnabled(True)
        findings = error.findings if isinstance(error, Refused) else ()
        if self._pending is not None and findings and all(each.overridable for each in findings):
            ReasonAsked(
                self,
                tr("Take it all the same?"),
                " ".join(finding.message for finding in findings),
                tuple(tr(reason) for reason in _ALL_THE_SAME),
                self._take_because,
                verb=tr("Take it"),
                keep=tr("Do not take it"),
            ).open()
            return
        super().refused(error)

    def ask_plan(self) -> None:
        """The ticked balances in instalments."""
        self.clear_complaints()
        items = tuple(item for item in self.asked.ticked_here if item.is_charged)
        if not items:
            self.complain(tr("Tick a balance first: a copay or deposit is not paid in installments."))
        elif self._patient_id is not None:
            PlanDialog(self, self.desk, self._patient_id, items, self._agreed).open()

    def ask_waive(self) -> None:
        """What is ticked is given up, with a reason."""
        self.clear_complaints()
        if not self.asked.ticked_here:
            self.complain(tr("Tick what is waived first."))
            return
        named = ", ".join(f"{item.label} {dollars(item.amount_cents)}" for item in self.asked.ticked_here)
        ReasonAsked(
            self,
            tr("Waive {amount}?", amount=dollars(self.asked.total_here)),
            tr("{items}. It is no longer asked for; an open balance is written off.", items=named),
            tuple(tr(reason) for reason in _WAIVED),
            self._waive,
            verb=tr("Waive"),
            keep=tr("Ask for it"),
        ).open()

    def use_credit(self) -> None:
        """The household's credit on the ticked balances."""
        self.clear_complaints()
        parts = asked.allocations(self.asked.ticked_here)
        if self._patient_id is not None:
            self._pending = None
            self.desk.do(self, self._credit_used, using_credit.use, patient_id=self._patient_id, parts=parts)

    # -- inside ---------------------------------------------------------------

    def _can_be_read(self) -> bool:
        """With parts entered already and nothing typed, there is no other part."""
        if self.split.tenders and not any(self.tender.texts) and not self.tender.amount.value():
            return True
        return self.tender.check_all()

    def _tenders(self) -> tuple[Tender, ...]:
        if self.split.tenders and not any(self.tender.texts) and not self.tender.amount.value():
            return self.split.tenders
        return (*self.split.tenders, self.tender.tender())

    def _take(self, taking: Taking, surplus: Surplus = Surplus.AHEAD) -> None:
        assert self._patient_id is not None
        self._send(taking.payment(self._patient_id, self._appointment_id, surplus))

    def _take_because(self, reason: str) -> None:
        if self._pending is not None:
            self._send(replace(self._pending, taken_because=reason))

    def _send(self, payment: Payment) -> None:
        self.record_button.setEnabled(False)  # a second click is not a second payment
        self._pending = payment
        self.desk.do(self, self._recorded, payments.take, payment=payment)

    def _recorded(self, taken: Taken) -> None:
        self.record_button.setEnabled(True)
        self._pending = None
        self._clear()
        self.told.emit(
            tr("Took {amount}, receipt {number}", amount=dollars(taken.total_cents), number=taken.number)
        )
        self.paid.emit()
        self.receipt.show_taken(taken)

    def _agreed(self, plan_id: int) -> None:
        self.told.emit(tr("Agreed on a payment plan"))
        open_agreement(self, self.desk, plan_id)

    def _waive(self, reason: str) -> None:
        if self._patient_id is not None:
            parts = asked.allocations(self.asked.ticked_here)
            self._pending = None
            self.desk.do(
                self, self._waived, waiving.waive, patient_id=self._patient_id, parts=parts, reason=reason
            )

    def _credit_used(self, cents: int) -> None:
        self.told.emit(tr("Used {amount} of the credit", amount=dollars(cents)))

    def _waived(self, _: object) -> None:
        self.told.emit(tr("Waived what was asked for"))

    def _ask_not_today(self) -> None:
        ReasonAsked(
            self,
            tr("Leave payment for another day?"),
            tr(
                "{amount} stays open. Whoever checks the patient out sees why.",
                amount=dollars(self.asked.due),
            ),
            tuple(tr(reason) for reason in _NOT_TODAY),
            self._not_today,
            verb=tr("Not today"),
            keep=tr("Ask again"),
        ).open()

    def _not_today(self, reason: str) -> None:
        if self._appointment_id is not None:
            self.desk.do(
                self, self._left, check_in.not_today, appointment_id=self._appointment_id, reason=reason
            )

    def _left(self, _: object) -> None:
        self.told.emit(tr("Left payment for another day"))

    def _follow_total(self) -> None:
        """The amount is what is ticked and not yet entered, until somebody types another."""
        self.tender.follow(Taking(self.split.tenders, self.asked.ticked).left_cents)
        self._show_amount()

    def _show_amount(self) -> None:
        cents = tenders.total((*self.split.tenders, self.tender.tender()))
        self.record_button.setText(
            tr("Record {amount}", amount=dollars(cents)) if cents else tr("Record payment")
        )
        set_shown(self.split_button, 0 < cents < self.asked.total and self.tender.is_amount_typed)
        is_check = self.kind is TenderKind.CHECK
        self.no_checks.say("warn", self._no_checks_said if is_check else "")
        self._show_acts()

    def _show_acts(self) -> None:
        ticked = self.asked.ticked_here
        may_pay = self.desk.may("billing.take_payment")
        can_plan = may_pay and any(item.is_charged for item in ticked)
        set_shown(self.plan_button, can_plan)
        can_waive = any(item.can_be_waived for item in ticked)
        set_shown(self.waive_button, can_waive and self.desk.may("billing.waive"))
        set_shown(
            self.not_today_button,
            self._may_wait
            and self._appointment_id is not None
            and self.asked.due > 0
            and not self._not_today_said
            and self.desk.may("visit.check_in"),
        )

    def _clear(self) -> None:
        self.split.show_tenders(())
        self.tender.clear()
        self._follow_total()
        self.clear_complaints()

    def _show_chip(self, ask_for: AskFor, not_today: str) -> None:
        total, now = ask_for.total_cents, ask_for.now_cents
        if not total:
            self.chip.show_state(tr("Nothing due"), "ok", "check")
        elif not_today:
            self.chip.show_state(tr("Another day: {why}", why=not_today), "neutral")
        elif now:
            self.chip.show_state(tr("{amount} due now", amount=dollars(now)), "warn", "circle-dollar-sign")
        else:
            self.chip.show_state(tr("{amount} balance", amount=dollars(total)), "neutral", "wallet")

    def _build(self) -> None:
        for piece in (self.banner, self.asked, self.split, self.tender, self.no_checks):
            self.card.body.addWidget(piece)
        self.card.body.addLayout(row(self.split_button, None))
        self.card.body.addStretch(1)
        self.card.body.addWidget(self.receipt)
        self.card.body.addWidget(Rule())
        self.card.body.addLayout(
            row(
                self.plan_button,
                self.waive_button,
                None,
                self.not_today_button,
                self.record_button,
                gap=12,
            )
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
