"""A statement to a household: what each service came to, what is due by when, and a stub to pay with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from frontdesk.formats.pdf.barcode import Barcode
from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.layout import AtFoot, beside
from frontdesk.formats.pdf.letterhead import (
    DENSE,
    LINE,
    QUIET,
    SMALL,
    STRONG,
    TEXT,
    TEXT_WIDTH,
    Column,
    Letter,
    Sender,
    grid,
)
from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date

_ADDRESS_WIDTH: Final = 4.6 * inch
_SUMMARY_WIDTH: Final = TEXT_WIDTH - _ADDRESS_WIDTH
_TO_WINDOW: Final = 0.8 * inch
"""From the head down to the address: folded in three, it shows in the window of a #10 envelope."""
_ADDRESS: Final = ParagraphStyle("address", TEXT, fontSize=10.5, leading=14, spaceAfter=0, rightIndent=18)
_HEADING: Final = ParagraphStyle("heading", STRONG, fontSize=13, leading=17)
_VALUE: Final = ParagraphStyle("value", STRONG, alignment=TA_RIGHT, spaceAfter=0)
_LINES: Final = (
    Column("Date", 58),
    Column("Service", 133),
    Column("Charged", 51, is_number=True),
    Column("Insurance paid", 53, is_number=True),
    Column("Adjusted", 51, is_number=True),
    Column("You paid", 51, is_number=True),
    Column("With insurer", 50, is_number=True),
    Column("Your share", 50, is_number=True),
)


@dataclass(frozen=True, slots=True)
class StatementItem:
    """One service, in cents: the price less all that was paid or taken off is open, by who owes it."""

    service_on: date
    patient: str
    label: str
    charged_cents: int
    insurance_paid_cents: int
    adjusted_cents: int
    """What was taken off the price; negative where something was put on."""
    patient_paid_cents: int
    insurance_open_cents: int
    share_cents: int


@dataclass(frozen=True, slots=True)
class StatementSheet:
    """Everything the statement shows."""

    sender: Sender
    number: str
    """Empty on a preview, which has none yet."""
    account_number: str
    addressee: tuple[str, ...]
    """The guarantor's name, then the address a line each."""
    issued_on: date
    due_on: date
    message: str
    items: tuple[StatementItem, ...]
    credit_cents: int
    due_cents: int
    aged: tuple[tuple[str, int], ...]
    """Open amounts by age, the youngest first: ("Up to 30 days", 4000)."""
    return_to: tuple[str, ...] = ()
    """Where the payment is sent, the name first; empty: to the sender."""


def statement_pdf(sheet: StatementSheet) -> bytes:
    """The statement as PDF; its stub is at the foot of the last page."""
    title = f"Statement {sheet.number}".strip()
    letter = Letter(sheet.sender, title, foot=f"{title} · Account {sheet.account_number}")
    letter.add(
        beside(_address(sheet), _summary(sheet, title), widths=(_ADDRESS_WIDTH, _SUMMARY_WIDTH)),
        Spacer(1, 24),
    )
    letter.text(sheet.message)
    letter.add(
        grid(_LINES, [_line(item) for item in sheet.items], total=_total(sheet), text=DENSE),
        Spacer(1, 12),
        _boxes(sheet),
        Spacer(1, 16),
        AtFoot(_stub(sheet)),
    )
    return letter.pdf()


def _address(sheet: StatementSheet) -> list[Flowable]:
    return [Spacer(1, _TO_WINDOW), *(Paragraph(markup(line), _ADDRESS) for line in sheet.addressee)]


def _summary(sheet: StatementSheet, title: str) -> list[Flowable]:
    facts = (
        ("Account", sheet.account_number),
        ("Date", us_date(sheet.issued_on)),
        ("Due by", us_date(sheet.due_on)),
        ("Amount due", dollars(sheet.due_cents)),
    )
    return [Paragraph(markup(title), _HEADING), _facts(facts, _SUMMARY_WIDTH)]


def _line(item: StatementItem) -> tuple[str, ...]:
    return (
        us_date(item.service_on),
        f"{item.label}, {item.patient}",
        ledger(item.charged_cents),
        ledger(item.insurance_paid_cents),
        ledger(item.adjusted_cents),
        ledger(item.patient_paid_cents),
        ledger(item.insurance_open_cents),
        ledger(item.share_cents),
    )


def _total(sheet: StatementSheet) -> tuple[str, ...]:
    items = sheet.items
    return (
        "",
        "Total",
        ledger(sum(item.charged_cents for item in items)),
        ledger(sum(item.insurance_paid_cents for item in items)),
        ledger(sum(item.adjusted_cents for item in items)),
        ledger(sum(item.patient_paid_cents for item in items)),
        ledger(sum(item.insurance_open_cents for item in items)),
        ledger(sum(item.share_cents for item in items)),
    )


def _boxes(sheet: StatementSheet) -> Flowable:
    """What is open by its age, the credit, and what is to be paid."""
    boxes = [*((name, ledger(cents)) for name, cents in sheet.aged)]
    if sheet.credit_cents:
        boxes.append(("Your credit", ledger(-sheet.credit_cents)))
    boxes.append(("Amount due", dollars(sheet.due_cents)))
    columns = [Column(name, 1, is_number=True) for name, _ in boxes]
    made = grid(columns, [], total=[amount for _, amount in boxes])
    made.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, LINE)]))
    return KeepTogether([made])


def _stub(sheet: StatementSheet) -> Flowable:
    """What comes back with the check: to whom, for which account, how much."""
    address = sheet.return_to or (sheet.sender.name, *sheet.sender.lines)
    to = [Paragraph(markup(line), _ADDRESS) for line in address]
    facts = (
        ("Account", sheet.account_number),
        ("Due by", us_date(sheet.due_on)),
        ("Amount due", dollars(sheet.due_cents)),
        ("Amount enclosed", "$ ______________"),
    )
    payer = sheet.addressee[0] if sheet.addressee else ""
    stub = beside(
        [
            Paragraph("Detach and return this part with your payment. Make checks payable to:", SMALL),
            Spacer(1, 6),
            *to,
            Spacer(1, 6),
            Paragraph(markup(f"From: {payer}"), SMALL),
        ],
        [
            _facts(facts, _SUMMARY_WIDTH),
            Spacer(1, 8),
            Barcode(f"{sheet.account_number}-{max(sheet.due_cents, 0):08d}"),
        ],
        widths=(_ADDRESS_WIDTH, _SUMMARY_WIDTH),
    )
    stub.setStyle(
        TableStyle(
            [("LINEABOVE", (0, 0), (-1, 0), 0.8, QUIET, 0, (4, 3)), ("TOPPADDING", (0, 0), (-1, 0), 12)]
        )
    )
    return stub


def _facts(facts: Sequence[tuple[str, str]], width: float) -> Table:
    """Names at the left, values at the right; the last one is what it is about."""
    rows = [[Paragraph(markup(name), SMALL), Paragraph(markup(value), _VALUE)] for name, value in facts]
    made = Table(rows, colWidths=[width * 0.45, width * 0.55])
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ]
        )
    )
    return made
