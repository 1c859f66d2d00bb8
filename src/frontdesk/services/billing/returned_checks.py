"""A check that the bank sends back: what it paid is owed again, from today, with the office's fee for it.

The receipt stands, for the money was taken and went to the bank; a posting of today takes the check's part
back. So the drawer, the deposit and a sealed day stay as they were.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt, ReceiptTender, TenderKind
from frontdesk.models.billing.returned_check import LONGEST_NOTE, NoChecks, ReturnedCheck
from frontdesk.models.billing.returned_check import ReturnReason as ReturnReason
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import charges, credits, journal, no_checks, statement_rules
from frontdesk.services.billing.credits import Credit
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.no_checks import Marked
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_returned_check_tender", "Another desk has just entered that this check came back.")
says("append_only_returned_check", "That a check came back stays on record. Say that it was paid after all.")
says("ck_returned_check_note", f"A note has at most {LONGEST_NOTE} characters. Shorten it.", field="note")


@dataclass(frozen=True, slots=True)
class TakenCheck:
    """A check of a household: whether it came back, or may."""

    tender_id: int
    receipt_id: int
    receipt: str
    received_on: date
    patient: str
    check_number: str
    check_bank: str
    amount_cents: int
    returned_id: int | None = None
    returned_on: date | None = None
    because: str = ""
    """Why it came back; empty while it has not."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks that may come back, or did, the newest first; and what the office asks for one."""

    checks: tuple[TakenCheck, ...]
    fee_cents: int
    marked: Marked | None
    """That no checks are taken from the household any more."""


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """What the bank said of a check, and what the office makes of it."""

    tender_id: int
    because: ReturnReason
    note: str = ""
    fee_cents: int = 0
    """The office's fee as it was shown; nothing where none is asked."""
    no_checks: bool = False
    """Whether the desk is asked before it takes another check of the household."""


@query(permission="billing.view")
def checks(work: Work, *, account_id: int | None = None, receipt_id: int | None = None) -> Checks:
    """A household's checks that went to the bank, or those of one receipt; voided receipts are left out."""
    if receipt_id is not None:
        account_id = work.get(Receipt, receipt_id).account_id
    assert account_id is not None, "a household or a receipt is named"
    voided = select(Posting.receipt_id).where(
        Posting.kind == PostingKind.RECEIPT_VOID, Posting.receipt_id == Receipt.id
    )
    wanted = (
        select(ReceiptTender, Receipt, Patient.legal_first, Patient.legal_last)
        .join(Receipt, Receipt.id == ReceiptTender.receipt_id)
        .join(Patient, Patient.id == Receipt.patient_id)
        .where(
            Receipt.account_id == account_id,
            ReceiptTender.kind == TenderKind.CHECK,
            Receipt.received_on < work.today,
            ~voided.exists(),
        )
        .order_by(Receipt.number.desc(), ReceiptTender.id)
    )
    if receipt_id is not None:
        wanted = wanted.where(Receipt.id == receipt_id)
    found = work.session.execute(wanted).all()
    back = standing(work, {tender.id for tender, *_ in found})
    rows = tuple(
        _view(work, tender, receipt, first_last(first, last), back.get(tender.id))
        for tender, receipt, first, last in found
    )
    return Checks(rows, statement_rules.rules(work).returned_check_cents, no_checks.marked(work, account_id))


def _paid_after_all(done: Performed) -> Undo:
    return Undo(take_back, returned_id=done.result, reason="Undone.")


@command("Enter returned check", permission="billing.take_payment", undo=_paid_after_all)
def record(work: Work, *, draft: ReturnDraft) -> int:
    """Take a check back that the bank did not pay: its part of the receipt is owed again; the row's id.

    What it shares a receipt with keeps paying, the first lines of the receipt before the later ones. What
    of the check was refunded already cannot come off the credit: it is owed as a charge.
    """
    tender = work.get(ReceiptTender, draft.tender_id)
    receipt = work.get(Receipt, tender.receipt_id)
    work.concerns(receipt.patient_id)
    refuse_if_any([*_check_findings(work, tender, receipt), *_draft_findings(work, draft)])
    reason = f"Check {tender.check_number}: {no_checks.said(draft.because, draft.note)}"
    refunded = _refunded_cents(work, receipt)
    applied = credits.applications_of(work, receipt.id)
    credits.take_off_everywhere(work, receipt_id=receipt.id, reason=reason)
    cents = min(tender.amount_cents, sum(each.left_cents for each in _left(work, receipt)))
    posting_id = _taken_back(work, receipt, cents, reason) if cents else None
    credits.apply_again(work, applied)
    row = ReturnedCheck(
        tender_id=tender.id,
        because=draft.because,
        note=draft.note.strip(),
        posting_id=posting_id,
        at=work.now,
        done_by=work.actor.name,
    )
    if draft.fee_cents:
        row.fee_line_id = _owed(work, receipt, f"Returned check {tender.check_number}", draft.fee_cents)
    if cents < tender.amount_cents:
        assert refunded, "what of a receipt is not left was refunded"
        words = f"Refund of check {tender.check_number}, which came back"
        row.refunded_line_id = _owed(work, receipt, words, tender.amount_cents - cents)
    row_id = work.add(row).id
    work.flush()
    if draft.no_checks and no_checks.marked(work, receipt.account_id) is None:
        no_checks.mark(work, account_id=receipt.account_id, returned_check_id=row_id)
    return row_id


@command(
    "Returned check was paid after all",
    permission="billing.take_payment",
    undo=irreversible("Enter again that the check came back."),
)
def take_back(work: Work, *, returned_id: int, reason: str) -> None:
    """The bank paid it the second time, or it was another check: it pays again what it had paid.

    What is paid from elsewhere meanwhile stays so, and the money to the credit. The fee is voided, and a
    mark that came with it ends.
    """
    row = work.get(ReturnedCheck, returned_id)
    tender = work.get(ReceiptTender, row.tender_id)
    receipt = work.get(Receipt, tender.receipt_id)
    work.concerns(receipt.patient_id)
    if row.ended_at is not None:
        raise Refused(Finding("This check was paid after all already."))
    refuse_if_any(words_findings(reason, "reason", most=LONGEST_NOTE, wanted="Say how the office knows."))
    if row.posting_id is not None:
        taken_off_at = work.get(Posting, row.posting_id).posted_at
        journal.reverse(work, posting_id=row.posting_id, kind=PostingKind.CHECK_RETURN, reason=reason)
        work.flush()
        credits.apply_again(work, credits.applications_of(work, receipt.id, taken_off_at=taken_off_at))
        credits.apply_held(work, account_id=receipt.account_id)
    for line_id in (row.fee_line_id, row.refunded_line_id):
        if line_id is not None and work.get(ChargeLine, line_id).voided_at is None:
            charges.void(work, charge_line_id=line_id, reason=reason)
    for mark in work.session.scalars(
        select(NoChecks).where(NoChecks.returned_check_id == row.id, NoChecks.ended_at.is_(None))
    ):
        mark.ended_at = work.now
    row.ended_at, row.ended_because = work.now, reason.strip()
    work.flush()


def returned_cents(work: Work, receipt_ids: Collection[int]) -> dict[int, int]:
    """What of each receipt the bank did not pay, in cents; receipts of which all was paid are left out."""
    work.flush()
    found = work.session.execute(
        select(ReceiptTender.receipt_id, func.sum(ReceiptTender.amount_cents))
        .join(ReturnedCheck, ReturnedCheck.tender_id == ReceiptTender.id)
        .where(ReceiptTender.receipt_id.in_(receipt_ids), ReturnedCheck.ended_at.is_(None))
        .group_by(ReceiptTender.receipt_id)
    )
    return {receipt_id: int(cents) for receipt_id, cents in found}


def standing(work: Work, tender_ids: Collection[int]) -> dict[int, ReturnedCheck]:
    """By tender, that it came back, unless it was paid after all."""
    work.flush()
    found = work.session.scalars(
        select(ReturnedCheck).where(ReturnedCheck.tender_id.in_(tender_ids), ReturnedCheck.ended_at.is_(None))
    )
    return {row.tender_id: row for row in found}


def is_at_bank(work: Work, receipt: Receipt) -> bool:
    """Whether its checks may have gone to the bank: what was taken today is still in the drawer."""
    return receipt.received_on < work.today


def _check_findings(work: Work, tender: ReceiptTender, receipt: Receipt) -> list[Finding]:
    number = said_number(receipt.number)
    if tender.kind is not TenderKind.CHECK:
        return [Finding("Only a check comes back from the bank.")]
    voided = select(Posting.id).where(
        Posting.receipt_id == receipt.id, Posting.kind == PostingKind.RECEIPT_VOID
    )
    if work.session.scalar(voided) is not None:
        return [Finding(f"Receipt {number} was voided before. Nothing of it counts.")]
    if standing(work, {tender.id}):
        return [Finding(f"Check {tender.check_number} came back already.")]
    if not is_at_bank(work, receipt):
        return [Finding("This check is still in the drawer. Void the receipt instead.")]
    credit_moved = select(Posting.id).where(
        Posting.receipt_id == receipt.id,
        Posting.kind == PostingKind.ACCOUNT_TRANSFER,
        Posting.reverses_id.is_(None),
        Posting.id.not_in(select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))),
    )
    if _refunded_cents(work, receipt) and work.session.scalar(credit_moved.limit(1)) is not None:
        return [
            Finding(
                f"Receipt {number} was refunded, and credit of it moved to another household. "
                "Void the refund, or move the credit back first."
            )
        ]
    return []


def _draft_findings(work: Work, draft: ReturnDraft) -> list[Finding]:
    is_other = draft.because is ReturnReason.OTHER
    findings = words_findings(
        draft.note,
        "note",
        most=LONGEST_NOTE,
        wanted="Write what the bank says." if is_other else "",
        what="A note",
    )
    fee = statement_rules.rules(work).returned_check_cents
    if draft.fee_cents not in (0, fee):
        findings.append(Finding(f"The office asks {dollars(fee)} for it by now. Look again.", "fee_cents"))
    return findings


def _refunded_cents(work: Work, receipt: Receipt) -> int:
    refunded = work.session.scalar(
        select(func.sum(JournalEntry.amount_cents))
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .where(Posting.receipt_id == receipt.id, JournalEntry.kind == EntryKind.REFUND)
    )
    return int(refunded or 0)


def _left(work: Work, receipt: Receipt) -> list[Credit]:
    """What is on no line, of each household whose debt the receipt paid; first what it was for first."""
    whose = work.session.scalars(
        select(JournalEntry.account_id)
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .where(Posting.receipt_id == receipt.id, Posting.kind == PostingKind.RECEIPT)
        .order_by(JournalEntry.id)
    )
    found = [
        each
        for account_id in dict.fromkeys(whose)
        if account_id is not None
        for each in credits.of_account(work, account_id=account_id)
    ]
    return [each for each in found if each.receipt_id == receipt.id]


def _taken_back(work: Work, receipt: Receipt, cents: int, reason: str) -> int:
    """The posting that takes so much of a receipt back, the last things it was for before the first."""
    entries = []
    for credit in reversed(_left(work, receipt)):
        part = min(cents, credit.left_cents)
        if part:
            cents -= part
            work.concerns(credit.patient_id)
            entries.append(
                Entry(
                    EntryKind.UNAPPLIED,
                    part,
                    Party.PATIENT,
                    account_id=credit.account_id,
                    patient_id=credit.patient_id,
                    appointment_id=credit.appointment_id,
                )
            )
    draft = Draft(PostingKind.CHECK_RETURN, tuple(entries), reason=reason, receipt_id=receipt.id)
    return journal.post(work, draft)


def _owed(work: Work, receipt: Receipt, label: str, cents: int) -> int:
    """A charge on the household that paid by the check, whoever pays for the patient by now."""
    return charges.charge_fee(work, receipt.patient_id, receipt.account_id, label, cents, work.today)


def _view(
    work: Work, tender: ReceiptTender, receipt: Receipt, patient: str, back: ReturnedCheck | None
) -> TakenCheck:
    return TakenCheck(
        tender_id=tender.id,
        receipt_id=receipt.id,
        receipt=said_number(receipt.number),
        received_on=receipt.received_on,
        patient=patient,
        check_number=tender.check_number,
        check_bank=tender.check_bank,
        amount_cents=tender.amount_cents,
        returned_id=None if back is None else back.id,
        returned_on=None if back is None else work.wall(back.at).date(),
        because="" if back is None else no_checks.said(back.because, back.note),
    )
