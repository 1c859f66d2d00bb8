"""The top of a remittance: who paid, how its claims stand, the equation, and Post with what it waits for."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing.remittance_views import AnswerState, RemittanceSheet, RemittanceState
from frontdesk.ui.billing.deposit_equation import DepositEquation
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_TO_REVIEW = (AnswerState.REVIEW, AnswerState.DENIED, AnswerState.REVERSAL)


class RemittanceHead(Frame):
    """Post is off until the deposit balances; the reason stands below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self._heading = EndingLabel("", "strong")
        self._detail = EndingLabel("", "secondary", "text-2")
        self._matched, self._review, self._no_match = Chip(), Chip(), Chip()
        self.equation = DepositEquation()
        self.discard_button = Button(tr("Discard"))
        self.post_button = Button(tr("Post to ledger"), "primary", icon="check", keys="Ctrl+Enter")
        self.why_not = Label("", "secondary", "block-tx", wrap=True)
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._posted = Chip("", "ok", tall=True)
        line = Frame("detail")  # its left border is the line
        line.setFixedWidth(1)
        names = column(
            self._heading,
            self._detail,
            row(self._matched, self._review, self._no_match, None, gap=6),
            gap=3,
        )
        holder = QWidget()
        holder.setLayout(names)
        holder.setFixedWidth(theme().px(318))
        verbs = column(
            row(None, self._posted, self.discard_button, self.post_button), self.why_not, None, gap=4
        )
        inner = row(holder, line, self.equation, gap=16, margins=(14, 10, 14, 10))
        inner.addLayout(verbs, 1)
        self.setLayout(inner)

    def show_sheet(self, sheet: RemittanceSheet) -> None:
        bill = sheet.row
        self._heading.setText(sheet.heading)
        claims = counted(bill.claims, "{count} claim", "{count} claims")
        self._detail.setText(
            tr(
                "Received {day}, file {name}, {claims}",
                day=us_date(bill.received_at.date()),
                name=bill.name,
                claims=claims,
            )
        )
        states = Counter(answer.state for answer in sheet.answers)
        review = sum(states[state] for state in _TO_REVIEW)
        self._show_chip(self._matched, states[AnswerState.MATCHED], tr("matched"), "ok", "circle-check")
        self._show_chip(self._review, review, tr("to review"), "warn", "triangle-alert")
        self._show_chip(
            self._no_match, states[AnswerState.NO_MATCH], tr("no match"), "block", "circle-question-mark"
        )
        self.equation.show_deposit(sheet.deposit, f"{bill.paid_on:%m/%d}")
        is_done = bill.state in (RemittanceState.POSTED, RemittanceState.DISCARDED)
        words = tr("Posted") if bill.state is RemittanceState.POSTED else tr("Discarded")
        tone, icon = (
            ("ok", "circle-check") if bill.state is RemittanceState.POSTED else ("neutral", "archive")
        )
        self._posted.show_state(words if is_done else "", tone, icon)
        set_shown(self.post_button, not is_done)
        set_shown(self.discard_button, not is_done)
        self.post_button.setEnabled(not sheet.why_not)
        self.why_not.setText("" if is_done else sheet.why_not)

    def _show_chip(self, chip: Chip, count: int, words: str, tone: str, icon: str) -> None:
        chip.show_state(f"{count} {words}" if count else "", tone, icon)
