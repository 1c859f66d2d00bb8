"""The deposit of a remittance as an equation: deposit = to post + no match - taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing.remittance_views import Deposit, WhenPosted
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme


class _Figure(QWidget):
    """A name, an amount, and what it is made of."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._amount = Label("", "figure")
        self._under = EndingLabel("", "secondary", "text-3")
        self._under.setMaximumWidth(theme().px(150))
        self.setLayout(column(Label(name, "secondary", "text-2"), self._amount, self._under, gap=0))

    def show_amount(self, cents: int, under: str, color: str = "text") -> None:
        self._amount.setText(ledger(cents))
        self._amount.recolor(color)
        self._under.setText(under)
        self.setAccessibleName(f"{self._name} {ledger(cents)}")


class DepositEquation(QWidget):
    """Four figures with their signs between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deposit = _Figure(tr("Deposit"))
        self._to_post = _Figure(tr("To post"))
        self._no_match = _Figure(tr("No match"))
        self._taken_back = _Figure(tr("Taken back"))
        self.setLayout(
            row(
                self._deposit,
                _sign("="),
                self._to_post,
                _sign("+"),
                self._no_match,
                _sign("−"),
                self._taken_back,
                gap=14,
            )
        )

    def show_deposit(self, deposit: Deposit, paid_on: str) -> None:
        self._deposit.show_amount(deposit.deposit_cents, tr("bank {day}", day=paid_on))
        self._to_post.show_amount(
            deposit.to_post_cents, counted(deposit.to_post_claims, "{count} claim", "{count} claims")
        )
        self._no_match.show_amount(
            deposit.no_match_cents,
            counted(deposit.no_match_claims, "{count} claim", "{count} claims"),
            "block-tx" if deposit.no_match_claims else "text",
        )
        self._taken_back.show_amount(deposit.taken_back_cents, deposit.taken_back_for or tr("nothing"))


class WhenPostedBar(QWidget):
    """What posting will do to the ledger, before it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(tr("When posted"), "caption", "text-2")
        self._note = Label("", "secondary", "text-3")
        self._amounts = {color: Label("", "strong") for color in ("ok", "line-strong", "info", "warn")}
        names = (
            tr("Insurance payments"),
            tr("Contract write-offs"),
            tr("Moved to patients"),
            tr("Open, denied or reviewed"),
        )
        figures = row(gap=12)
        for name, (color, amount) in zip(names, self._amounts.items(), strict=True):
            figure = column(Label(name, "secondary", "text-2"), amount, gap=2)
            figures.addLayout(row(_Bar(color), figure, gap=10), 1)
        self.setLayout(column(row(self._title, None, self._note), figures, gap=6, margins=(14, 8, 14, 10)))

    def show_amounts(self, amounts: WhenPosted, *, is_posted: bool) -> None:
        self._title.setText(tr("Posted") if is_posted else tr("When posted"))
        self._note.setText("" if is_posted else tr("preview of the ledger entry, nothing saved yet"))
        for label, cents in zip(
            self._amounts.values(),
            (
                amounts.payments_cents,
                amounts.contract_cents,
                amounts.moved_to_patients_cents,
                amounts.open_cents,
            ),
            strict=True,
        ):
            label.setText(ledger(cents))


class _Bar(QWidget):
    """A coloured stroke beside a figure."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedWidth(theme().px(3))
        self.setAutoFillBackground(True)
        self._dress()
        theme().changed.connect(self._dress)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme().color(self._token))
        self.setPalette(palette)


def _sign(sign: str) -> Label:
    label = Label(sign, "figure", "text-2")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
