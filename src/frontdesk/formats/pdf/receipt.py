"""A receipt as a sheet of paper: what was paid for, how, and what is still open."""

from dataclasses import dataclass

from reportlab.platypus import Spacer

from frontdesk.formats.pdf.layout import beside
from frontdesk.formats.pdf.letterhead import DENSE, STRONG, TEXT_WIDTH, Column, Letter, Sender, grid

_PAID_FOR = (Column("Paid for", 3), Column("Amount", 1, is_number=True))
_PAID_BY = (Column("Paid by", 3), Column("Amount", 1, is_number=True))
_GAP = 18.0
_LEFT = (TEXT_WIDTH - _GAP) * 0.55
_RIGHT = TEXT_WIDTH - _GAP - _LEFT
_MOST_BESIDE = 6
"""Lines that fit beside each other in half a page; longer lists go below each other."""


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
    tendered: str
    """What was handed over; empty where no change was given, as is `change`."""
    change: str
    open_now: str
    """What the household owes after this payment, as a sentence."""
    void: str
    """Why it counts no more; empty while it stands."""
    note: str = ""
    is_copy: bool = False


def receipt_pdf(sheet: ReceiptSheet) -> bytes:
    """The sheet as PDF; a usual receipt stays in the upper half of the page, to be cut or folded."""
    name = f"Receipt {sheet.number}, copy" if sheet.is_copy else f"Receipt {sheet.number}"
    letter = Letter(sheet.sender, name, foot="Thank you. Keep this for your records.")
    letter.title()
    if sheet.void:
        letter.text(f"VOID: {sheet.void}", STRONG)
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Received", sheet.received_at),
            ("Received by", sheet.received_by),
            ("Chart number", sheet.chart_number),
            ("Account", sheet.account_number),
        ),
        columns=3,
    )
    back = (("Handed over", sheet.tendered), ("Change given", sheet.change)) if sheet.change else ()
    paid_by = (*sheet.paid_by, *back)
    total = ("Total", sheet.total)
    if max(len(sheet.paid_for), len(paid_by)) > _MOST_BESIDE:
        letter.add(grid(_PAID_FOR, sheet.paid_for, total=total), Spacer(1, 8), grid(_PAID_BY, paid_by))
    else:
        letter.add(
            beside(
                [grid(_PAID_FOR, sheet.paid_for, total=total, width=_LEFT, text=DENSE)],
                [grid(_PAID_BY, paid_by, width=_RIGHT, text=DENSE)],
                widths=(_LEFT + _GAP, _RIGHT),
            )
        )
    letter.space(8)
    if sheet.note:
        letter.text(f"Note: {sheet.note}")
    letter.text(sheet.open_now)
    return letter.pdf()
