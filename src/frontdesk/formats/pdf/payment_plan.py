"""A payment plan as a sheet of paper: what was agreed, the days and amounts, and room to sign."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import Column, Letter, Sender, grid

_PARTS = (Column("For", 3), Column("Amount", 1, is_number=True))
_DUES = (Column("Installment", 1), Column("Due", 2), Column("Amount", 1, is_number=True))


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """Everything the sheet shows; amounts and days are written as they are to stand there."""

    sender: Sender
    number: str
    patient: str
    guarantor: str
    account_number: str
    agreed_on: str
    agreed_by: str
    rhythm: str
    parts: tuple[tuple[str, str], ...]
    instalments: tuple[tuple[str, str, str], ...]
    total: str
    ended: str
    """Why it holds no more; empty while it stands."""


def payment_plan_pdf(sheet: PlanSheet) -> bytes:
    """The agreement as PDF, with a line to sign on."""
    letter = Letter(sheet.sender, f"Payment plan {sheet.number}", foot="Keep this for your records.")
    letter.title()
    if sheet.ended:
        letter.text(f"ENDED: {sheet.ended}")
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Paid by", sheet.guarantor),
            ("Account", sheet.account_number),
            ("Agreed on", sheet.agreed_on),
            ("With", sheet.agreed_by),
            ("Paid", sheet.rhythm),
        ),
        columns=3,
    )
    letter.add(grid(_PARTS, sheet.parts, total=("Total", sheet.total)))
    letter.space(12)
    letter.text(
        "The amount above is paid in the installments below. Each is due on its day; more may be paid at any "
        "time. No interest and no fee is added. If an installment is missed, please call us before the next."
    )
    letter.add(grid(_DUES, sheet.instalments))
    letter.space(36)
    letter.facts((("Signature", "_" * 34), ("Date", "_" * 18)))
    return letter.pdf()
