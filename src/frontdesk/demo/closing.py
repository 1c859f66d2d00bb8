"""The evenings of the last two weeks: drawer counted, day closed, by the real commands."""

from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import TODAY, instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import bank_credits, counting, day_close, drawer_differences, variance
from frontdesk.services.billing.counting import DENOMINATIONS, Count, Pieces
from frontdesk.services.database import Database
from frontdesk.services.work import SYSTEM

EVENINGS: Final = 10
OVER_CENTS: Final = 2_700
"""What lay in the drawer too much last evening, and was explained."""
BANK_DAYS: Final = 4
"""So old is what was looked up on the statement."""


def close_days(database: Database, clock: SetClock) -> None:
    """Close the last ten days that took money; the first of them seals all before it."""
    with Session(database.engines.read) as session:
        evenings = session.scalars(
            select(Receipt.received_on)
            .where(Receipt.received_on < TODAY)
            .distinct()
            .order_by(Receipt.received_on.desc())
            .limit(EVENINGS)
        ).all()
        drawer = session.scalars(select(CashDrawer)).one()
        drawer_id, float_cents = drawer.id, drawer.float_cents
        taken = {
            (kind, on): int(cents)
            for kind, on, cents in session.execute(
                select(ReceiptTender.kind, Receipt.received_on, func.sum(ReceiptTender.amount_cents))
                .join(Receipt, Receipt.id == ReceiptTender.receipt_id)
                .group_by(ReceiptTender.kind, Receipt.received_on)
            )
        }
    since = date.min
    last = max(evenings)
    for on in sorted(evenings):
        clock.set(instant(datetime.combine(on, time(17, 25))))
        sums = {
            kind: sum(cents for (of, day), cents in taken.items() if of is kind and since < day <= on)
            for kind in TenderKind
        }
        found = Count(
            drawer_id=drawer_id,
            on=on,
            cash=_pieces(float_cents + sums[TenderKind.CASH] + (OVER_CENTS if on == last else 0)),
            check_cents=sums[TenderKind.CHECK],
            card_cents=sums[TenderKind.CARD],
        )
        counted = database.do(SYSTEM, counting.count, count=found).result
        clock.set(clock.now() + timedelta(minutes=5))
        if counted.is_open:
            _explain(database, counted.drawer_count_id)
        database.do(SYSTEM, day_close.close, on=on)
        since = on
    clock.set(STARTS_AT)
    _find_at_bank(database)


def _find_at_bank(database: Database) -> None:
    """All but the last days' money was found on the bank's statement."""
    until = TODAY - timedelta(days=BANK_DAYS)
    for each in database.ask(SYSTEM, bank_credits.expected, since=until - timedelta(days=45), until=until):
        seen = each.from_on + timedelta(days=1)
        database.do(SYSTEM, bank_credits.find, due=each.due, seen_on=seen, amount_cents=each.amount_cents)


def _explain(database: Database, drawer_count_id: int) -> None:
    """Take the likeliest of what could explain it as the reason."""
    leads = database.ask(SYSTEM, variance.of_count, drawer_count_id=drawer_count_id).leads
    lead = leads[0] if leads else None
    database.do(
        SYSTEM,
        drawer_differences.explain,
        drawer_count_id=drawer_count_id,
        reason=lead.sentence if lead else "Change was not given back; nobody has asked for it yet.",
        cause=lead.cause.value if lead else "",
        receipt_id=lead.blamed[0].receipt_id if lead and lead.entries_are_one else None,
    )


def _pieces(cents: int) -> tuple[Pieces, ...]:
    """The fewest bills and coins that make an amount."""
    found = []
    for value in DENOMINATIONS:
        count, cents = divmod(cents, value)
        if count:
            found.append(Pieces(value, count))
    return tuple(found)
