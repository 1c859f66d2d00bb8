"""The worklist of credits: money of households and payers that is on no debt, and the refunds under way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import case, func, select

from frontdesk.kernel.names import last_first
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import JournalEntry, Party, Posting
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.refund import Refund, RefundState, RefundWay
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import balances, credits, holders, old_debt, refund_left, refunds
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.command import query
from frontdesk.services.work import Work


class CreditKind(StrEnum):
    """Where the money stands."""

    FREE = "free"
    """Left of a receipt, for whatever comes."""
    OVERPAID = "overpaid"
    """A patient paid too much on a line."""
    PAYER = "payer"
    """A payer's money on no line."""
    PAYER_LINE = "payer_line"
    """A payer paid too much on a line."""


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One credit to be worked."""

    key: str
    kind: CreditKind
    name: str
    """The household's or the payer's."""
    about: str
    """The receipt or the service it comes from."""
    since_on: date
    left_cents: int
    asked_cents: int
    """Of it, asked for as a refund and not paid out yet."""
    owes_cents: int
    """What the household owes elsewhere: the credit is used there first."""
    paid_cents: int = 0
    """Of the receipt, where it is left of one."""
    open_cents: int = 0
    """Of the line, whoever owes or overpaid it, where it is on one."""
    account_id: int | None = None
    patient_id: int | None = None
    receipt_id: int | None = None
    payer_id: int | None = None
    charge_line_id: int | None = None

    @property
    def free_cents(self) -> int:
        """What can still be asked for."""
        return self.left_cents - self.asked_cents


@dataclass(frozen=True, slots=True)
class RefundRow:
    """One refund, and how far it is."""

    id: int
    version: int
    number: str
    state: RefundState
    way: RefundWay
    payee: str
    amount_cents: int
    reason: str
    asked_at: datetime
    asked_by: str
    approved_by: str
    paid_by: str
    reference: str
    ended_by: str
    ended_because: str
    patient_id: int | None
    may_approve: bool
    """Whether the one who asks this may: has the right, and did not ask for it."""
    blocked: str = ""
    """Why it can no longer be paid out, in a sentence; empty where it can, or was."""


@query(permission="billing.view")
def worklist(work: Work, *, limit: int = 500) -> tuple[CreditRow, ...]:
    """Credits nobody has dealt with, the oldest first; money held for a visit to come is none of them."""
    rows = [*_free(work), *_on_lines(work), *_of_payers(work)]
    rows.sort(key=lambda row: (row.since_on, row.key))
    return tuple(rows[:limit])


@query(permission="billing.view")
def refund_list(
    work: Work, *, states: tuple[RefundState, ...] = (RefundState.ASKED, RefundState.APPROVED)
) -> tuple[RefundRow, ...]:
    """Refunds in these states, the oldest first."""
    rows = work.session.scalars(select(Refund).where(Refund.state.in_(states)).order_by(Refund.number))
    return _refund_rows(work, rows.all())


def refund_row(work: Work, row: Refund) -> RefundRow:
    """A refund as papers show it."""
    return _refund_rows(work, (row,))[0]


def _refund_rows(work: Work, rows: Sequence[Refund]) -> tuple[RefundRow, ...]:
    payers = _names(work, {row.payer_id for row in rows if row.payer_id is not None})
    named = holders.holders(work, {row.account_id for row in rows if row.account_id is not None})
    waiting = [row for row in rows if row.state in (RefundState.ASKED, RefundState.APPROVED)]
    blocked = refund_left.blocked(work, waiting)
    return tuple(
        _refund(
            work,
            row,
            payers[row.payer_id] if row.payer_id else named[row.account_id or 0].name,
            blocked.get(row.id, ""),
        )
        for row in rows
    )


def _refund(work: Work, row: Refund, payee: str, blocked: str) -> RefundRow:
    is_mine = work.actor.is_person(row.asked_by_id, row.asked_by)
    return RefundRow(
        id=row.id,
        version=row.version,
        number=refunds.said_refund(row.number),
        state=row.state,
        way=row.way,
        payee=payee,
        amount_cents=row.amount_cents,
        reason=row.reason,
        asked_at=work.wall(row.asked_at),
        asked_by=row.asked_by,
        approved_by=row.approved_by,
        paid_by=row.paid_by,
        reference=row.reference,
        ended_by=row.ended_by,
        ended_because=row.ended_because,
        patient_id=row.patient_id,
        may_approve=work.actor.may("billing.refund") and not is_mine and not blocked,
        blocked=blocked,
    )


def _free(work: Work) -> list[CreditRow]:
    """What is left of receipts and held for no visit to come."""
    entry = JournalEntry
    left = -func.sum(entry.amount_cents)
    found = work.session.execute(
        select(entry.account_id, Receipt, entry.appointment_id, left)
        .join(Posting, entry.posting_id == Posting.id)
        .join(Receipt, Posting.receipt_id == Receipt.id)
        .where(entry.account_id.is_not(None), entry.charge_line_id.is_(None))
        .group_by(entry.account_id, Receipt.id, entry.appointment_id)
        .having(left > 0)
    ).all()
    waiting = credits.waiting_visits(work, {visit_id for _, _, visit_id, _ in found if visit_id is not None})
    free: dict[tuple[int, Receipt], int] = {}
    for account_id, receipt, visit_id, cents in found:
        if account_id is not None and visit_id not in waiting:
            free[account_id, receipt] = free.get((account_id, receipt), 0) + int(cents)
    asked, accounts = _asked(work), {account_id for account_id, _ in free}
    named, owed = holders.holders(work, accounts), old_debt.owed_on_lines(work, accounts)
    return [
        CreditRow(
            key=f"receipt:{receipt.id}:{account_id}",
            kind=CreditKind.FREE,
            name=named[account_id].name,
            about=f"Receipt {said_number(receipt.number)}",
            since_on=receipt.received_on,
            left_cents=cents,
            asked_cents=asked.get((receipt.id, account_id, None, None), 0),
            owes_cents=max(0, owed.get(account_id, 0)),
            paid_cents=receipt.total_cents,
            account_id=account_id,
            patient_id=receipt.patient_id,
            receipt_id=receipt.id,
        )
        for (account_id, receipt), cents in free.items()
    ]


def _on_lines(work: Work) -> list[CreditRow]:
    """Lines on which a patient or a payer paid too much; six statements, however many lines."""
    entry = JournalEntry
    owner = case((entry.responsible == Party.PAYER, entry.payer_id))
    owed = func.sum(entry.amount_cents)
    found = work.session.execute(
        select(entry.charge_line_id, owner, owed, func.max(entry.posted_on))
        .join(ChargeLine, entry.charge_line_id == ChargeLine.id)
        .where(ChargeLine.voided_at.is_(None))
        .group_by(entry.charge_line_id, entry.responsible, owner)
        .having(owed < 0)
        .order_by(entry.charge_line_id)
    ).all()
    ids = {line_id for line_id, *_ in found if line_id is not None}
    lines = balances.lines_by_id(work, tuple(ids))
    whose = {
        line_id: (account_id, last_first(last, first))
        for line_id, account_id, last, first in work.session.execute(
            select(ChargeLine.id, ChargeLine.account_id, Patient.legal_last, Patient.legal_first)
            .join(Patient, Patient.id == ChargeLine.patient_id)
            .where(ChargeLine.id.in_(ids))
        )
    }
    named = holders.holders(work, {account_id for account_id, _ in whose.values()})
    payers = _names(work, {payer_id for _, payer_id, *_ in found if payer_id is not None})
    asked = _asked(work)
    rows = []
    for line_id, payer_id, cents, since_on in found:
        line = lines[line_id or 0]
        account_id, patient = whose[line.charge_line_id]
        # What one payer paid for another that still owes is no overpayment.
        left = -max(int(cents), line.payer_cents) if payer_id else credits.movable_cents(line)
        if left <= 0:
            continue
        rows.append(
            CreditRow(
                key=f"line:{line.charge_line_id}:{payer_id or 0}",
                kind=CreditKind.PAYER_LINE if payer_id else CreditKind.OVERPAID,
                name=payers[payer_id] if payer_id else named[account_id].name,
                about=f"{line.label} ({patient})",
                since_on=since_on,
                left_cents=left,
                asked_cents=asked.get((None, None, payer_id, line.charge_line_id), 0) if payer_id else 0,
                owes_cents=0,
                open_cents=line.open_cents,
                account_id=None if payer_id else account_id,
                patient_id=line.patient_id,
                payer_id=payer_id,
                charge_line_id=line.charge_line_id,
            )
        )
    return rows


def _names(work: Work, payer_ids: Collection[int]) -> dict[int, str]:
    return dict(work.session.execute(select(Payer.id, Payer.name).where(Payer.id.in_(payer_ids))).all())


def _of_payers(work: Work) -> list[CreditRow]:
    entry = JournalEntry
    left = -func.sum(entry.amount_cents)
    found = work.session.execute(
        select(Payer.id, Payer.name, left, func.min(entry.posted_on))
        .join(entry, entry.payer_id == Payer.id)
        .where(entry.account_id.is_(None), entry.charge_line_id.is_(None))
        .group_by(Payer.id, Payer.name)
        .having(left > 0)
    )
    asked = _asked(work)
    return [
        CreditRow(
            key=f"payer:{payer_id}",
            kind=CreditKind.PAYER,
            name=name,
            about="On no claim",
            since_on=since_on,
            left_cents=int(cents),
            asked_cents=asked.get((None, None, payer_id, None), 0),
            owes_cents=0,
            payer_id=payer_id,
        )
        for payer_id, name, cents, since_on in found
    ]


def _asked(work: Work) -> dict[tuple[int | None, int | None, int | None, int | None], int]:
    """What is asked for and not paid yet, by receipt and household, payer and line."""
    of = (Refund.receipt_id, Refund.account_id, Refund.payer_id, Refund.charge_line_id)
    found = work.session.execute(
        select(*of, func.sum(Refund.amount_cents))
        .where(Refund.state.in_((RefundState.ASKED, RefundState.APPROVED)))
        .group_by(*of)
    )
    return {(receipt, account, payer, line): int(cents) for receipt, account, payer, line, cents in found}
