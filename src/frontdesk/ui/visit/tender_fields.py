"""One way of paying: card, cash or check, and what each must name. No card number is ever typed here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing.cards import card_finding
from frontdesk.services.billing.tenders import Tender, TenderKind
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

WAYS = (
    (TenderKind.CARD, "Card", "credit-card", "Alt+C"),
    (TenderKind.CASH, "Cash", "banknote", "Alt+A"),
    (TenderKind.CHECK, "Check", "signature", "Alt+K"),
)
BRANDS = ("Visa", "Mastercard", "Amex", "Discover", "Debit")


class PlainEdit(TextEdit):
    """A field of a payment: what passes as a card number is refused before it is sent, and never kept."""

    @property
    def safe_text(self) -> str:
        return "" if self.problem() else self.text()

    def problem(self) -> str:
        return " ".join(finding.message for finding in card_finding(self.text(), ""))


class TenderFields(QWidget):
    """The amount and how it is paid."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_amount_typed = False
        self._make_ways()
        self._make_fields()
        fields = row(self.amount_form, self._stack, gap=10)
        fields.setStretch(0, 1)
        fields.setStretch(1, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(8))
        whole.addLayout(row(*self._buttons, gap=6))
        whole.addLayout(fields)
        self.pay_by(TenderKind.CARD)

    @property
    def kind(self) -> TenderKind:
        return WAYS[self._group.checkedId()][0]

    @property
    def form(self) -> Form:
        """The fields of the chosen way."""
        return self._forms[self._stack.currentIndex()]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is typed besides the amount."""
        return tuple(edit.safe_text if isinstance(edit, PlainEdit) else edit.text() for edit in self._edits)

    def put(self, kind: TenderKind, amount: str, texts: tuple[str, ...]) -> None:
        """What was typed before."""
        self.pay_by(kind)
        for edit, text in zip(self._edits, texts, strict=True):
            edit.setText(text)
        if amount:
            self.amount.setText(amount)
            self._amount_typed()

    def pay_by(self, kind: TenderKind) -> None:
        """Card, cash or check; the amount stays."""
        place = next(n for n, (each, *_) in enumerate(WAYS) if each is kind)
        self._group.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        for number, button in enumerate(self._buttons):
            button.restyle("tonal" if number == place else "default")
        self.changed.emit()

    def start(self) -> None:
        """The focus to the first field that is still empty."""
        first = {TenderKind.CARD: self.last4, TenderKind.CASH: self.tendered, TenderKind.CHECK: self.check}
        first[self.kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def check_all(self) -> bool:
        """Whether all that is typed can be read."""
        return self.amount_form.check() and self.form.check()

    def tender(self) -> Tender:
        """What is typed; the service says what is wrong with it."""
        cents = self.amount.value() or 0
        match self.kind:
            case TenderKind.CARD:
                return Tender(
                    TenderKind.CARD,
                    cents,
                    card_brand=self.brand.value() or "",
                    card_last4=self.last4.value(),
                    card_auth=self.auth.value(),
                )
            case TenderKind.CASH:
                return Tender(TenderKind.CASH, cents, self.tendered.value())
            case _:
                return Tender(
                    TenderKind.CHECK, cents, check_number=self.check.value(), check_bank=self.bank.value()
                )

    def follow(self, cents: int) -> None:
        """The amount is what there is to take, until somebody types another."""
        if not self.is_amount_typed:
            self.amount.set_value(cents if cents > 0 else None)
        self._show_change()

    def clear(self) -> None:
        """Nothing typed; the way of paying stays."""
        for edit in self._edits:
            edit.clear()
        self.brand.set_value("")
        self.is_amount_typed = False

    # -- inside ---------------------------------------------------------------

    @property
    def _edits(self) -> tuple[TextEdit | AmountEdit, ...]:
        return (self.last4, self.auth, self.tendered, self.check, self.bank)

    def _amount_typed(self) -> None:
        self.is_amount_typed = True
        self._show_change()
        self.changed.emit()

    def _show_change(self) -> None:
        cash = self.tender()
        back = cash.change_cents
        is_told = cash.tendered_cents is not None and back >= 0
        self.change.setText(dollars(back) if is_told else "–")
        self.change.recolor("ok-tx" if is_told and back else "text-3")

    def _make_ways(self) -> None:
        self._group = QButtonGroup(self)
        self._buttons = []
        for place, (kind, words, icon, keys) in enumerate(WAYS):
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
        self.brand: Combo[str] = Combo((("", tr("Card")), *((brand, brand) for brand in BRANDS)))
        self.last4, self.auth = PlainEdit(hint="4417"), PlainEdit(hint=tr("From the terminal"))
        self.tendered, self.check, self.bank = AmountEdit(), PlainEdit(), PlainEdit()
        self.tendered.textChanged.connect(self._show_change)
        self._stack = QStackedWidget()
        card, cash, check = Form(), Form(), Form()
        card.add("card_brand", tr("Brand"), self.brand, span=4)
        card.add("card_last4", tr("Card ending"), self.last4, span=3)
        card.add("card_auth", tr("Approval code"), self.auth, span=5)
        cash.add("tendered_cents", tr("Cash given"), self.tendered)
        self.change = Label("–", "figure", "text-3")
        self.change.setAccessibleName(tr("Change to give"))
        back = QWidget()
        back.setLayout(column(Label(tr("Change to give"), "secondary", "text-2"), self.change, gap=0))
        check.add("check_number", tr("Check number"), self.check, span=5)
        check.add("check_bank", tr("Bank (optional)"), self.bank, span=7)
        with_change = QWidget()
        beside = row(cash, back, gap=10)
        beside.setStretch(0, 1)
        beside.setStretch(1, 1)
        beside.setAlignment(back, Qt.AlignmentFlag.AlignTop)
        with_change.setLayout(beside)
        self._forms = (card, cash, check)
        for page in (card, with_change, check):
            self._stack.addWidget(page)
