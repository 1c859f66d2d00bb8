"""What is done with credits, refunds and small balances: each act from a key or a button of the panel."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import payments, refund_papers, refunds, using_credit
from frontdesk.services.billing.credit_list import CreditKind, CreditRow, RefundRow
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.billing.small_balances import SmallBalances
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.credit_panel import CreditPanel
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.billing.refund_dialogs import AskRefundDialog, PayRefundDialog, WriteOffDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.text import tr


class CreditActs(QObject):
    """Acts on what the panel shows: a credit, a refund, or the list of small balances."""

    def __init__(self, desk: Desk, page: BillingPage, panel: CreditPanel) -> None:
        super().__init__(page)
        self._desk, self._page, self._panel = desk, page, panel
        self._credit: CreditRow | None = None
        self._refund: RefundRow | None = None
        self._small = SmallBalances()
        self._verbs: dict[str, Callable[[], None]] = {
            "use": self.use,
            "free": self._free,
            "ask": self._ask,
            "approve": self._approve,
            "pay": self._pay,
            "refuse": self._refuse,
            "close": self._close,
            "void": self._void,
            "letter": self.letter,
            "request": self.request,
            "write_off": self._write_off,
        }
        panel.wanted.connect(self._act)

    def show_credit(self, credit: CreditRow) -> None:
        self._credit, self._refund, self._small = credit, None, SmallBalances()
        self._panel.show_credit(credit)

    def show_refund(self, refund: RefundRow) -> None:
        self._credit, self._refund, self._small = None, refund, SmallBalances()
        self._panel.show_refund(refund)

    def show_small(self, small: SmallBalances) -> None:
        self._credit, self._refund, self._small = None, None, small
        self._panel.show_small(small)

    def go_on(self) -> None:
        """Ctrl+Enter: the verb that the panel offers first."""
        if self._panel.isVisible() and self._panel.primary:
            self._act(self._panel.primary)

    def use(self) -> None:
        """U: the household's free credit goes on what it owes."""
        if self._credit is not None and self._credit.account_id is not None and self._credit.owes_cents:
            self._page.clear_complaints()
            self._desk.do(
                self._page, self._used, using_credit.use_on_oldest, account_id=self._credit.account_id
            )

    def letter(self) -> None:
        """L: what goes with the money."""
        if self._refund is not None:
            dialog = self._paper(tr("Letter for {number}", number=self._refund.number))
            self._desk.ask(dialog, dialog.show_pdf, refund_papers.letter_pdf, refund_id=self._refund.id)

    def request(self) -> None:
        """K: what goes to whoever writes the checks."""
        if self._refund is not None:
            dialog = self._paper(tr("Check request for {number}", number=self._refund.number))
            self._desk.ask(
                dialog, dialog.show_pdf, refund_papers.check_request_pdf, refund_id=self._refund.id
            )

    def _act(self, verb: str) -> None:
        self._verbs[verb]()

    def _free(self) -> None:
        if self._credit is not None and self._credit.kind is CreditKind.OVERPAID:
            self._page.clear_complaints()
            self._desk.do(
                self._page,
                self._freed,
                payments.free_overpaid,
                charge_line_id=self._credit.charge_line_id or 0,
            )

    def _ask(self) -> None:
        if self._credit is not None:
            draft = RefundDraft(
                amount_cents=self._credit.free_cents,
                way=RefundWay.CHECK,
                reason="",
                receipt_id=self._credit.receipt_id,
                account_id=self._credit.account_id if self._credit.receipt_id is not None else None,
                payer_id=self._credit.payer_id,
                charge_line_id=self._credit.charge_line_id,
            )
            self._open(AskRefundDialog(self._page, self._desk, self._credit.name, draft))

    def _approve(self) -> None:
        if self._refund is not None:
            self._page.clear_complaints()
            self._desk.do(
                self._page,
                self._approved,
                refunds.approve,
                refund_id=self._refund.id,
                version=self._refund.version,
            )

    def _pay(self) -> None:
        if self._refund is not None:
            self._open(PayRefundDialog(self._page, self._desk, self._refund))

    def _refuse(self) -> None:
        if self._refund is not None:
            ask_why(
                self._page,
                tr("Refuse {number}?", number=self._refund.number),
                tr("The money stays to the credit. It can be asked for again."),
                verb=tr("Refuse"),
                then=self._refuse_because,
            )

    def _close(self) -> None:
        """What it would give back is not there any more."""
        if self._refund is not None:
            dialog = ask_why(
                self._page,
                tr("Close {number}?", number=self._refund.number),
                tr("Nothing is paid. It can be asked for again if the credit is there again."),
                verb=tr("Close it"),
                then=self._close_because,
            )
            dialog.reason.set_value(self._refund.blocked)

    def _void(self) -> None:
        if self._refund is not None:
            ask_why(
                self._page,
                tr("Void {number}?", number=self._refund.number),
                tr("The check came back, or the card did not take it: the credit is there again."),
                verb=tr("Void refund"),
                then=self._void_because,
            )

    def _write_off(self) -> None:
        if self._small.rows:
            self._open(WriteOffDialog(self._page, self._desk, self._small))

    def _refuse_because(self, dialog: ReasonDialog, reason: str) -> None:
        if self._refund is not None:
            self._desk.do(dialog, dialog.close_done, refunds.refuse, refund_id=self._refund.id, reason=reason)

    def _close_because(self, dialog: ReasonDialog, reason: str) -> None:
        if self._refund is not None:
            self._desk.do(
                dialog, dialog.close_done, refunds.withdraw, refund_id=self._refund.id, reason=reason
            )

    def _void_because(self, dialog: ReasonDialog, reason: str) -> None:
        if self._refund is not None:
            self._desk.do(dialog, dialog.close_done, refunds.void, refund_id=self._refund.id, reason=reason)

    def _used(self, cents: int) -> None:
        self._page.told.emit(tr("Used {cents} of the credit", cents=dollars(cents)))

    def _freed(self, cents: int) -> None:
        self._page.told.emit(tr("Made {cents} a credit of the household", cents=dollars(cents)))

    def _approved(self, _: None) -> None:
        self._page.told.emit(tr("Approved the refund"))

    def _paper(self, title: str) -> PaperDialog:
        dialog = PaperDialog(self._page, self._desk, title, f"refund-{self._desk.today}.pdf")
        dialog.open()
        return dialog

    def _open(self, dialog: ActDialog) -> None:
        dialog.told.connect(self._page.told)
        dialog.open()
