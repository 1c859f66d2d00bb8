"""A patient's plans and receipts beside the payment: what was agreed, what was taken, what was voided."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import payments, plans, returned_checks
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.instalments import DueState
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.billing.receipts import ReceiptRow
from frontdesk.services.billing.returned_checks import Checks
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.returned_check_dialog import PaidAfterAllDialog, ReturnedCheckDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import Amount, explains
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import counted, tr
from frontdesk.ui.visit.plan_dialog import open_agreement
from frontdesk.ui.visit.reason_asked import ReasonAsked
from frontdesk.ui.visit.receipt_view import ReceiptView

_SHOWN = 12
"""Receipts on the page; older ones are in the account."""
_VOIDED = ("Wrong patient or visit", "Wrong amount", "Paid another way")
_ENDED = ("Paid at once", "Installments missed", "Agreed on another plan")


class _Lines(Panel):
    """A card of lines that are made anew with each answer."""

    def __init__(self, desk: Desk, title: str, icon: str) -> None:
        super().__init__(desk)
        self.card = Card(title, icon)
        self.chip = Chip("")
        self.card.add_to_head(self.chip)
        set_shown(self.chip, False)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.banner)
        self.card.body.addLayout(self._column)
        self.setLayout(column(self.card, gap=0))

    def show_lines(self, lines: Iterable[QWidget]) -> None:
        while (taken := self._column.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._column.addWidget(line)

    def ask_why(
        self,
        question: str,
        consequence: str,
        reasons: tuple[str, ...],
        then: Callable[[str], object],
        *,
        verb: str,
        keep: str,
    ) -> None:
        self.clear_complaints()
        words = tuple(tr(reason) for reason in reasons)
        ReasonAsked(self, question, consequence, words, then, verb=verb, keep=keep).open()


class PlanCard(_Lines):
    """Each plan of the household: what is due next, what was missed, and its paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Payment plans"), "calendar-range")

    def show_plans(self, shown: tuple[PlanView, ...]) -> None:
        """The card takes no room where nothing was ever agreed."""
        set_shown(self, bool(shown))
        missed = sum(plan.missed for plan in shown if not plan.ended_because)
        self.chip.show_state(
            counted(missed, "{count} installment missed", "{count} installments missed") if missed else "",
            "warn",
            "triangle-alert",
        )
        set_shown(self.chip, bool(missed))
        self.show_lines([self._line(plan) for plan in shown])

    def _line(self, plan: PlanView) -> QWidget:
        paper = Button(tr("Agreement"), height="small")
        paper.setAccessibleName(tr("Agreement of plan {number}", number=plan.number))
        paper.clicked.connect(lambda: open_agreement(self, self.desk, plan.id))
        ends = Button(tr("End…"), "ghost", height="small")
        ends.setAccessibleName(tr("End plan {number}", number=plan.number))
        ends.clicked.connect(lambda: self._ask_end(plan))
        set_shown(ends, not plan.ended_because and self.desk.may("billing.take_payment"))
        left = tr("{left} of {total}", left=dollars(plan.left_cents), total=dollars(plan.total_cents))
        head = tr("{number}, agreed {day}", number=plan.number, day=us_date(plan.agreed_on))
        line = QWidget()
        line.setLayout(
            column(
                row(Label(head, "strong"), None, explains(Label(left), *amounts.of_plan(plan))),
                row(EndingLabel(_where(plan), "secondary", "text-2"), None, paper, ends),
                gap=2,
            )
        )
        return line

    def _ask_end(self, plan: PlanView) -> None:
        self.ask_why(
            tr("End plan {number}?", number=plan.number),
            tr("{left} is asked for as any other balance from now on.", left=dollars(plan.left_cents)),
            _ENDED,
            lambda reason: self.desk.do(
                self,
                lambda _: self.told.emit(tr("Ended plan {number}", number=plan.number)),
                plans.end,
                plan_id=plan.id,
                reason=reason,
            ),
            verb=tr("End the plan"),
            keep=tr("Keep it"),
        )


class ReceiptCard(_Lines):
    """The newest receipts: open, print again as a copy, void with a reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Receipts"), "receipt-text")

    def show_receipts(self, shown: tuple[ReceiptRow, ...]) -> None:
        if not shown:
            self.show_lines([Label(tr("Nothing was taken yet."), "body", "text-2")])
            return
        lines = [self._line(each) for each in shown[:_SHOWN]]
        if len(shown) > _SHOWN:
            older = counted(len(shown) - _SHOWN, "{count} older receipt", "{count} older receipts")
            lines.append(Label(older, "secondary", "text-3"))
        self.show_lines(lines)

    def _line(self, each: ReceiptRow) -> QWidget:
        opens = Button(tr("Open"), height="small")
        opens.setAccessibleName(tr("Open receipt {number}", number=each.number))
        opens.clicked.connect(lambda: ReceiptView(self, self.desk, each.id, each.patient_id).open())
        voids = Button(tr("Void…"), "ghost", height="small")
        voids.setAccessibleName(tr("Void receipt {number}", number=each.number))
        voids.clicked.connect(lambda: self._ask_void(each))
        set_shown(voids, not (each.is_void or each.returned) and self.desk.may("billing.void"))
        may_take = self.desk.may("billing.take_payment")
        returns = Button(tr("Came back…"), "ghost", height="small")
        returns.setAccessibleName(tr("The check of receipt {number} came back", number=each.number))
        returns.clicked.connect(lambda: self._ask(each, self._open_return))
        set_shown(returns, each.may_return and may_take)
        pays = Button(tr("Was paid…"), "ghost", height="small")
        pays.setAccessibleName(tr("The check of receipt {number} was paid after all", number=each.number))
        pays.clicked.connect(lambda: self._ask(each, self._open_paid))
        set_shown(pays, bool(each.returned) and may_take)
        state = Chip(tr("Void"))
        if each.is_void:
            state.show_state(tr("Void"), "neutral", "x")
        else:
            state.show_state(tr("Came back"), "warn", "undo-2")
            state.setToolTip(each.returned)
            state.setAccessibleName(each.returned)
        set_shown(state, each.is_void or bool(each.returned))
        words = tr("{number}, {day}", number=each.number, day=us_date(each.received_on))
        color = "text-3" if each.is_void else "text"
        amount = Label(dollars(each.total_cents), "strong", color)
        explains(amount, Amount(words, each.total_cents, Subject(About.RECEIPT, each.id)))
        line = QWidget()
        line.setLayout(
            row(
                Label(words, "body", color),
                EndingLabel(each.tenders, "secondary", "text-2"),
                state,
                None,
                returns,
                pays,
                amount,
                opens,
                voids,
            )
        )
        return line

    def _ask(self, each: ReceiptRow, then: Callable[[Checks], object]) -> None:
        self.clear_complaints()
        self.desk.ask(self, then, returned_checks.checks, receipt_id=each.id)

    def _open_return(self, found: Checks) -> None:
        ReturnedCheckDialog(self, self.desk, found, told=self.told.emit).open()

    def _open_paid(self, found: Checks) -> None:
        PaidAfterAllDialog(self, self.desk, found, told=self.told.emit).open()

    def _ask_void(self, each: ReceiptRow) -> None:
        amount = dollars(each.total_cents)
        self.ask_why(
            tr("Void receipt {number} over {amount}?", number=each.number, amount=amount),
            tr("What it paid is owed again; cash goes back from its drawer. The number is not used again."),
            _VOIDED,
            lambda reason: self.desk.do(
                self,
                lambda _: self.told.emit(tr("Voided receipt {number}", number=each.number)),
                payments.void,
                receipt_id=each.id,
                reason=reason,
            ),
            verb=tr("Void it"),
            keep=tr("Keep it"),
        )


def _where(plan: PlanView) -> str:
    """Where a plan stands, in one line."""
    if plan.ended_because:
        return tr("Ended: {why}", why=plan.ended_because)
    following = plan.next
    if following is None:
        return tr("Paid")
    due = tr(
        "{amount} due {day}, installment {place} of {count}",
        amount=dollars(following.open_cents),
        day=us_date(following.due_on),
        place=following.place,
        count=len(plan.instalments),
    )
    if following.state is DueState.MISSED:
        missed = counted(plan.missed, "{count} missed", "{count} missed")
        return f"{missed}. {due}"
    return due
