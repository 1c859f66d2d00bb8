"""One credit, one refund, or the run of small balances: what it is, and what may be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing.credit_list import CreditKind, CreditRow, RefundRow
from frontdesk.services.billing.refunds import RefundState, RefundWay
from frontdesk.services.billing.small_balances import SmallBalances
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.collection_look import BLOCKED, REFUNDS
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.explained import Amount, Offer
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import counted, tr

_KINDS = {
    CreditKind.FREE: "Free credit",
    CreditKind.OVERPAID: "Paid too much on a line",
    CreditKind.PAYER: "Money of a payer",
    CreditKind.PAYER_LINE: "Payer paid too much",
}


class CreditPanel(QWidget):
    """Says which verb is wanted by its name; the page carries it out."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._due, self._chip = EndingLabel("", "section"), Label("", "figure"), Chip()
        self._why: Sequence[Amount] = ()
        Offer(self._due, lambda: self._why)
        self.advice = Banner("info")
        self._facts = Facts()
        self.buttons: dict[str, Button] = {
            "letter": Button(tr("Letter"), icon="file-text", keys="L"),
            "request": Button(tr("Check request"), icon="printer", keys="K"),
            "refuse": Button(tr("Refuse")),
            "close": Button(tr("Close it"), "primary", icon="circle-x", keys="Ctrl+Enter"),
            "void": Button(tr("Void")),
            "free": Button(tr("Make it a credit"), "primary", icon="wallet", keys="Ctrl+Enter"),
            "use": Button(tr("Use on open charges"), icon="wallet", keys="U"),
            "ask": Button(tr("Ask for refund"), "primary", icon="banknote", keys="Ctrl+Enter"),
            "approve": Button(tr("Approve"), "primary", icon="check", keys="Ctrl+Enter"),
            "pay": Button(tr("Post as paid"), "primary", icon="banknote", keys="Ctrl+Enter"),
            "write_off": Button(tr("Write all off"), "primary", icon="coins", keys="Ctrl+Enter"),
        }
        for verb, button in self.buttons.items():
            button.clicked.connect(lambda _=False, verb=verb: self.wanted.emit(verb))
        self.primary = ""
        side = SidePanel()
        name = row(self._name)
        name.addWidget(self._due, 0, Qt.AlignmentFlag.AlignRight)
        head = QWidget()
        head.setLayout(column(name, row(self._chip, None), self.advice, gap=4, margins=(14, 11, 14, 10)))
        side.set_head(head)
        section = Section()
        section.add(self._facts)
        side.add(section)
        quiet = [self.buttons[each] for each in ("letter", "request", "refuse", "void", "use")]
        loud = [self.buttons[each] for each in ("free", "ask", "approve", "pay", "close", "write_off")]
        side.set_foot(Frame("foot", wrapped(*quiet, None, *loud, margins=(14, 10, 14, 10))))
        self.setLayout(column(side, gap=0))

    def show_credit(self, credit: CreditRow) -> None:
        """A credit: used on what is owed first, else refunded."""
        advice = ""
        if credit.owes_cents:
            owes = dollars(credit.owes_cents)
            advice = tr("The household owes {owes}. Use the credit there first.", owes=owes)
        self._show(credit.name, credit.left_cents, tr(_KINDS[credit.kind]), "info", advice)
        facts = [(tr("From"), credit.about), (tr("Since"), us_date(credit.since_on))]
        if credit.asked_cents:
            facts.append((tr("Asked for"), tr("{cents} as a refund", cents=dollars(credit.asked_cents))))
        self._facts.show_facts(tuple(facts))
        self._why = amounts.of_credit(credit)
        if credit.kind is CreditKind.OVERPAID:
            self._offer("free")
        else:
            may_ask = credit.free_cents > 0
            self._offer(*(("ask",) if may_ask else ()), *(("use",) if credit.owes_cents else ()))

    def show_refund(self, refund: RefundRow) -> None:
        """A refund: approved by another, then posted as paid."""
        look = BLOCKED if refund.blocked else REFUNDS[refund.state]
        advice = refund.blocked
        if refund.state is RefundState.ASKED and not refund.may_approve and not advice:
            advice = tr("Another person with the right to refund approves it.")
        self._show(refund.payee, refund.amount_cents, tr(look.words), look.tone, advice)
        if refund.blocked:
            self.advice.say("warn", refund.blocked)
        way = tr("Check") if refund.way is RefundWay.CHECK else tr("Card")
        facts = (
            (tr("Refund"), refund.number),
            (tr("How"), f"{way} {refund.reference}".strip()),
            (tr("Why"), refund.reason),
            (tr("Asked by"), f"{refund.asked_by}, {us_date(refund.asked_at.date())}"),
            (tr("Approved by"), refund.approved_by),
            (tr("Paid by"), refund.paid_by),
        )
        self._facts.show_facts(tuple((name, value) for name, value in facts if value))
        self._why = amounts.of_refund(refund)
        if refund.blocked:
            self._offer("close")
        elif refund.state is RefundState.ASKED:
            self._offer(*(("approve",) if refund.may_approve else ()), "refuse", "request")
        elif refund.state is RefundState.APPROVED:
            self._offer("pay", "refuse", "request")
        else:
            self._offer("letter", "void")

    def show_small(self, small: SmallBalances) -> None:
        """The whole list goes under one approval."""
        many = counted(len(small.rows), "{count} small balance", "{count} small balances")
        advice = tr("Households with a credit, a claim under way or a plan are not among them.")
        self._show(many, small.owed_cents, tr("To write off"), "warn", advice)
        self._facts.show_facts(())
        self._why = amounts.of_small(small)
        self._offer("write_off")

    def _show(self, name: str, cents: int, kind: str, tone: str, advice: str) -> None:
        self._name.setText(name)
        self._due.setText(dollars(cents))
        self._chip.show_state(kind, tone)
        self.advice.say("info", advice)

    def _offer(self, *verbs: str) -> None:
        for verb, button in self.buttons.items():
            set_shown(button, verb in verbs)
        loud = ("free", "ask", "approve", "pay", "close", "write_off")
        self.primary = next((verb for verb in verbs if verb in loud), "")
