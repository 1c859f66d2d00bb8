"""The deposit of a remittance as an equation, and what posting it will do."""

from textwrap import wrap

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing.remittance_views import Deposit, DepositPart, WhenPosted
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_MOST_PARTS = 4
_MOST_REASONS = 2
_LONGEST = 26
"""Letters in a line below an amount."""
_FIGURE = 178
"""Of the four of what posting does: in one line beside the panel in the smallest common window."""


class _Figure(QWidget):
    """The sign before it, a name, an amount, and what it is made of."""

    def __init__(self, sign: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Label(sign, "figure", "text-2")
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = Label("", "secondary", "text-2")
        self._amount = Label("", "figure")
        self._under = Label("", "secondary", "text-3")
        figure = column(self._name, self._amount, self._under, None, gap=0)
        beside = column(Label(" ", "secondary"), self._sign, None, gap=0)
        self.setLayout(row(beside, figure, gap=14) if sign else figure)

    def show_amount(self, name: str, cents: int, under: str, color: str = "text", sign: str = "") -> None:
        if sign:
            self._sign.setText(sign)
        self._name.setText(name)
        self._amount.setText(ledger(cents))
        self._amount.recolor(color)
        self._under.setText("\n".join(wrap(under, _LONGEST)))  # a payer's long number is broken too
        self.setAccessibleName(f"{name} {ledger(cents)} {under}")

    def fit(self) -> None:
        """As large as its words now are, before the next turn of the loop."""
        layout = self.layout()
        if layout is not None:
            layout.activate()


class DepositEquation(QWidget):
    """deposit = to post + no match, less or with what came apart from the claims."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deposit, self._to_post, self._no_match = _Figure(), _Figure("="), _Figure("+")
        self._parts = [_Figure("−") for _ in range(_MOST_PARTS)]
        self.setLayout(wrapped(self._deposit, self._to_post, self._no_match, *self._parts, gap=14))

    def show_deposit(self, deposit: Deposit, paid_on: str) -> None:
        self._deposit.show_amount(tr("Deposit"), deposit.deposit_cents, tr("bank {day}", day=paid_on))
        claims = counted(deposit.to_post_claims, "{count} claim", "{count} claims")
        self._to_post.show_amount(tr("To post"), deposit.to_post_cents, claims)
        self._no_match.show_amount(
            tr("No match"),
            deposit.no_match_cents,
            counted(deposit.no_match_claims, "{count} claim", "{count} claims"),
            "block-tx" if deposit.no_match_claims else "text",
        )
        for place, figure in enumerate(self._parts):
            part = deposit.parts[place] if place < len(deposit.parts) else None
            set_shown(figure, part is not None or place == 0)
            if part is not None:
                sign = "−" if part.cents < 0 else "+"
                figure.show_amount(tr(part.name), abs(part.cents), _reasons(part), sign=sign)
            else:
                figure.show_amount(tr("Taken back"), 0, tr("nothing"))
        self._level()

    def _level(self) -> None:
        """All as tall as the tallest, so that the amounts stand in one line."""
        figures = (self._deposit, self._to_post, self._no_match, *self._parts)
        for figure in figures:
            figure.setMinimumHeight(0)
            figure.fit()
        tallest = max(figure.sizeHint().height() for figure in figures if not figure.isHidden())
        for figure in figures:
            figure.setMinimumHeight(tallest)


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
        figures = wrapped(gap=12)
        for name, (color, amount) in zip(names, self._amounts.items(), strict=True):
            figure = column(Label(name, "secondary", "text-2"), amount, gap=2)
            holder = QWidget()
            holder.setLayout(row(_Bar(color), figure, None, gap=10))
            holder.setMinimumWidth(theme().px(_FIGURE))
            figures.addWidget(holder)
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


def _reasons(part: DepositPart) -> str:
    shown = "; ".join(part.reasons[:_MOST_REASONS])
    more = len(part.reasons) - _MOST_REASONS
    return tr("{reasons} and {count} more", reasons=shown, count=more) if more > 0 else shown
