"""The acts on credits and refunds: asking for one, paying it out, writing small balances off."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import refunds, small_balances
from frontdesk.services.billing.credit_list import RefundRow
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.billing.small_balances import SmallBalances, WrittenOff
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.text import counted, tr


class AskRefundDialog(ActDialog):
    """How much of a credit goes back, how, and why."""

    def __init__(self, parent: QWidget, desk: Desk, name: str, draft: RefundDraft, when: str = "") -> None:
        """`draft` is the most that can go back; `when` says what it waits for beside the second person."""
        left = dollars(draft.amount_cents)
        super().__init__(
            parent,
            desk,
            tr("Refund {name}?", name=name),
            tr("{left} can go back {when}. A second person approves it first.", left=left, when=when)
            if when
            else tr("{left} can go back. A second person approves it before anything is paid.", left=left),
            verb=tr("Ask for refund"),
            icon="banknote",
        )
        self._name, self._draft = name, draft
        self.amount = AmountEdit()
        self.amount.set_value(draft.amount_cents)
        ways = ((RefundWay.CHECK, tr("By check")), (RefundWay.CARD, tr("To the card that paid")))
        self.way: Combo[RefundWay] = Combo(ways if draft.payer_id is None else ways[:1])
        self.reason = TextEdit()
        self.reason.set_value(draft.reason)
        self.form.add("amount_cents", tr("Amount"), self.amount, span=6)
        self.form.add("way", tr("How"), self.way, span=6)
        self.form.add("reason", tr("Why"), self.reason)
        self.amount.setFocus()

    def act(self) -> None:
        draft = replace(
            self._draft,
            amount_cents=self.amount.value() or 0,
            way=self.way.value() or RefundWay.CHECK,
            reason=self.reason.value(),
        )
        self.desk.do(self, self._done, refunds.ask_for, draft=draft)

    def _done(self, _: int) -> None:
        self.close_with(tr("Asked for a refund to {name}", name=self._name))


class PayRefundDialog(ActDialog):
    """The check's number, or the last four digits of the card."""

    def __init__(self, parent: QWidget, desk: Desk, refund: RefundRow) -> None:
        is_check = refund.way is RefundWay.CHECK
        super().__init__(
            parent,
            desk,
            tr("Is {number} paid?", number=refund.number),
            tr(
                "{amount} to {payee}, approved by {name}. It goes into the ledger.",
                amount=dollars(refund.amount_cents),
                payee=refund.payee,
                name=refund.approved_by,
            ),
            verb=tr("Post as paid"),
            icon="banknote",
        )
        self._refund = refund
        self.reference = TextEdit()
        name = tr("Check number") if is_check else tr("Last four digits of the card")
        self.form.add("reference", name, self.reference, span=8)
        self.reference.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            refunds.pay,
            refund_id=self._refund.id,
            reference=self.reference.value(),
            version=self._refund.version,
        )

    def _done(self, _: int) -> None:
        self.close_with(tr("Posted {number} as paid", number=self._refund.number))


class WriteOffDialog(ActDialog):
    """One approval for all small balances of the list."""

    def __init__(self, parent: QWidget, desk: Desk, small: SmallBalances) -> None:
        rows, total = small.rows, dollars(small.owed_cents)
        super().__init__(
            parent,
            desk,
            counted(len(rows), "Write off {count} small balance?", "Write off {count} small balances?"),
            tr("{total} together. Each gets an entry with this reason; Undo takes all back.", total=total),
            verb=tr("Write off"),
            icon="coins",
        )
        self._rows = rows
        self.reason = TextEdit()
        self.form.add("reason", tr("Why"), self.reason)
        self.reason.setFocus()

    def act(self) -> None:
        self.desk.do(
            self,
            self._done,
            small_balances.write_off,
            account_ids=tuple(row.account_id for row in self._rows),
            reason=self.reason.value(),
        )

    def _done(self, made: WrittenOff) -> None:
        many = counted(made.accounts, "{count} small balance", "{count} small balances")
        self.close_with(tr("Wrote off {many}, {total}", many=many, total=dollars(made.cents)))
