"""Small questions while copies are put together: why a page goes, what it costs, how it arrived."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.records import release_deliveries, release_fees
from frontdesk.services.records.packet_view import PacketView
from frontdesk.services.records.release_choice import Offered
from frontdesk.services.records.release_deliveries import Outcome, Sending
from frontdesk.services.records.release_fees import Costs, FeeMethod, PaidHow
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import AmountEdit, DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records import packet_send
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_NEWEST = 20


class ReasonDialog(Dialog):
    """Something outside of what was asked for goes too: why."""

    def __init__(self, panel: Panel, document: Offered, then: Callable[[str], object]) -> None:
        super().__init__(
            panel,
            tr("Why does this go too?"),
            tr(
                "{title}: {why}. The reason stays with the request.",
                title=document.title,
                why=document.outside,
            ),
            icon="file-question-mark",
        )
        self._then = then
        self.reason = TextEdit(hint=tr("The letter answers the one that was asked for"))
        self.form = Form()
        self.form.add("reason", tr("Reason"), self.reason)
        self.body.addWidget(self.form)
        self.add_verb(tr("Leave it out"), keys="Esc")
        self.add_verb(tr("Send it too"), self._send, kind="primary", keys="Return", closes=False)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        why = self.reason.value()
        if not why:
            self.form.row("reason").set_error(tr("Write why it goes, or leave it out."))
            return
        self.accept()
        self._then(why)


class PageDialog(Dialog):
    """One page, large enough to be read."""

    def __init__(self, panel: Panel, title: str, pdf: bytes, page: int) -> None:
        super().__init__(panel, title, width=760)
        self.view = PdfView(says=title, prints=False)
        self.view.setFixedHeight(min(theme().px(640), panel.window().height() - theme().px(130)))
        self.body.addWidget(self.view)
        self.add_verb(tr("Close"), kind="primary", keys="Esc")
        self.view.show_pdf(pdf)
        self.view.go_to(page)


class FeeDialog(Dialog):
    """What the copies cost by the office's rule, or that nothing is asked."""

    def __init__(self, panel: Panel, view: PacketView) -> None:
        quote = view.quote
        is_cost = quote.rule.method is FeeMethod.COST
        by_rule = (
            tr("What the copy cost: labor for copying, supplies, postage. Nothing for the search.")
            if is_cost
            else tr("By the office's rule {total}.", total=dollars(quote.total_cents))
        )
        super().__init__(panel, tr("State the fee?"), by_rule, icon="circle-dollar-sign", icon_color="text-2")
        self._panel = panel
        self._view = view
        self.asks = Segmented(
            ((True, tr("Ask for it")), (False, tr("Ask for nothing"))), says=tr("Fee"), fills=True
        )
        self.labor, self.supplies, self.postage = AmountEdit(), AmountEdit(), AmountEdit()
        self.waived = TextEdit(hint=tr("A few pages"))
        self.form = Form()
        self.form.add("asks", tr("Fee"), self.asks)
        if is_cost:
            self.form.add("labor_cents", tr("Labor for copying"), self.labor, span=4)
            self.form.add("supplies_cents", tr("Supplies"), self.supplies, span=4)
        self.form.add("postage_cents", tr("Postage"), self.postage, span=4)
        self.form.add("fee", tr("Why nothing is asked"), self.waived)
        lines = [f"{line.words}: {dollars(line.cents)}" for line in quote.lines]
        if lines:
            self.body.addWidget(Label("\n".join(lines), "secondary", "text-2"))
        self.body.addWidget(self.form)
        self.asks.chosen.connect(lambda _: self._show_parts())
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.add_verb(tr("State the fee"), self._state, kind="primary", keys="Return", closes=False)
        self._show_parts()

    def _show_parts(self) -> None:
        asks = self.asks.value()
        for name, row in self.form.fields().items():
            if name == "fee":
                row.setVisible(not asks)
            elif name.endswith("_cents"):
                row.setVisible(asks)
        self.adjustSize()

    def _state(self) -> None:
        asks = self.asks.value()
        if not asks and not self.waived.value():
            self.form.row("fee").set_error(tr("Write why nothing is asked."))
            return
        if not self.form.check():
            return
        costs = Costs(
            labor_cents=self.labor.value() or 0,
            supplies_cents=self.supplies.value() or 0,
            postage_cents=self.postage.value() or 0,
        )
        fee = self._view.fee
        self._panel.desk.do(
            self,
            self._stated,
            release_fees.state,
            request_id=self._view.request_id,
            costs=costs if asks else Costs(),
            waived="" if asks else self.waived.value(),
            instead_of=fee.fee_id if fee is not None else None,
        )

    def _stated(self, _: object) -> None:
        self.accept()
        self._panel.told.emit(tr("Fee of {number} stated", number=self._view.number))


class PaymentDialog(Dialog):
    """Money that came for a stated fee."""

    def __init__(self, panel: Panel, view: PacketView) -> None:
        assert view.fee is not None
        left = view.fee.open_cents
        super().__init__(
            panel,
            tr("Was it paid?"),
            tr("{number}: {open} open.", number=view.fee.number, open=dollars(left)),
            icon="wallet",
            icon_color="text-2",
        )
        self._panel = panel
        self._view = view
        self.amount = AmountEdit()
        self.amount.set_value(left)
        self.on = DateEdit()
        self.on.set_value(panel.desk.today)
        self.how = Combo(
            (
                (PaidHow.CHECK, tr("Check")),
                (PaidHow.CARD, tr("Card")),
                (PaidHow.CASH, tr("Cash")),
                (PaidHow.OTHER, tr("Other")),
            )
        )
        self.receipt = TextEdit()
        self.form = Form()
        self.form.add("amount_cents", tr("Amount"), self.amount, span=4)
        self.form.add("paid_on", tr("Day"), self.on, span=4)
        self.form.add("how", tr("How"), self.how, span=4)
        self.form.add("receipt_number", tr("Receipt number"), self.receipt)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not yet"), keys="Esc")
        self.add_verb(tr("Enter the payment"), self._enter, kind="primary", keys="Return", closes=False)
        self.receipt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        fee = self._view.fee
        if fee is None or not self.form.check():
            return
        self._panel.desk.do(
            self,
            self._entered,
            release_fees.enter_payment,
            fee_id=fee.fee_id,
            amount_cents=self.amount.value() or 0,
            paid_on=self.on.value() or self._panel.desk.today,
            how=self.how.value() or PaidHow.OTHER,
            receipt_number=self.receipt.value(),
        )

    def _entered(self, _: int) -> None:
        self.accept()
        self._panel.told.emit(tr("Payment for {number} entered", number=self._view.number))


class ProofDialog(Dialog):
    """How copies arrived."""

    def __init__(self, panel: Panel, sending: Sending, documents: Sequence[Offered]) -> None:
        super().__init__(
            panel,
            tr("How did the copies arrive?"),
            tr("It stays with the sending. Whatever is noted last counts."),
            icon="package-check",
            icon_color="text-2",
            width=480,
        )
        self._panel = panel
        self._sending = sending
        self.outcome = Segmented(
            ((Outcome.DELIVERED, tr("They arrived")), (Outcome.FAILED, tr("They did not"))),
            says=tr("Outcome"),
            fills=True,
        )
        self.on = DateEdit()
        self.on.set_value(panel.desk.today)
        self.by = TextEdit()
        self.words = NoteEdit(lines=2, hint=tr("Fax confirmation, 22 pages"))
        self.form = Form()
        self.form.add("outcome", tr("Outcome"), self.outcome)
        self.form.add("happened_on", tr("Day"), self.on, span=4)
        self.form.add("received_by", tr("Received by"), self.by, span=8)
        self.form.add("words", tr("What shows it, or why not"), self.words)
        self.scan: Combo[int | None] = Combo(((None, tr("None")), *_papers(documents)))
        if documents:
            self.form.add("document_id", tr("Confirmation in the chart"), self.scan)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not yet known"), keys="Esc")
        save = self.add_verb(tr("Note it"), self._note, kind="primary", keys="Ctrl+Return", closes=False)
        save.setShortcut("Ctrl+Return")
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        if not self.form.check():
            return
        self._panel.desk.do(
            self,
            self._noted,
            release_deliveries.note_proof,
            sending_id=self._sending.sending_id,
            outcome=self.outcome.value(),
            happened_on=self.on.value() or date.min,
            words=self.words.value(),
            received_by=self.by.value(),
            document_id=self.scan.value(),
        )

    def _noted(self, _: None) -> None:
        self.accept()
        self._panel.told.emit(tr("Delivery noted"))


def _papers(documents: Sequence[Offered]) -> tuple[tuple[int | None, str], ...]:
    """The newest of the chart: a confirmation came after the copies went."""
    newest = sorted(documents, key=lambda each: (each.on, each.document_id), reverse=True)[:_NEWEST]
    return tuple((each.document_id, f"{each.title}, {us_date(each.on)}") for each in newest)


def open_for(
    name: str,
    panel: Panel,
    view: PacketView,
    sending: Sending | None,
    documents: Sequence[Offered] = (),
) -> None:
    """The question behind a verb of the side."""
    if name == "fee":
        FeeDialog(panel, view).open()
    elif name == "pay" and view.fee is not None:
        PaymentDialog(panel, view).open()
    elif name == "invoice" and view.fee is not None:
        paper = PaperDialog(panel, panel.desk, tr("Invoice {number}", number=view.fee.number), "invoice.pdf")
        paper.open()
        panel.desk.ask(paper, paper.show_pdf, release_fees.invoice, request_id=view.request_id)
    elif name == "arrived" and sending is not None:
        ProofDialog(panel, sending, documents).open()
    elif name == "again" and sending is not None:
        packet_send.SendDialog(panel, view, None, after=sending).open()
    elif name == "file" and sending is not None:
        packet_send.SentPacket(
            panel, sending.packet_id, sending.locked_sha256, view.number, sending_id=sending.sending_id
        ).open()
