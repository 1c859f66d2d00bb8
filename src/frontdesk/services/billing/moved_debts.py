"""What of a line other households took over, and what comes back once the patient owes less of it."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, PostingKind
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import balances, credits, journal
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.work import Work

_DECIDED = "the insurer's decision changed"


def moved(work: Work, charge_line_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """What was moved from a line to one of another household and did not come back, in cents by the two.

    Of the lines that are named, whether it left them or arrived on them.
    """
    work.flush()
    left, arrived = aliased(JournalEntry), aliased(JournalEntry)
    cents = func.sum(arrived.amount_cents)
    found = work.session.execute(
        select(ChargeLine.moved_from_id, ChargeLine.id, cents)
        .join(arrived, arrived.charge_line_id == ChargeLine.id)
        .join(
            left, (left.posting_id == arrived.posting_id) & (left.charge_line_id == ChargeLine.moved_from_id)
        )
        .where(
            or_(ChargeLine.moved_from_id.in_(charge_line_ids), ChargeLine.id.in_(charge_line_ids)),
            left.kind == EntryKind.ACCOUNT_TRANSFER,
            arrived.kind == EntryKind.ACCOUNT_TRANSFER,
        )
        .group_by(ChargeLine.moved_from_id, ChargeLine.id)
        .having(cents > 0)
        .order_by(ChargeLine.id)
    )
    return {(here, there): int(sum_) for here, there, sum_ in found if here is not None}


def bring_back(work: Work, charge_line_ids: Collection[int]) -> None:
    """Where the patient owes less than nothing on a line, other households owe so much less of it.

    The newest move comes back first. What was paid on it there is that household's credit; what the office
    gave up there stays given up. Call it after an insurer's decision was taken back or another one posted.
    """
    pairs = moved(work, charge_line_ids)
    for here in sorted({here for here, _ in pairs if here in charge_line_ids}):
        line = balances.lines_by_id(work, (here,))[here]
        work.concerns(line.patient_id)
        wanted = -line.patient_cents
        for there, cents in [(there, cents) for (of, there), cents in reversed(pairs.items()) if of == here]:
            part = min(wanted, cents, _left(work, there))
            if part > 0:
                wanted -= part
                _come_back(work, here, there, part)


def said(work: Work, from_id: int, to_id: int, reason: str) -> str:
    """From which account to which, and why, as the ledger keeps it."""
    return f"{work.get(Account, from_id).number} to {work.get(Account, to_id).number}, {reason.strip()}"


def _left(work: Work, there: int) -> int:
    """What of a moved debt is owed or paid there, or by whoever it was moved on to."""
    line = balances.lines_by_id(work, (there,))[there]
    further = [(on, cents) for (here, on), cents in moved(work, (there,)).items() if here == there]
    moved_on = sum(min(cents, _left(work, on)) for on, cents in further)
    return line.patient_cents + line.patient_paid_cents + moved_on


def _come_back(work: Work, here: int, there: int, cents: int) -> None:
    from_id, to_id = (work.get(ChargeLine, each).account_id for each in (there, here))
    entries = tuple(
        Entry(EntryKind.ACCOUNT_TRANSFER, amount, Party.PATIENT, charge_line_id=line_id)
        for line_id, amount in ((there, -cents), (here, cents))
    )
    reason = said(work, from_id, to_id, _DECIDED)
    journal.post(work, Draft(PostingKind.ACCOUNT_TRANSFER_BACK, entries, reason=reason))
    bring_back(work, (there,))
    credits.free_overpaid(work, charge_line_id=there)
