"""What one household owes, or has to its credit, becomes another's: a debt moves with its age."""

from collections.abc import Sequence

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.services.billing import aging, balances, credits, journal, moved_debts, plans
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.billing.credits import Credit
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.work import Work

_USED = "Some of it was paid, given up or moved on since. Nothing was moved back."


def _moved_back(done: Performed) -> Undo:
    return Undo(take_back, posting_id=done.result, reason="Undone.")


@command("Move charge to other household", permission="billing.adjust", undo=_moved_back)
def move_line(work: Work, *, charge_line_id: int, to_account_id: int, amount_cents: int, reason: str) -> int:
    """Let another household owe what the patient owes on a line; the posting's id.

    It is a line of its own there, as old as the debt was; the insurer's part stays where it is.
    """
    charge = work.get(ChargeLine, charge_line_id)
    work.concerns(charge.patient_id)
    line = balances.lines_by_id(work, (charge_line_id,))[charge_line_id]
    findings = _move_findings(charge.account_id, to_account_id, amount_cents, reason)
    if not findings and amount_cents > line.patient_cents:
        owed = dollars(max(line.patient_cents, 0))
        findings.append(Finding(f"The patient owes only {owed} here.", "amount_cents"))
    if plans.is_planned(work, charge_line_id):
        findings.append(Finding("This charge is on a payment plan. End the plan first."))
    refuse_if_any(findings)
    there = work.add(_line_there(charge, to_account_id, amount_cents))
    work.flush()
    leaves = Entry(EntryKind.ACCOUNT_TRANSFER, -amount_cents, Party.PATIENT, charge_line_id=charge_line_id)
    arrives = _as_old_as(work, line, there.id, amount_cents)
    return journal.post(
        work,
        Draft(
            PostingKind.ACCOUNT_TRANSFER,
            (leaves, *arrives),
            reason=moved_debts.said(work, charge.account_id, to_account_id, reason),
        ),
    )


@command("Move credit to other household", permission="billing.adjust", undo=_moved_back)
def move_credit(
    work: Work,
    *,
    receipt_id: int,
    account_id: int,
    appointment_id: int | None,
    to_account_id: int,
    amount_cents: int,
    reason: str,
) -> int:
    """Let another household have what is left of a receipt, held for the same visit; the posting's id."""
    found = _credit(work, account_id, receipt_id, appointment_id)
    left = sum(each.left_cents for each in found)
    findings = _move_findings(account_id, to_account_id, amount_cents, reason)
    if not findings and amount_cents > left:
        findings.append(Finding(f"Only {dollars(left)} of this receipt is left.", "amount_cents"))
    refuse_if_any(findings)
    entries: list[Entry] = []
    for credit in found:
        work.concerns(credit.patient_id)
        part = min(amount_cents, credit.left_cents)
        amount_cents -= part
        entries += _handed_over(credit, part, to_account_id) if part else []
    posting_id = journal.post(
        work,
        Draft(
            PostingKind.ACCOUNT_TRANSFER,
            tuple(entries),
            reason=moved_debts.said(work, account_id, to_account_id, reason),
            receipt_id=receipt_id,
        ),
    )
    credits.apply_held(work, account_id=to_account_id)
    return posting_id


@command(
    "Move back to the household before",
    permission="billing.adjust",
    undo=irreversible("Move it to the other household again."),
)
def take_back(work: Work, *, posting_id: int, reason: str) -> int:
    """Mirror a move, as long as nothing was done with it at the other household; the mirror's id."""
    posting = work.get(Posting, posting_id)
    if posting.kind is not PostingKind.ACCOUNT_TRANSFER or posting.reverses_id is not None:
        raise Refused(Finding("This was not moved from another household."))
    if work.session.scalar(select(Posting.id).where(Posting.reverses_id == posting_id)) is not None:
        raise Refused(Finding("This was moved back already."))
    refuse_if_any([] if reason.strip() else [Finding("Give the reason.", "reason")])
    entries = work.session.scalars(
        select(JournalEntry).where(JournalEntry.posting_id == posting_id).order_by(JournalEntry.id)
    ).all()
    for entry in entries:
        if entry.patient_id is not None:
            work.concerns(entry.patient_id)
    for line_id in {entry.charge_line_id for entry in entries if entry.amount_cents > 0}:
        if line_id is not None:
            _end_line(work, line_id, entries, reason)
    for entry in entries:
        if entry.charge_line_id is None and entry.amount_cents < 0:
            _refuse_if_used(work, posting, entry)
    return journal.reverse(work, posting_id=posting_id, kind=PostingKind.ACCOUNT_TRANSFER, reason=reason)


def refuse_if_moved(work: Work, line: ChargeLine) -> None:
    """A charge is voided where it was made, and once all of it is there again."""
    if line.moved_from_id is not None:
        raise Refused(Finding("This came from another household. Move it back there, and void it there."))
    if cents := sum(moved_debts.moved(work, (line.id,)).values()):
        raise Refused(
            Finding(f"{dollars(cents)} of this charge is another household's now. Move it back first.")
        )


def _move_findings(from_id: int, to_id: int, cents: int, reason: str) -> list[Finding]:
    findings = amount_finding(cents, "amount_cents")
    if from_id == to_id:
        findings.append(Finding("It is on this household already. Choose another.", "to_account_id"))
    if not reason.strip():
        findings.append(Finding("Give the reason.", "reason"))
    return findings


def _line_there(charge: ChargeLine, to_account_id: int, cents: int) -> ChargeLine:
    return ChargeLine(
        patient_id=charge.patient_id,
        account_id=to_account_id,
        provider_id=charge.provider_id,
        service_on=charge.service_on,
        place=charge.place,
        code=charge.code,
        label=charge.label,
        modifiers=charge.modifiers,
        units=charge.units,
        amount_cents=cents,
        place_of_service=charge.place_of_service,
        is_fee=charge.is_fee,
        moved_from_id=charge.id,
    )


def _as_old_as(work: Work, line: LineBalance, there_id: int, cents: int) -> list[Entry]:
    """One entry for each day since which a part of it is owed, the oldest first."""
    entries = []
    whose = (JournalEntry.charge_line_id == line.charge_line_id, JournalEntry.responsible == Party.PATIENT)
    for debt in aging.debts_where(work, journal.open_day(work), whose):
        part = min(cents, debt.cents)
        cents -= part
        if part > 0:
            entries.append(
                Entry(
                    EntryKind.ACCOUNT_TRANSFER,
                    part,
                    Party.PATIENT,
                    charge_line_id=there_id,
                    aged_from_on=debt.since_on,
                )
            )
    return entries


def _handed_over(credit: Credit, cents: int, to_account_id: int) -> list[Entry]:
    return [
        Entry(
            EntryKind.ACCOUNT_TRANSFER,
            amount,
            Party.PATIENT,
            account_id=account_id,
            patient_id=credit.patient_id,
            appointment_id=credit.appointment_id,
        )
        for account_id, amount in ((credit.account_id, cents), (to_account_id, -cents))
    ]


def _credit(work: Work, account_id: int, receipt_id: int, appointment_id: int | None) -> list[Credit]:
    return [
        each
        for each in credits.of_account(work, account_id=account_id)
        if (each.receipt_id, each.appointment_id) == (receipt_id, appointment_id)
    ]


def _end_line(work: Work, line_id: int, entries: Sequence[JournalEntry], reason: str) -> None:
    """The line at the other household is void; raises Refused once anything was done with it."""
    line = balances.lines_by_id(work, (line_id,))[line_id]
    arrived = sum(entry.amount_cents for entry in entries if entry.charge_line_id == line_id)
    untouched = (arrived, 0, 0) == (line.patient_cents, line.patient_paid_cents, line.adjusted_cents)
    if not untouched or plans.is_planned(work, line_id):
        raise Refused(Finding(_USED))
    there = work.get(ChargeLine, line_id)
    there.voided_at, there.void_reason = work.now, reason.strip()
    work.flush()


def _refuse_if_used(work: Work, posting: Posting, entry: JournalEntry) -> None:
    assert entry.account_id is not None
    found = _credit(work, entry.account_id, posting.receipt_id or 0, entry.appointment_id)
    left = sum(each.left_cents for each in found if each.patient_id == entry.patient_id)
    if left < -entry.amount_cents:
        raise Refused(Finding(_USED))
