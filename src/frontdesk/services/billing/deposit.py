"""The deposit slip: what goes to the bank after a day."""

from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import parties
from frontdesk.services.billing.counting import Pieces
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class SlipCheck:
    """A check on the deposit slip."""

    check_number: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class DepositSlip:
    """A deposit as its slip shows it."""

    letterhead: parties.Letterhead
    on: date
    drawers: tuple[str, ...]
    cash: tuple[Pieces, ...]
    """What goes to the bank: the pieces counted; the float is deducted below."""
    float_cents: int
    cash_cents: int
    checks: tuple[SlipCheck, ...]
    check_cents: int
    total_cents: int
    card_cents: int
    """Settled by the terminal, for information; not part of the deposit."""
    prepared_by: str


@query(permission="billing.view")
def slip(work: Work, *, on: date, drawer_id: int | None = None) -> DepositSlip:
    """The deposit of a day, of one counted drawer or of all together."""
    wanted = select(DrawerCount, CashDrawer.name).join(CashDrawer, DrawerCount.drawer_id == CashDrawer.id)
    wanted = wanted.where(DrawerCount.counted_on == on, DrawerCount.set_aside_at.is_(None)).order_by(
        CashDrawer.name
    )
    if drawer_id is not None:
        wanted = wanted.where(DrawerCount.drawer_id == drawer_id)
    found = work.session.execute(wanted).all()
    if not found:
        raise Refused(Finding(f"No drawer was counted on {weekday_date(on)}. Count the drawer first."))
    pieces: dict[int, int] = {}
    for row, _ in found:
        for piece in msgspec.json.decode(row.denominations, type=tuple[Pieces, ...]):
            pieces[piece.value_cents] = pieces.get(piece.value_cents, 0) + piece.count
    floats = sum(row.float_cents for row, _ in found)
    cash = sum(row.counted_cash_cents for row, _ in found) - floats
    checks = _checks(work, on, [row.drawer_id for row, _ in found])
    check_cents = sum(row.counted_check_cents for row, _ in found)
    return DepositSlip(
        letterhead=parties.letterhead(work),
        on=on,
        drawers=tuple(name for _, name in found),
        cash=tuple(Pieces(value, pieces[value]) for value in sorted(pieces, reverse=True)),
        float_cents=floats,
        cash_cents=cash,
        checks=checks,
        check_cents=check_cents,
        total_cents=cash + check_cents,
        card_cents=sum(row.batch_card_cents for row, _ in found),
        prepared_by=found[0][0].counted_by,
    )


def _checks(work: Work, on: date, drawer_ids: list[int]) -> tuple[SlipCheck, ...]:
    voided = select(Posting.receipt_id).where(
        Posting.kind == PostingKind.RECEIPT_VOID, Posting.posted_on <= on
    )
    found = work.session.execute(
        select(ReceiptTender.check_number, ReceiptTender.amount_cents)
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .where(
            Receipt.drawer_id.in_(drawer_ids),
            Receipt.received_on == on,
            ReceiptTender.kind == TenderKind.CHECK,
            Receipt.id.not_in(voided),
        )
        .order_by(Receipt.number, ReceiptTender.id)
    )
    return tuple(SlipCheck(number, int(cents)) for number, cents in found)
