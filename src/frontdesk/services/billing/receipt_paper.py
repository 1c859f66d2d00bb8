"""A receipt to print."""

from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.formats.pdf.receipt import ReceiptSheet, receipt_pdf
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import receipts
from frontdesk.services.billing.receipts import ReceiptPaper
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def pdf(work: Work, *, receipt_id: int) -> bytes:
    """The receipt as PDF."""
    return receipt_pdf(_sheet(receipts.paper(work, receipt_id=receipt_id)))


def _sheet(paper: ReceiptPaper) -> ReceiptSheet:
    head = paper.letterhead
    lines = tuple(filter(None, (head.street, head.city_line, head.phone)))
    return ReceiptSheet(
        sender=Sender(head.name, lines),
        number=paper.number,
        patient=paper.patient,
        chart_number=paper.chart_number,
        account_number=paper.account_number,
        received_at=paper.printed_at,
        received_by=paper.received_by,
        paid_for=tuple((each.text, dollars(each.amount_cents)) for each in paper.paid_for),
        paid_by=tuple((each.text, dollars(each.amount_cents)) for each in paper.paid_by),
        total=dollars(paper.total_cents),
        change=dollars(paper.change_cents) if paper.change_cents else "",
        open_now=_open_now(paper.account_balance_cents),
        void=paper.void_reason,
    )


def _open_now(cents: int) -> str:
    if cents > 0:
        return f"Open on this account after the payment: {dollars(cents)}."
    if cents < 0:
        return f"To your credit after the payment: {dollars(-cents)}."
    return "Nothing is open on this account."
