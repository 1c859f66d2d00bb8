"""The fee for copies of records, as an invoice on one sheet."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import STRONG, Column, Letter, Sender

_LINES = (Column("For", 4), Column("Amount", 1, is_number=True))


@dataclass(frozen=True, slots=True)
class InvoiceSheet:
    """Everything the sheet shows; amounts are written as they are to stand there."""

    sender: Sender
    number: str
    request: str
    to: str
    to_lines: tuple[str, ...]
    patient: str
    stated_on: str
    their_reference: str
    lines: tuple[tuple[str, str], ...]
    total: str
    paid: str
    """What came in already; empty: nothing."""
    open: str
    waived: str
    """Why nothing is asked; empty where a fee is."""
    paid_first: bool


def invoice_pdf(sheet: InvoiceSheet) -> bytes:
    """The sheet as PDF."""
    letter = Letter(sheet.sender, f"Invoice {sheet.number}", foot=f"Invoice {sheet.number}, {sheet.request}")
    letter.title("Fee for copies of health records")
    letter.text(sheet.to, STRONG)
    for line in sheet.to_lines:
        letter.text(line)
    letter.space(6)
    letter.facts(
        (
            ("Invoice", sheet.number),
            ("Date", sheet.stated_on),
            ("Request", sheet.request),
            ("Your reference", sheet.their_reference or "None"),
            ("Patient", sheet.patient),
        )
    )
    if sheet.waived:
        letter.text(f"No fee is asked: {sheet.waived}")
        return letter.pdf()
    letter.table(_LINES, sheet.lines, total=("Total", sheet.total))
    if sheet.paid:
        letter.text(f"Paid: {sheet.paid}. Open: {sheet.open}.")
    if sheet.paid_first:
        letter.text(f"The copies leave the office when {sheet.open} is paid. Name {sheet.number} with it.")
    return letter.pdf()
