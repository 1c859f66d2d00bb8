"""Which money keeps a promise to pay: the household's own, and what came under an account that followed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.collection import PaymentPromise
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.account import AccountMember
from frontdesk.services.billing import returned_checks
from frontdesk.services.work import Work

_Followed = set[tuple[int, int]]
"""Patients with the accounts that pay for them since."""


def of_promises(work: Work, promises: Sequence[PaymentPromise]) -> dict[int, list[tuple[Receipt, int]]]:
    """By promise the receipts that count for it, the oldest first, each with how much of it does.

    Taken from when it was made until its day, less voids and returned checks. Of the household's own account
    all of it; so of a patient for whom another account has paid since; else what went on its debts.
    """
    kept: dict[int, list[tuple[Receipt, int]]] = {row.id: [] for row in promises}
    if not promises:
        return kept
    followed = {row.id: _followed(work, row) for row in promises}
    on_debts = _on_debts(work, promises)
    receipts = _receipts(work, promises, followed, {receipt_id for _, receipt_id in on_debts})
    returned = returned_checks.returned_cents(work, [each.id for each in receipts])
    for receipt in receipts:
        whole = receipt.total_cents - returned.get(receipt.id, 0)
        for row in promises:
            is_in_time = row.made_at <= receipt.received_at and receipt.received_on <= row.due_on
            is_theirs = receipt.account_id == row.account_id
            has_followed = (receipt.patient_id, receipt.account_id) in followed[row.id]
            part = on_debts.get((row.account_id, receipt.id), 0)
            cents = whole if is_theirs or has_followed else min(whole, part)
            if is_in_time and cents > 0:
                kept[row.id].append((receipt, cents))
    return kept


def _followed(work: Work, row: PaymentPromise) -> _Followed:
    """The household's patients whom another account has paid for since, and that account."""
    before, after = aliased(AccountMember), aliased(AccountMember)
    found = work.session.execute(
        select(after.patient_id, after.account_id)
        .join(before, before.patient_id == after.patient_id)
        .where(
            before.account_id == row.account_id,
            before.valid_until >= row.made_on - timedelta(days=1),
            after.account_id != row.account_id,
            after.valid_from >= row.made_on,
        )
    )
    return {(patient_id, account_id) for patient_id, account_id in found}


def _on_debts(work: Work, promises: Sequence[PaymentPromise]) -> dict[tuple[int, int], int]:
    """By household and receipt: what of it stands on the household's account, or on debts moved from it."""
    households = [row.account_id for row in promises]
    first = aliased(ChargeLine)
    whose = func.coalesce(first.account_id, JournalEntry.account_id)
    found = work.session.execute(
        select(whose, Posting.receipt_id, func.sum(-JournalEntry.amount_cents))
        .select_from(JournalEntry)
        .join(Posting, Posting.id == JournalEntry.posting_id)
        .outerjoin(ChargeLine, ChargeLine.id == JournalEntry.charge_line_id)
        .outerjoin(first, first.id == ChargeLine.moved_from_id)
        .where(
            or_(JournalEntry.account_id.in_(households), first.account_id.in_(households)),
            JournalEntry.responsible == Party.PATIENT,
            JournalEntry.kind.in_((EntryKind.PAYMENT, EntryKind.UNAPPLIED)),
            Posting.posted_at >= min(row.made_at for row in promises),
            Posting.receipt_id.is_not(None),
        )
        .group_by(whose, Posting.receipt_id)
    )
    sums: defaultdict[tuple[int, int], int] = defaultdict(int)
    for account_id, receipt_id, cents in found:
        if receipt_id is not None:
            sums[account_id, receipt_id] += int(cents)
    return sums


def _receipts(
    work: Work, promises: Sequence[PaymentPromise], followed: dict[int, _Followed], named: set[int]
) -> Sequence[Receipt]:
    accounts = {row.account_id for row in promises} | set(_accounts(followed))
    voided = select(Posting.receipt_id).where(Posting.kind == PostingKind.RECEIPT_VOID)
    return work.session.scalars(
        select(Receipt)
        .where(
            or_(Receipt.account_id.in_(accounts), Receipt.id.in_(named)),
            Receipt.received_at >= min(row.made_at for row in promises),
            Receipt.id.not_in(voided),
        )
        .order_by(Receipt.number)
    ).all()


def _accounts(followed: dict[int, _Followed]) -> Iterator[int]:
    return (account_id for some in followed.values() for _, account_id in some)
