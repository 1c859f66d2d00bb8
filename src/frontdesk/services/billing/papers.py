"""The papers of the money as PDF: receipts, ready to print."""

from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.formats.pdf.receipt import ReceiptSheet
from frontdesk.formats.pdf.receipt import receipt_pdf as drawn_receipt
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import parties, receipts
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def receipt_pdf(work: Work, *, receipt_id: int) -> bytes:
    """A receipt as PDF."""
    paper = receipts.paper(work, receipt_id=receipt_id)
    change = paper.change_cents
    return drawn_receipt(
        ReceiptSheet(
            sender=sender(paper.letterhead),
            number=paper.number,
            patient=paper.patient,
            chart_number=paper.chart_number,
            account_number=paper.account_number,
            received_at=paper.printed_at,
            received_by=paper.received_by,
            paid_for=tuple((each.text, dollars(each.amount_cents)) for each in paper.paid_for),
            paid_by=tuple((each.text, dollars(each.amount_cents)) for each in paper.paid_by),
            total=dollars(paper.total_cents),
            tendered=dollars(paper.tendered_cents) if change else "",
            change=dollars(change) if change else "",
            open_now=_open_now(paper.account_balance_cents),
            void=paper.void_reason,
        )
    )


def sender(head: parties.Letterhead) -> Sender:
    """The practice at the top of a paper, without the lines that are empty."""
    return Sender(head.name, tuple(line for line in (head.street, head.city_line, head.phone) if line))


def _open_now(cents: int) -> str:
    if cents > 0:
        return f"Open on this account after the payment: {dollars(cents)}."
    if cents < 0:
        return f"To your credit after the payment: {dollars(-cents)}."
    return "Nothing is open on this account."
