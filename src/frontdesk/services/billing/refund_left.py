"""What of credits could go back, and why a refund that was asked for can no longer be paid."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.journal import JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.refund import Refund
from frontdesk.services.billing import balances
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.work import Work


class Money(NamedTuple):
    """Which credit: of a household's receipt, or a payer's on a line or on none."""

    receipt_id: int | None
    account_id: int | None
    payer_id: int | None
    charge_line_id: int | None


def money_of(row: Refund) -> Money:
    """The credit that a refund gives back."""
    return Money(row.receipt_id, row.account_id, row.payer_id, row.charge_line_id)


def left(work: Work, wanted: Collection[Money]) -> dict[Money, int]:
    """What of each credit is left, in cents, whoever asked for it; four statements, however many."""
    found = {
        **_of_receipts(work, [each for each in wanted if each.receipt_id is not None]),
        **_on_no_line(work, [each for each in wanted if each.payer_id and each.charge_line_id is None]),
        **_on_lines(work, [each for each in wanted if each.payer_id and each.charge_line_id is not None]),
    }
    return {each: max(0, found.get(each, 0)) for each in wanted}


def blocked(work: Work, rows: Sequence[Refund]) -> dict[int, str]:
    """By refund that was not paid out, a sentence why it cannot be any more; those that can are left out."""
    remains = left(work, {money_of(row) for row in rows})
    short = [row for row in rows if row.amount_cents > remains[money_of(row)]]
    ids = {row.receipt_id for row in short if row.receipt_id is not None}
    numbers = dict(work.session.execute(select(Receipt.id, Receipt.number).where(Receipt.id.in_(ids))).all())
    voided = set(
        work.session.scalars(
            select(Posting.receipt_id).where(
                Posting.receipt_id.in_(ids), Posting.kind == PostingKind.RECEIPT_VOID
            )
        )
    )
    return {
        row.id: _said(
            remains[money_of(row)],
            f"receipt {said_number(numbers[row.receipt_id])}" if row.receipt_id else "this credit",
            is_void=row.receipt_id in voided,
        )
        for row in short
    }


def _said(cents: int, of: str, *, is_void: bool) -> str:
    if is_void:
        return f"{of[0].upper()}{of[1:]} was voided. Nothing of it is left to pay out."
    if not cents:
        return f"Nothing of {of} is left to pay out."
    return f"Only {dollars(cents)} of {of} is left. Ask for that much instead."


def _of_receipts(work: Work, wanted: Collection[Money]) -> dict[Money, int]:
    entry = JournalEntry
    cents = func.sum(entry.amount_cents)
    sums: dict[Money, int] = {}
    for receipt_id, account_id, credit in work.session.execute(
        select(Posting.receipt_id, entry.account_id, -cents)
        .join(Posting, entry.posting_id == Posting.id)
        .where(
            Posting.receipt_id.in_({each.receipt_id for each in wanted}),
            entry.account_id.in_({each.account_id for each in wanted}),
            entry.charge_line_id.is_(None),
        )
        .group_by(Posting.receipt_id, entry.account_id, entry.patient_id, entry.appointment_id)
        .having(cents < 0)
    ):
        money = Money(receipt_id, account_id, None, None)
        sums[money] = sums.get(money, 0) + int(credit)
    return sums


def _on_no_line(work: Work, wanted: Collection[Money]) -> dict[Money, int]:
    entry = JournalEntry
    found = work.session.execute(
        select(entry.payer_id, -func.sum(entry.amount_cents))
        .where(
            entry.payer_id.in_({each.payer_id for each in wanted}),
            entry.responsible == Party.PAYER,
            entry.account_id.is_(None),
            entry.charge_line_id.is_(None),
        )
        .group_by(entry.payer_id)
    )
    return {Money(None, None, payer_id, None): int(cents) for payer_id, cents in found}


def _on_lines(work: Work, wanted: Collection[Money]) -> dict[Money, int]:
    """What one payer paid for another that still owes is no overpayment."""
    entry = JournalEntry
    ids = {each.charge_line_id for each in wanted}
    lines = balances.lines_by_id(work, tuple(each for each in ids if each is not None))
    found = work.session.execute(
        select(entry.charge_line_id, entry.payer_id, func.sum(entry.amount_cents))
        .where(
            entry.charge_line_id.in_(ids),
            entry.payer_id.in_({each.payer_id for each in wanted}),
            entry.responsible == Party.PAYER,
        )
        .group_by(entry.charge_line_id, entry.payer_id)
    )
    return {
        Money(None, None, payer_id, line_id): -max(int(owed), lines[line_id].payer_cents)
        for line_id, payer_id, owed in found
        if line_id is not None
    }
