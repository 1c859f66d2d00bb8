"""The ledger of one household as the desk works on it: its lines, its credits, its patients elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from frontdesk.kernel.names import first_last
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances, credits, holders, moved_debts, parties, returned_checks
from frontdesk.services.billing.balances import Balance, LineBalance
from frontdesk.services.billing.credits import Credit
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.command import query
from frontdesk.services.registration import accounts
from frontdesk.services.work import Work


class LedgerVerb(StrEnum):
    """What may be done with a charge or a credit."""

    VOID = "void"
    CORRECT = "correct"
    WRITE_OFF = "write_off"
    TRANSFER = "transfer"
    USE = "use"
    MOVE = "move"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A charge of the household and what became of it."""

    line: LineBalance
    patient: str
    has_payer: bool
    """Whether an insurer was asked, so that a part can be moved to it."""
    came_from: str
    """The account it was moved from; empty where it was charged here."""
    moved_by_id: int | None
    """The posting that moved it here, or (the newest) from here to another household."""
    verbs: frozenset[LedgerVerb]
    """What whoever asks may do with it now."""

    @property
    def moved_cents(self) -> int:
        """What of it went to other households; what came from one is its charge."""
        known = self.line.charged_cents - self.line.patient_paid_cents - self.line.payer_paid_cents
        return 0 if self.line.is_void else known + self.line.adjusted_cents - self.line.open_cents


@dataclass(frozen=True, slots=True)
class LedgerCredit:
    """What is left of a receipt, and what it is held for."""

    credit: Credit
    number: str
    received_on: date
    patient: str
    held_on: date | None
    """The day of the visit it is held for; empty: free."""
    verbs: frozenset[LedgerVerb]


@dataclass(frozen=True, slots=True)
class Household:
    """An account by who holds it, with what of a patient's money stands there."""

    account_id: int
    number: str
    holder: str
    balance_cents: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is worked on."""

    account_id: int
    number: str
    holder: str
    balance: Balance
    lines: tuple[LedgerLine, ...]
    credits: tuple[LedgerCredit, ...]
    people: tuple[tuple[int, str], ...]
    """Whose charges go there today, each with the name."""
    elsewhere: tuple[Household, ...]
    """Other households on which money of the patient stands: whoever paid before, or pays now."""
    may_return: bool
    """Whether a check of the household may come back from the bank."""
    no_checks: str
    """Why no checks are taken from it, in a sentence; empty where they are."""


@query(permission="billing.view")
def ledger(work: Work, *, patient_id: int | None = None, account_id: int | None = None) -> Ledger:
    """The household that is named, else the one that pays for the patient today."""
    if patient_id is not None:
        work.concerns(patient_id)
    own_id = parties.account_of(work, patient_id, work.today) if patient_id is not None else None
    shown_id = account_id or own_id
    assert shown_id is not None, "a patient or a household is named"
    account = accounts.view(work, shown_id)
    held = _credits(work, shown_id)
    taken = returned_checks.checks(work, account_id=shown_id)
    return Ledger(
        account_id=shown_id,
        number=account.number,
        holder=account.holder,
        balance=balances.of_account(work, account_id=shown_id),
        lines=_lines(work, shown_id, has_credit=bool(held)),
        credits=held,
        people=tuple(_names(work, account.member_ids).items()),
        elsewhere=_elsewhere(work, patient_id, own_id, shown_id) if patient_id and own_id else (),
        may_return=work.actor.may("billing.take_payment")
        and any(each.returned_id is None for each in taken.checks),
        no_checks=taken.marked.words if taken.marked is not None else "",
    )


@query(permission="billing.view")
def household_of(work: Work, *, patient_id: int) -> Household:
    """The household that pays for a patient today, to which something may be moved."""
    account_id = parties.account_of(work, patient_id, work.today)
    return _household(work, account_id, balances.of_account(work, account_id=account_id).total_cents)


def _lines(work: Work, account_id: int, *, has_credit: bool) -> tuple[LedgerLine, ...]:
    found = balances.lines_of_account(work, account_id=account_id, with_void=True)
    ids = [line.charge_line_id for line in found]
    names = _names(work, {line.patient_id for line in found})
    insured = set(
        work.session.scalars(
            select(ChargeLine.id).where(ChargeLine.id.in_(ids), ChargeLine.coverage_id.is_not(None))
        )
    )
    came, moved = _came_from(work, ids), _moved_by(work, ids)
    return tuple(
        LedgerLine(
            line,
            names[line.patient_id],
            line.charge_line_id in insured,
            came.get(line.charge_line_id, ""),
            moved.get(line.charge_line_id),
            _verbs(
                work,
                line,
                has_payer=line.charge_line_id in insured,
                is_moved=line.charge_line_id in moved,
                came_here=line.charge_line_id in came,
                has_credit=has_credit,
            ),
        )
        for line in found
    )


def _verbs(
    work: Work, line: LineBalance, *, has_payer: bool, is_moved: bool, came_here: bool, has_credit: bool
) -> frozenset[LedgerVerb]:
    may_adjust = work.actor.may("billing.adjust")
    patient_owes, is_owed = line.patient_cents > 0, line.patient_cents > 0 or line.payer_cents > 0
    holds = {
        LedgerVerb.VOID: work.actor.may("billing.void") and not (is_moved or came_here),
        LedgerVerb.CORRECT: may_adjust,
        LedgerVerb.WRITE_OFF: may_adjust and is_owed,
        LedgerVerb.TRANSFER: may_adjust and is_owed and has_payer,
        LedgerVerb.USE: work.actor.may("billing.take_payment") and patient_owes and has_credit,
        LedgerVerb.MOVE: may_adjust and patient_owes,
        LedgerVerb.BACK: may_adjust and is_moved,
    }
    return frozenset() if line.is_void else frozenset(verb for verb, is_so in holds.items() if is_so)


def _came_from(work: Work, line_ids: Collection[int]) -> dict[int, str]:
    before = ChargeLine.__table__.alias()
    found = work.session.execute(
        select(ChargeLine.id, Account.number)
        .join(before, before.c.id == ChargeLine.moved_from_id)
        .join(Account, Account.id == before.c.account_id)
        .where(ChargeLine.id.in_(line_ids))
    )
    return dict(found.all())


def _moved_by(work: Work, line_ids: Collection[int]) -> dict[int, int]:
    """The newest move of each line that stands, where not all of it came back."""
    entry = JournalEntry
    still = {line_id for pair in moved_debts.moved(work, line_ids) for line_id in pair}
    back = select(entry.reverses_id).where(entry.reverses_id.is_not(None))
    found = work.session.execute(
        select(entry.charge_line_id, func.max(entry.posting_id))
        .join(Posting, Posting.id == entry.posting_id)
        .where(
            entry.charge_line_id.in_(still.intersection(line_ids)),
            entry.kind == EntryKind.ACCOUNT_TRANSFER,
            Posting.kind == PostingKind.ACCOUNT_TRANSFER,
            entry.reverses_id.is_(None),
            entry.id.not_in(back),
        )
        .group_by(entry.charge_line_id)
    )
    return {line_id: posting_id for line_id, posting_id in found if line_id is not None}


def _credits(work: Work, account_id: int) -> tuple[LedgerCredit, ...]:
    found = credits.of_account(work, account_id=account_id)
    names = _names(work, {each.patient_id for each in found})
    visits = dict(
        work.session.execute(
            select(Appointment.id, Appointment.starts).where(
                Appointment.id.in_({each.appointment_id for each in found if each.appointment_id})
            )
        ).all()
    )
    receipts = {
        each.id: each
        for each in work.session.scalars(
            select(Receipt).where(Receipt.id.in_({each.receipt_id for each in found}))
        )
    }
    return tuple(
        LedgerCredit(
            each,
            said_number(receipts[each.receipt_id].number),
            receipts[each.receipt_id].received_on,
            names[each.patient_id],
            visits[each.appointment_id].date() if each.appointment_id is not None else None,
            frozenset({LedgerVerb.MOVE} if work.actor.may("billing.adjust") else ()),
        )
        for each in found
    )


def _elsewhere(work: Work, patient_id: int, own_id: int, shown_id: int) -> tuple[Household, ...]:
    """The household that pays now goes first, where another one is shown."""
    entry = JournalEntry
    found = work.session.execute(
        select(entry.account_id, func.sum(entry.amount_cents))
        .where(
            entry.patient_id == patient_id,
            entry.responsible == Party.PATIENT,
            entry.account_id.is_not(None),
        )
        .group_by(entry.account_id)
        .having(func.sum(entry.amount_cents) != 0)
        .order_by(entry.account_id)
    )
    cents = {account_id: int(amount) for account_id, amount in found if account_id is not None}
    ids = dict.fromkeys((own_id, *cents))
    return tuple(_household(work, each, cents.get(each, 0)) for each in ids if each != shown_id)


def _household(work: Work, account_id: int, cents: int) -> Household:
    held = holders.holders(work, (account_id,))[account_id]
    return Household(account_id, held.account_number, held.name, cents)


def _names(work: Work, patient_ids: Collection[int]) -> dict[int, str]:
    found = work.session.execute(
        select(Patient.id, Patient.legal_first, Patient.legal_last)
        .where(Patient.id.in_(patient_ids))
        .order_by(Patient.born_on, Patient.id)
    )
    return {patient_id: first_last(first, last) for patient_id, first, last in found}
