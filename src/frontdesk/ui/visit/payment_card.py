"""The Payment card: what to ask for and why, how it is paid, and the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import payments
from frontdesk.services.billing.asking import AskFor, AskItem
from frontdesk.services.billing.payments import Payment, Taken, Tender, TenderKind
from frontdesk.services.visit import check_in
from frontdesk.services.visit.taking import spread
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button, LinkButton
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label, Rule
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.visit.asked_for import AskedFor
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.receipt_view import ReceiptView

_WAYS = (
    (TenderKind.CARD, "Card", "credit-card", "Alt+C"),
    (TenderKind.CASH, "Cash", "banknote", "Alt+A"),
    (TenderKind.CHECK, "Check", "signature", "Alt+K"),
)
_NOT_TODAY = (
    "Asks for a statement",
    "Forgot wallet or card",
    "Pays at check-out",
    "Payer is billed first",
)


@dataclass(frozen=True, slots=True)
class HalfPaid:
    """What was entered and not recorded."""

    kind: TenderKind
    amount: str
    texts: tuple[str, ...]


class PaymentCard(Panel):
    """`show_ask` what there is to ask for; it records one tender at a time."""

    paid = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, may_wait: bool = True) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._appointment_id: int | None = None
        self._receipt_id: int | None = None
        self._is_amount_typed = False
        self.card = Card(tr("Payment"), "credit-card")
        self.chip = Chip("")
        self.card.add_to_head(self.chip)
        self.asked = AskedFor()
        self.asked.total_changed.connect(self._follow_total)
        self._make_ways()
        self._make_fields()
        self.shows_receipt = CheckBox(tr("Show it, to print"), checked=True)
        self.not_today_button = Button(tr("Not today…"), "ghost")
        self.not_today_button.clicked.connect(self._ask_not_today)
        self.record_button = Button("")
        self.record_button.clicked.connect(self.record)
        self._may_wait = may_wait
        self._taken = QWidget()
        self._taken_words = Label("", "body", "ok-tx")
        opener = LinkButton(tr("Open receipt"))
        opener.clicked.connect(self._open_receipt)
        self._taken.setLayout(row(IconLabel("circle-check", "ok"), self._taken_words, None, opener))
        set_shown(self._taken, False)
        fields = row(self.amount_form, self._fields, gap=10)
        fields.setStretch(0, 1)
        fields.setStretch(1, 2)
        for piece in (self.banner, self.asked):
            self.card.body.addWidget(piece)
        self.card.body.addLayout(row(*self._buttons, gap=6))
        self.card.body.addLayout(fields)
        self.card.body.addWidget(self._taken)
        self.card.body.addStretch(1)
        self.card.body.addWidget(Rule())
        self.card.body.addLayout(
            row(
                Label(tr("Receipt"), "secondary", "text-2"),
                self.shows_receipt,
                None,
                self.not_today_button,
                self.record_button,
            )
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self.pay_by(TenderKind.CARD)

    # -- what is shown --------------------------------------------------------

    def show_ask(self, patient_id: int, appointment_id: int, ask_for: AskFor, not_today: str = "") -> None:
        if appointment_id != self._appointment_id:
            self._clear()
            set_shown(self._taken, False)
        self._patient_id, self._appointment_id = patient_id, appointment_id
        self.asked.show_items(ask_for)
        self._show_chip(ask_for.items, ask_for.total_cents, not_today)
        self._follow_total()

    @property
    def half_paid(self) -> HalfPaid | None:
        """What is typed here and not recorded."""
        texts = tuple(edit.text() for edit in self._edits)
        if not any(texts) and not self._is_amount_typed:
            return None
        return HalfPaid(self.kind, self.amount.text() if self._is_amount_typed else "", texts)

    def put(self, half: HalfPaid) -> None:
        """What had been entered before the work was put aside."""
        self.pay_by(half.kind)
        for edit, text in zip(self._edits, half.texts, strict=True):
            edit.setText(text)
        if half.amount:
            self.amount.setText(half.amount)
            self._amount_typed()

    def start(self) -> None:
        """The focus to the first field that is still empty."""
        edits = {TenderKind.CARD: self._last4, TenderKind.CASH: self._tendered, TenderKind.CHECK: self._check}
        edits[self.kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def kind(self) -> TenderKind:
        return _WAYS[self._group.checkedId()][0]

    def pay_by(self, kind: TenderKind) -> None:
        """Card, cash or check; the amount stays."""
        place = next(n for n, (each, *_) in enumerate(_WAYS) if each is kind)
        self._group.button(place).setChecked(True)
        self._fields.setCurrentIndex(place)
        for number, button in enumerate(self._buttons):
            button.restyle("tonal" if number == place else "default")
        self.clear_complaints()

    # -- what people do -------------------------------------------------------

    def record(self) -> None:
        """Take the money; the receipt gets its number."""
        self.clear_complaints()
        if self._patient_id is None or not (self.amount_form.check() and self._form.check()):
            return
        cents = self.amount.value() or 0
        self.record_button.setEnabled(False)  # a second click is not a second payment
        self.desk.do(
            self,
            self._recorded,
            payments.take,
            payment=Payment(
                self._patient_id,
                (self._tender(cents),),
                spread(self.asked.ticked, cents),
                self._appointment_id,
            ),
        )

    def refused(self, error: FrontdeskError) -> None:
        self.record_button.setEnabled(True)
        super().refused(error)

    def _recorded(self, taken: Taken) -> None:
        self.record_button.setEnabled(True)
        self._receipt_id = taken.receipt_id
        self._clear()
        words = tr("Took {amount}, receipt {number}.", amount=dollars(taken.total_cents), number=taken.number)
        if taken.change_cents:
            words += " " + tr("Give {change} back.", change=dollars(taken.change_cents))
        self._taken_words.setText(words)
        set_shown(self._taken, True)
        self.told.emit(
            tr("Took {amount}, receipt {number}", amount=dollars(taken.total_cents), number=taken.number)
        )
        self.paid.emit()
        if self.shows_receipt.isChecked():
            self._open_receipt()

    def _open_receipt(self) -> None:
        if self._receipt_id is not None:
            ReceiptView(self, self.desk, self._receipt_id).open()

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

    # -- inside ---------------------------------------------------------------

    @property
    def _form(self) -> Form:
        form = self._fields.currentWidget()
        assert isinstance(form, Form)
        return form

    @property
    def _edits(self) -> tuple[TextEdit | AmountEdit, ...]:
        return (self._last4, self._auth, self._tendered, self._check)

    def _tender(self, cents: int) -> Tender:
        match self.kind:
            case TenderKind.CARD:
                return Tender(
                    TenderKind.CARD, cents, card_last4=self._last4.value(), card_auth=self._auth.value()
                )
            case TenderKind.CASH:
                return Tender(TenderKind.CASH, cents, self._tendered.value())
            case TenderKind.CHECK:
                return Tender(TenderKind.CHECK, cents, check_number=self._check.value())

    def _follow_total(self) -> None:
        """The amount is what is ticked, until somebody types another."""
        if not self._is_amount_typed:
            self.amount.set_value(self.asked.total or None)
        self._show_amount()

    def _amount_typed(self) -> None:
        self._is_amount_typed = True
        self._show_amount()

    def _show_amount(self) -> None:
        cents = self.amount.value()
        self.record_button.setText(
            tr("Record {amount}", amount=dollars(cents)) if cents else tr("Record payment")
        )
        given = self._tendered.value()
        back = given - (cents or 0) if given is not None else 0
        self._change.setText(dollars(back) if given is not None and back >= 0 else "")

    def _clear(self) -> None:
        for edit in self._edits:
            edit.clear()
        self._is_amount_typed = False
        self._follow_total()
        self.clear_complaints()

    def _show_chip(self, items: Sequence[AskItem], total: int, not_today: str) -> None:
        now = sum(item.amount_cents for item in items if item.allocations[0].purpose == "copay")
        if not items:
            self.chip.show_state(tr("Nothing due"), "ok", "check")
        elif not_today:
            self.chip.show_state(tr("Another day: {why}", why=not_today), "neutral")
        elif now:
            self.chip.show_state(tr("{amount} due now", amount=dollars(now)), "warn", "circle-dollar-sign")
        else:
            self.chip.show_state(tr("{amount} balance", amount=dollars(total)), "neutral", "wallet")
        set_shown(self.not_today_button, self._may_wait and bool(items) and not not_today)

    def _make_ways(self) -> None:
        self._group = QButtonGroup(self)
        self._buttons = []
        for place, (kind, words, icon, keys) in enumerate(_WAYS):
            button = Button(tr(words), icon=icon, keys=keys)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, kind=kind: self.pay_by(kind))
            self._group.addButton(button, place)
            self._buttons.append(button)

    def _make_fields(self) -> None:
        self.amount = AmountEdit()
        self.amount.textEdited.connect(self._amount_typed)
        self.amount_form = Form()
        self.amount_form.add("amount_cents", tr("Amount"), self.amount)
        self._last4, self._auth = TextEdit(hint="4417"), TextEdit(hint=tr("From the terminal"))
        self._tendered, self._check = AmountEdit(), TextEdit()
        self._tendered.textChanged.connect(self._show_amount)
        self._change = TextEdit()
        self._change.setReadOnly(True)
        self._fields = QStackedWidget()
        for rows in (
            (
                ("card_last4", tr("Card ending"), self._last4),
                ("card_auth", tr("Approval code"), self._auth),
            ),
            (("tendered_cents", tr("Cash given"), self._tendered), ("change", tr("Change"), self._change)),
            (("check_number", tr("Check number"), self._check),),
        ):
            form = Form()
            for name, label, control in rows:
                form.add(name, label, control, span=6)
            self._fields.addWidget(form)
