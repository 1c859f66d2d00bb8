"""The deposit slip: the cash by its pieces, each check, and what goes to the bank in all."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.platypus import Spacer, Table

from frontdesk.formats.pdf.layout import LineToSign, beside
from frontdesk.formats.pdf.letterhead import DENSE, SMALL, TEXT_WIDTH, Column, Letter, Sender, grid
from frontdesk.kernel.money import dollars, ledger
from frontdesk.kernel.text import us_date

_GAP: Final = 18.0
_HALF: Final = (TEXT_WIDTH - _GAP) / 2
_MOST_BESIDE: Final = 18
"""Checks that fit beside the cash; more go below it, over as many pages as they take."""
_CASH: Final = (
    Column("Cash", 2, is_number=True),
    Column("Pieces", 1, is_number=True),
    Column("Amount", 2, is_number=True),
)
_CHECKS: Final = (
    Column("", 1, is_number=True),
    Column("Check number", 3),
    Column("Amount", 2, is_number=True),
)
_SUM: Final = (Column("Deposit", 3), Column("Amount", 1, is_number=True))


@dataclass(frozen=True, slots=True)
class DepositSheet:
    """Everything the slip shows, in cents."""

    sender: Sender
    on: date
    drawers: tuple[str, ...]
    cash: tuple[tuple[int, int], ...]
    """What one piece is worth, and how many there are."""
    float_cents: int
    """What stays in the drawers for the next day."""
    cash_cents: int
    """What goes to the bank: the pieces less the float."""
    checks: tuple[tuple[str, int], ...]
    check_cents: int
    total_cents: int
    card_cents: int
    prepared_by: str


def deposit_slip_pdf(sheet: DepositSheet) -> bytes:
    """The slip as PDF."""
    letter = Letter(
        sheet.sender, f"Deposit slip {us_date(sheet.on)}", foot="Keep a copy with the day's papers."
    )
    letter.title()
    letter.facts(
        (
            ("Date", us_date(sheet.on)),
            ("Drawer" if len(sheet.drawers) == 1 else "Drawers", ", ".join(sheet.drawers)),
            ("Prepared by", sheet.prepared_by),
        ),
        columns=3,
    )
    if len(sheet.checks) > _MOST_BESIDE:
        letter.add(_cash(sheet, TEXT_WIDTH), Spacer(1, 12), _checks(sheet, TEXT_WIDTH))
    else:
        letter.add(beside([_cash(sheet, _HALF)], [_checks(sheet, _HALF)], widths=(_HALF + _GAP, _HALF)))
    letter.space(14)
    letter.table(
        _SUM,
        (("Cash", dollars(sheet.cash_cents)), ("Checks", dollars(sheet.check_cents))),
        total=("To deposit", dollars(sheet.total_cents)),
    )
    letter.text(
        f"Cards, settled by the terminal and not part of this deposit: {dollars(sheet.card_cents)}.", SMALL
    )
    letter.space(30)
    letter.drawing(
        beside(*([LineToSign(what)] for what in ("Sealed by", "Bag number", "Received by the bank")))
    )
    return letter.pdf()


def _cash(sheet: DepositSheet, width: float) -> Table:
    rows = [(dollars(worth), str(count), ledger(worth * count)) for worth, count in sheet.cash]
    rows.append(("Float stays", "", ledger(-sheet.float_cents)))
    return grid(_CASH, rows, total=("Cash", "", ledger(sheet.cash_cents)), width=width, text=DENSE)


def _checks(sheet: DepositSheet, width: float) -> Table:
    rows = [
        (str(place), number, ledger(cents)) for place, (number, cents) in enumerate(sheet.checks, start=1)
    ]
    return grid(_CHECKS, rows, total=("", "Checks", ledger(sheet.check_cents)), width=width, text=DENSE)
