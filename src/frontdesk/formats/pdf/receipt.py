"""A receipt as a sheet of paper: what was paid for, how, and what is still open."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import STRONG, Column, Letter, Sender

_COLUMNS = (Column("", 4), Column("Amount", 1, is_number=True))


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """Everything the sheet shows; amounts are written as they are to stand there."""

    sender: Sender
    number: str
    patient: str
    chart_number: str
    account_number: str
    received_at: str
    received_by: str
    paid_for: tuple[tuple[str, str], ...]
    paid_by: tuple[tuple[str, str], ...]
    total: str
    change: str
    """Empty where none was given."""
    open_now: str
    """What the household owes after this payment, as a sentence."""
    void: str
    """Why it counts no more; empty while it stands."""


def receipt_pdf(sheet: ReceiptSheet) -> bytes:
    """The sheet as PDF."""
    letter = Letter(sheet.sender, f"Receipt {sheet.number}", foot="Thank you. Keep this for your records.")
    letter.title()
    if sheet.void:
        letter.text(f"VOID: {sheet.void}", STRONG)
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Received", sheet.received_at),
            ("Chart number", sheet.chart_number),
            ("Received by", sheet.received_by),
            ("Account", sheet.account_number),
        )
    )
    letter.section("Paid for")
    letter.table(_COLUMNS, sheet.paid_for, total=("Total", sheet.total))
    letter.section("Paid by")
    letter.table(_COLUMNS, (*sheet.paid_by, *((("Change given", sheet.change),) if sheet.change else ())))
    letter.text(sheet.open_now)
    return letter.pdf()
