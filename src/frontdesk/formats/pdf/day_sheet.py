"""The day sheet: what a closed day was, on paper; kept as it was when the day was sealed."""

from dataclasses import dataclass
from typing import Final

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid
from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import counted

_ROLL: Final = (
    Column("Receivables", 3),
    Column("Patients", 2, is_number=True),
    Column("Insurers", 2, is_number=True),
    Column("Together", 2, is_number=True),
)
_DRAWERS: Final = (
    Column("Drawer", 3),
    Column("Money", 1.4),
    Column("Counted", 1.6, is_number=True),
    Column("Expected", 1.6, is_number=True),
    Column("Over or short", 1.6, is_number=True),
)
_RECEIPTS: Final = (
    Column("Receipt", 1.6),
    Column("Paid by", 2.4),
    Column("Taken by", 3),
    Column("", 1),
    Column("Amount", 1.6, is_number=True),
)


@dataclass(frozen=True, slots=True)
class DrawerPaper:
    """A counted drawer: for each kind of money what was counted and expected, in cents."""

    name: str
    money: tuple[tuple[str, int, int], ...]
    reason: str
    counted_by: str


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt of the day."""

    number: str
    tenders: str
    taken_by: str
    is_void: bool
    amount_cents: int


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything the sheet shows, in cents."""

    sender: Sender
    day: str
    closed: str
    """Who closed the day, and when."""
    signed: str
    """Who signed besides; empty where nobody had to."""
    roll: tuple[tuple[str, int, int, int], ...]
    """A name, and the amounts of patients, insurers and both; the last is the closing."""
    aged: str
    drawers: tuple[DrawerPaper, ...]
    receipts: tuple[ReceiptLine, ...]
    deposit_cents: int
    not_charged: int
    """Visits without their charges."""


def day_sheet_pdf(sheet: DaySheet) -> bytes:
    """The sheet as PDF."""
    letter = Letter(sheet.sender, f"Day sheet, {sheet.day}", foot=sheet.closed)
    letter.title()
    letter.text(sheet.closed, SMALL)
    if sheet.signed:
        letter.text(sheet.signed, SMALL)
    letter.space(6)
    rows = [(name, *(ledger(cents) for cents in amounts)) for name, *amounts in sheet.roll]
    letter.add(grid(_ROLL, rows[:-1], total=rows[-1], text=DENSE))
    letter.text(sheet.aged, SMALL)
    letter.section("Drawers")
    _drawers(letter, sheet)
    letter.section("Receipts")
    if sheet.receipts:
        letter.add(grid(_RECEIPTS, [_receipt(each) for each in sheet.receipts], text=DENSE))
    else:
        letter.text("No money was taken.", SMALL)
    if sheet.not_charged:
        visits = counted(sheet.not_charged, "visit has", "visits have")
        letter.text(f"{visits} no charges yet.", SMALL)
    return letter.pdf()


def _drawers(letter: Letter, sheet: DaySheet) -> None:
    rows = [
        (drawer.name if place == 0 else "", kind, ledger(counted), ledger(expected), _off(counted - expected))
        for drawer in sheet.drawers
        for place, (kind, counted, expected) in enumerate(drawer.money)
    ]
    if not rows:
        letter.text("No drawer was counted.", SMALL)
        return
    letter.add(grid(_DRAWERS, rows, text=DENSE))
    for drawer in sheet.drawers:
        why = f" Over or short: {drawer.reason}" if drawer.reason else ""
        letter.text(f"{drawer.name}, counted by {drawer.counted_by}.{why}", SMALL)
    letter.text(f"To the bank: {ledger(sheet.deposit_cents)}.", SMALL)


def _receipt(each: ReceiptLine) -> tuple[str, ...]:
    return (
        each.number,
        each.tenders,
        each.taken_by,
        "void" if each.is_void else "",
        ledger(each.amount_cents),
    )


def _off(cents: int) -> str:
    return "–" if not cents else ledger(cents)
