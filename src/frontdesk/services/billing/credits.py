"""Money of a household that is on no line: held for a visit, kept as a credit, applied, freed."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances, journal
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Credit:
    """What is left of one receipt; for one visit, or for whatever comes."""

    receipt_id: int
    account_id: int
    patient_id: int
    appointment_id: int | None
    left_cents: int


@query(permission="billing.view")
def of_account(work: Work, *, account_id: int) -> tuple[Credit, ...]:
    """A household's credits, the oldest first; of a receipt, what is free before what is held for a visit."""
    entry = JournalEntry
    found = work.session.execute(
        select(Posting.receipt_id, entry.patient_id, entry.appointment_id, -func.sum(entry.amount_cents))
        .join(Posting, entry.posting_id == Posting.id)
        .where(
            entry.account_id == account_id, entry.charge_line_id.is_(None), Posting.receipt_id.is_not(None)
        )
        .group_by(Posting.receipt_id, entry.patient_id, entry.appointment_id)
        .having(func.sum(entry.amount_cents) < 0)
        .order_by(Posting.receipt_id, entry.patient_id, entry.appointment_id.nulls_first())
    )
    return tuple(
        Credit(receipt_id, account_id, patient_id, appointment_id, int(left))
        for receipt_id, patient_id, appointment_id, left in found
        if receipt_id is not None and patient_id is not None
    )


def waiting_visits(work: Work, appointment_ids: Collection[int]) -> set[int]:
    """Which of these visits still hold their money: to come, not charged, or not decided by the insurer."""
    entry, line = JournalEntry, ChargeLine
    started = dict(
        work.session.execute(
            select(Appointment.id, Appointment.starts).where(Appointment.id.in_(appointment_ids))
        ).all()
    )
    with_payer: dict[int, bool] = {}
    for appointment_id, cents in work.session.execute(
        select(line.appointment_id, func.sum(case((entry.responsible == Party.PAYER, entry.amount_cents))))
        .join(entry, entry.charge_line_id == line.id)
        .where(line.appointment_id.in_(appointment_ids), line.voided_at.is_(None))
        .group_by(line.id)
    ):
        if appointment_id is not None:
            with_payer[appointment_id] = with_payer.get(appointment_id, False) or bool(cents and cents > 0)
    return {
        appointment_id
        for appointment_id, starts in started.items()
        if starts.date() >= work.today or with_payer.get(appointment_id, True)
    }


def apply(work: Work, credit: Credit, line: LineBalance, cents: int, posted_on: date | None = None) -> int:
    """Put a part of a credit on a line; the posting's id."""
    return journal.post(work, application(credit, line, cents, posted_on))


def application(credit: Credit, line: LineBalance, cents: int, posted_on: date | None = None) -> Draft:
    """The posting that moves money from a credit to a line. One line each, so that it reverses whole."""
    return Draft(
        PostingKind.APPLICATION,
        (
            Entry(
                EntryKind.UNAPPLIED,
                cents,
                Party.PATIENT,
                account_id=credit.account_id,
                patient_id=credit.patient_id,
                appointment_id=credit.appointment_id,
            ),
            Entry(EntryKind.PAYMENT, -cents, Party.PATIENT, charge_line_id=line.charge_line_id),
        ),
        receipt_id=credit.receipt_id,
        posted_on=posted_on,
    )


def apply_held(work: Work, *, account_id: int, posted_on: date | None = None) -> int:
    """Put money held for visits on what the patient owes of those visits; the cents applied.

    Call it whenever a patient's part appears: at charge entry and after a remittance is posted.
    What the insurer has not decided yet stays held.
    """
    work.flush()
    applied = 0
    for credit in of_account(work, account_id=account_id):
        if credit.appointment_id is None:
            continue
        left = credit.left_cents
        for line in balances.lines_of_visit(work, appointment_id=credit.appointment_id):
            cents = min(left, line.patient_cents)
            if cents > 0:
                apply(work, credit, line, cents, posted_on)
                left -= cents
                applied += cents
    return applied


def movable_cents(line: LineBalance) -> int:
    """What the patient paid too much on a line.

    An insurer's overpayment never counts, nor what the office wrote off: it is not theirs.
    """
    return max(0, min(-line.patient_cents, line.patient_paid_cents))


def free_overpaid(work: Work, *, charge_line_id: int) -> int:
    """Turn what the patient paid too much on a line back into a credit; the cents freed."""
    return free_overpaid_on(work, (charge_line_id,))


def free_overpaid_on(work: Work, charge_line_ids: Sequence[int]) -> int:
    """The same on many lines, read together; the cents freed."""
    lines = balances.lines_by_id(work, tuple(charge_line_ids))
    return sum(_free(work, lines[line]) for line in charge_line_ids if movable_cents(lines[line]))


def _free(work: Work, line: LineBalance) -> int:
    too_much = left = movable_cents(line)
    for posting_id, receipt_id, cents in reversed(_applications(work, line.charge_line_id)):
        if left <= 0:
            break
        _take_off(work, posting_id, "The patient paid too much on this line.")
        kept = cents - min(cents, left)
        left -= cents - kept
        if kept:
            apply(work, _came_from(work, posting_id, receipt_id, kept), line, kept)
    return too_much


def free_line(work: Work, *, charge_line_id: int, reason: str) -> None:
    """Take every application off a line; the money stays to the household's credit."""
    for posting_id, _, _ in _applications(work, charge_line_id):
        _take_off(work, posting_id, reason)


def free_receipt(work: Work, *, receipt_id: int, reason: str) -> None:
    """Take a receipt's money off every line and back from other households, with what was given up for it.

    Raises Refused when a part of it was refunded.
    """
    refunded = work.session.scalar(
        select(func.sum(JournalEntry.amount_cents))
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .where(Posting.receipt_id == receipt_id, JournalEntry.kind == EntryKind.REFUND)
    )
    if refunded:
        raise Refused(
            Finding(f"{dollars(int(refunded))} of this receipt was refunded. It can no longer be voided.")
        )
    take_off_everywhere(work, receipt_id=receipt_id, reason=reason)


def take_off_everywhere(work: Work, *, receipt_id: int, reason: str) -> None:
    """The same, whether a part of it was refunded or not."""
    back = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    standing = work.session.execute(
        select(Posting.id, Posting.kind)
        .where(
            Posting.receipt_id == receipt_id,
            Posting.kind.in_([PostingKind.APPLICATION, PostingKind.WRITE_OFF, PostingKind.ACCOUNT_TRANSFER]),
            Posting.reverses_id.is_(None),
            Posting.id.not_in(back),
        )
        .order_by(Posting.id)
    )
    for posting_id, kind in standing.all():
        journal.reverse(work, posting_id=posting_id, kind=kind, reason=reason)


def applications_of(
    work: Work, receipt_id: int, *, taken_off_at: datetime | None = None
) -> list[tuple[Credit, int]]:
    """What of a receipt is on which line, as a credit of so much; or what was taken off at one moment.

    In the order in which it was put there.
    """
    off = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    if taken_off_at is not None:
        off = off.where(Posting.receipt_id == receipt_id, Posting.posted_at == taken_off_at)
    paid = aliased(JournalEntry)
    found = work.session.execute(
        select(
            JournalEntry.account_id,
            JournalEntry.patient_id,
            JournalEntry.appointment_id,
            JournalEntry.amount_cents,
            paid.charge_line_id,
        )
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .join(paid, paid.posting_id == Posting.id)
        .where(
            Posting.receipt_id == receipt_id,
            Posting.kind == PostingKind.APPLICATION,
            Posting.reverses_id.is_(None),
            Posting.id.not_in(off) if taken_off_at is None else Posting.id.in_(off),
            JournalEntry.kind == EntryKind.UNAPPLIED,
            paid.kind == EntryKind.PAYMENT,
        )
        .order_by(Posting.id)
    )
    return [
        (Credit(receipt_id, account_id, patient_id, appointment_id, int(cents)), line_id)
        for account_id, patient_id, appointment_id, cents, line_id in found
        if account_id is not None and patient_id is not None and line_id is not None
    ]


def apply_again(work: Work, applied: Collection[tuple[Credit, int]]) -> None:
    """Put credits on the lines where they were, as far as they are there and the lines are owed.

    What of the same receipt is on a line still is not put there twice.
    """
    still: Counter[int] = Counter()
    for receipt_id in {was.receipt_id for was, _ in applied}:
        for each, line_id in applications_of(work, receipt_id):
            still[line_id] += each.left_cents
    for was, line_id in applied:
        work.flush()
        key = (was.receipt_id, was.patient_id, was.appointment_id)
        there = min(was.left_cents, still[line_id])
        still[line_id] -= there
        left = sum(
            each.left_cents
            for each in of_account(work, account_id=was.account_id)
            if (each.receipt_id, each.patient_id, each.appointment_id) == key
        )
        line = balances.lines_by_id(work, (line_id,))[line_id]
        cents = 0 if line.is_void else min(was.left_cents - there, left, line.patient_cents)
        if cents > 0:
            apply(work, was, line, cents)


def _applications(work: Work, charge_line_id: int) -> list[tuple[int, int, int]]:
    """Posting, receipt and cents of what patients paid on a line and was not taken off again."""
    back = select(JournalEntry.reverses_id).where(JournalEntry.reverses_id.is_not(None))
    found = work.session.execute(
        select(Posting.id, Posting.receipt_id, -JournalEntry.amount_cents)
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .where(
            JournalEntry.charge_line_id == charge_line_id,
            JournalEntry.kind == EntryKind.PAYMENT,
            Posting.kind == PostingKind.APPLICATION,
            JournalEntry.reverses_id.is_(None),
            JournalEntry.id.not_in(back),
        )
        .order_by(Posting.id)
    )
    return [(posting_id, receipt_id or 0, int(cents)) for posting_id, receipt_id, cents in found]


def _take_off(work: Work, posting_id: int, reason: str) -> None:
    journal.reverse(work, posting_id=posting_id, kind=PostingKind.APPLICATION, reason=reason)


def _came_from(work: Work, posting_id: int, receipt_id: int, cents: int) -> Credit:
    """The credit that an application was taken from: its household, its patient, its visit."""
    account_id, patient_id, appointment_id = work.session.execute(
        select(JournalEntry.account_id, JournalEntry.patient_id, JournalEntry.appointment_id).where(
            JournalEntry.posting_id == posting_id, JournalEntry.kind == EntryKind.UNAPPLIED
        )
    ).one()
    assert account_id is not None
    assert patient_id is not None
    return Credit(receipt_id, account_id, patient_id, appointment_id, cents)
