"""One patient's part of a payer's remittance: for the next payer's paper claim, and for the patient."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import DENSE, Column, Letter, Sender, grid
from frontdesk.kernel.money import dollars

_COLUMNS = (
    Column("Service", 1.3),
    Column("Date", 1.3),
    Column("Reason", 3.4),
    Column("Billed", 1.2, is_number=True),
    Column("Adjusted", 1.2, is_number=True),
    Column("Paid", 1.2, is_number=True),
)


@dataclass(frozen=True, slots=True)
class EobLine:
    """A service; each reason is its code with our words, and cents."""

    code: str
    served_on: str
    charge_cents: int
    paid_cents: int
    reasons: tuple[tuple[str, int], ...]
    remarks: str


@dataclass(frozen=True, slots=True)
class EobSheet:
    """Everything the sheet shows; nothing of another patient."""

    sender: Sender
    payer: str
    payment: str
    """How the money came: "EFT 0098817243 of 03/16/2026"."""
    patient: str
    member_id: str
    claim_number: str
    payer_control_number: str
    decision: str
    lines: tuple[EobLine, ...]
    charge_cents: int
    adjusted_cents: int
    paid_cents: int
    patient_cents: int
    meanings: tuple[tuple[str, str], ...]


def eob_pdf(sheet: EobSheet) -> bytes:
    """The sheet as PDF."""
    letter = Letter(
        sheet.sender,
        f"Explanation of benefits, claim {sheet.claim_number}",
        foot="Taken from the payer's electronic remittance (835). Only this patient's claim is shown.",
    )
    letter.title("Explanation of benefits")
    letter.facts(
        (
            ("Payer", sheet.payer),
            ("Paid by", sheet.payment),
            ("Patient", sheet.patient),
            ("Member ID", sheet.member_id or "not given"),
            ("Our claim", sheet.claim_number),
            ("Payer's claim number", sheet.payer_control_number or "not given"),
            ("Decision", sheet.decision),
        ),
        columns=2,
    )
    total = (
        "Total",
        "",
        "",
        dollars(sheet.charge_cents),
        dollars(sheet.adjusted_cents),
        dollars(sheet.paid_cents),
    )
    letter.add(grid(_COLUMNS, [row for line in sheet.lines for row in _rows(line)], total=total, text=DENSE))
    letter.space(8)
    letter.text(f"The payer leaves {dollars(sheet.patient_cents)} to the patient or the next payer.")
    if sheet.meanings:
        letter.section("What the codes mean")
        for code, meaning in sheet.meanings:
            letter.item(f"{code}: {meaning}")
    return letter.pdf()


def _rows(line: EobLine) -> list[Sequence[str]]:
    remarks = f"Remarks {line.remarks}" if line.remarks else ""
    first = (line.code, line.served_on, remarks, dollars(line.charge_cents), "", dollars(line.paid_cents))
    return [first, *(("", "", reason, "", dollars(cents), "") for reason, cents in line.reasons)]
