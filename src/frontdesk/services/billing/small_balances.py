"""Small balances: debts that are not worth their statement, written off together under one approval."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.journal import JournalEntry, Party, PostingKind
from frontdesk.services.billing import (
    balances,
    charges,
    collection_steps,
    holders,
    journal,
    old_debt,
    statement_rules,
)
from frontdesk.services.billing.claim_steps import WITH_PAYER
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.work import Work

_OPEN_CLAIMS = (
    ClaimState.DRAFT,
    ClaimState.FAILED,
    ClaimState.READY,
    ClaimState.HELD,
    ClaimState.BATCHED,
    *WITH_PAYER,
    ClaimState.REJECTED,
    ClaimState.APPEALED,
)
REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SmallBalance:
    """A household that owes no more than the office's limit."""

    account_id: int
    account_number: str
    name: str
    owed_cents: int
    oldest_on: date


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """What a run wrote off."""

    accounts: int
    cents: int
    posting_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SmallBalances:
    """What goes under one approval."""

    rows: tuple[SmallBalance, ...] = ()
    owed_cents: int = 0


@query(permission="billing.view")
def worklist(work: Work) -> SmallBalances:
    """Debts at or below the limit, without credits, claims under way, plans or an agency; by account."""
    small = _small(work)
    named, oldest = holders.holders(work, small), old_debt.oldest_by_account(work, small)
    owed = old_debt.owed_on_lines(work, small)
    rows = tuple(
        SmallBalance(each, named[each].account_number, named[each].name, owed[each], oldest[each])
        for each in small
    )
    return SmallBalances(rows, sum(row.owed_cents for row in rows))


def _taken_back(done: Performed) -> Undo:
    made: WrittenOff = done.result
    return Undo(take_back, posting_ids=made.posting_ids)


@command("Write off small balances", permission="billing.write_off_small", undo=_taken_back)
def write_off(work: Work, *, account_ids: tuple[int, ...], reason: str) -> WrittenOff:
    """One approval for all of them; what is small no more, or has a credit or a claim by now, is left out."""
    refuse_if_any(words_findings(reason, "reason", most=REASON_LENGTH, wanted="Give the reason."))
    small = set(_small(work))
    chosen = [account_id for account_id in dict.fromkeys(account_ids) if account_id in small]
    if not chosen:
        raise Refused(Finding("None of these balances can be written off as small. Look at the list again."))
    postings, cents = [], 0
    for done, account_id in enumerate(chosen):
        work.step(done, len(chosen))
        for line in balances.lines_of_account(work, account_id=account_id, only_open=True):
            cents += line.patient_cents
            postings.append(
                charges.write_off(
                    work,
                    charge_line_id=line.charge_line_id,
                    responsible=Party.PATIENT,
                    amount_cents=line.patient_cents,
                    reason=f"Small balance: {reason.strip()}",
                )
            )
    return WrittenOff(len(chosen), cents, tuple(postings))


@command(
    "Take small balances back",
    permission="billing.write_off_small",
    undo=irreversible("Write the balances off again, with a reason."),
)
def take_back(work: Work, *, posting_ids: tuple[int, ...]) -> None:
    """The balances are owed again."""
    for posting_id in posting_ids:
        patients = work.session.scalars(
            select(JournalEntry.patient_id).where(JournalEntry.posting_id == posting_id)
        )
        work.concerns(*(patient_id for patient_id in patients if patient_id is not None))
        journal.reverse(
            work, posting_id=posting_id, kind=PostingKind.WRITE_OFF, reason="Taken back as a whole run."
        )


def _small(work: Work) -> list[int]:
    """The accounts that a run may write off, by id; some ten statements, however many there are."""
    limit = statement_rules.rules(work).small_balance_cents
    entry = JournalEntry
    owed = func.sum(entry.amount_cents)
    small = work.session.scalars(
        select(entry.account_id)
        .where(entry.account_id.is_not(None), entry.responsible == Party.PATIENT)
        .group_by(entry.account_id)
        .having(owed.between(1, limit))
        .order_by(entry.account_id)
    ).all()
    wanted = [account_id for account_id in small if account_id is not None]
    out = _with_uneven_lines(work, wanted) | _with_credit(work, wanted) | _with_claims(work, wanted)
    out |= collection_steps.placed_accounts(work) | old_debt.on_plan(work, wanted)
    return [account_id for account_id in wanted if account_id not in out]


def _with_uneven_lines(work: Work, wanted: list[int]) -> set[int]:
    """Where an insurer owes, or somebody paid too much on a line."""
    entry = JournalEntry
    side = func.sum(entry.amount_cents)
    per_side = (
        select(entry.account_id, entry.responsible, side.label("owed"))
        .where(entry.account_id.in_(wanted), entry.charge_line_id.is_not(None))
        .group_by(entry.account_id, entry.charge_line_id, entry.responsible)
        .subquery()
    )
    is_uneven = (per_side.c.owed < 0) | ((per_side.c.responsible == Party.PAYER) & (per_side.c.owed != 0))
    found = work.session.scalars(select(per_side.c.account_id).where(is_uneven).distinct())
    return {int(account_id) for account_id in found}


def _with_credit(work: Work, wanted: list[int]) -> set[int]:
    entry = JournalEntry
    found = work.session.scalars(
        select(entry.account_id)
        .where(entry.account_id.in_(wanted), entry.charge_line_id.is_(None))
        .group_by(entry.account_id)
        .having(func.sum(entry.amount_cents) != 0)
    )
    return {account_id for account_id in found if account_id is not None}


def _with_claims(work: Work, wanted: list[int]) -> set[int]:
    found = work.session.scalars(
        select(ChargeLine.account_id)
        .join(ClaimLine, ClaimLine.charge_line_id == ChargeLine.id)
        .join(Claim, ClaimLine.claim_id == Claim.id)
        .where(ChargeLine.account_id.in_(wanted), Claim.state.in_(_OPEN_CLAIMS))
        .distinct()
    )
    return set(found)
