"""Money at the desk: taken against a receipt, voided by its mirror, given back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, Party, Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances, credits, drawers, journal, parties, returned_checks, tenders
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.billing.cards import card_finding
from frontdesk.services.billing.credits import Credit
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.payment_checks import (
    allocation_findings,
    no_check_findings,
    owes_only,
    patient_findings,
    twice_findings,
)
from frontdesk.services.billing.payment_checks import said_number as said_number
from frontdesk.services.billing.tenders import Payment as Payment
from frontdesk.services.billing.tenders import Tender as Tender
from frontdesk.services.billing.tenders import TenderKind as TenderKind
from frontdesk.services.command import command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_receipt_number", "Another desk took this receipt number. Record the payment again.")
says("drawer_is_counted", "This drawer was counted for the day. The payment belongs on the next day.")
says("receipt_of_sealed_day", "That day is closed. The payment belongs on the next open day.")
says("receipt_is_complete", "A receipt is not changed. Void it and take the payment again.")
says("receipt_sums", "The tenders do not add up to the receipt. Nothing was recorded.")
says("append_only_receipt", "A receipt is not changed. Void it and take the payment again.")
says("append_only_receipt_tender", "A receipt is not changed. Void it and take the payment again.")


@dataclass(frozen=True, slots=True)
class Taken:
    """The receipt of a payment, and the change to give."""

    receipt_id: int
    number: str
    total_cents: int
    change_cents: int
    counts_on: date
    """The day in the books: after the drawer is counted or the day is closed, the next."""


@command(
    "Take payment",
    permission="billing.take_payment",
    undo=irreversible("A receipt is voided with a reason, never undone."),
)
def take(work: Work, *, payment: Payment) -> Taken:
    """Record a payment and apply it; all that is wrong with it is refused at once."""
    work.concerns(payment.patient_id)
    for_whom = patient_findings(work, payment)
    refuse_if_any([finding for finding in for_whom if not finding.overridable])
    account_id = parties.account_of(work, payment.patient_id, work.today)
    for_whom += no_check_findings(work, payment, account_id)
    lines = balances.lines_by_id(
        work, tuple(a.charge_line_id for a in payment.allocations if a.charge_line_id is not None)
    )
    findings = [
        *for_whom,
        *tenders.tender_findings(payment.tenders),
        *tenders.note_findings(payment),
    ]
    # The same senseless amount stands on both sides; it is said once.
    known = {finding.message for finding in findings}
    allocated = allocation_findings(work, payment, account_id, lines)
    findings += [finding for finding in allocated if finding.message not in known]
    refuse_if_any(findings or twice_findings(work, payment))
    return record(work, payment, account_id, drawers.here(work))


def record(work: Work, payment: Payment, account_id: int, drawer: CashDrawer) -> Taken:
    """What `take` and an agency's payment do once nothing is wrong with it."""
    lines = balances.lines_by_id(
        work, tuple(a.charge_line_id for a in payment.allocations if a.charge_line_id is not None)
    )
    whose = {id(each): _whose(work, payment, each, lines) for each in payment.allocations}
    work.concerns(*whose.values())
    receipt = _receipt(work, payment, account_id, drawer)
    journal.post(
        work,
        Draft(
            PostingKind.RECEIPT,
            tuple(
                Entry(
                    EntryKind.UNAPPLIED,
                    -allocation.amount_cents,
                    Party.PATIENT,
                    account_id=allocation.account_id or account_id,
                    patient_id=whose[id(allocation)],
                    appointment_id=allocation.appointment_id,
                )
                for allocation in payment.allocations
            ),
            receipt_id=receipt.id,
            posted_on=receipt.received_on,
        ),
    )
    journal.post_all(
        work,
        [
            credits.application(
                Credit(
                    receipt.id,
                    allocation.account_id or account_id,
                    whose[id(allocation)],
                    allocation.appointment_id,
                    allocation.amount_cents,
                ),
                lines[allocation.charge_line_id],
                allocation.amount_cents,
                receipt.received_on,
            )
            for allocation in payment.allocations
            if allocation.charge_line_id is not None
        ],
    )
    # A copay of a visit that is charged already goes on its lines at once.
    credits.apply_held(work, account_id=account_id, posted_on=receipt.received_on)
    change = sum(tender.change_cents for tender in payment.tenders)
    return Taken(receipt.id, said_number(receipt.number), receipt.total_cents, change, receipt.received_on)


@command(
    "Void receipt",
    permission="billing.void",
    undo=irreversible("A voided receipt stays void; take the payment again."),
)
def void(work: Work, *, receipt_id: int, reason: str) -> int:
    """Reverse a receipt and everything its money was applied to; cash goes back from its drawer."""
    receipt = work.get(Receipt, receipt_id)
    work.concerns(receipt.patient_id)
    findings = [] if reason.strip() else [Finding("Say why the receipt is voided.", "reason")]
    refuse_if_any(findings + card_finding(reason, "reason"))
    first = work.session.scalar(
        select(Posting.id).where(Posting.receipt_id == receipt_id, Posting.kind == PostingKind.RECEIPT)
    )
    assert first is not None, "every receipt is posted"
    if work.session.scalar(select(Posting.id).where(Posting.reverses_id == first)):
        raise Refused(Finding(f"Receipt {said_number(receipt.number)} was voided before."))
    if returned_checks.returned_cents(work, (receipt_id,)):
        raise Refused(
            Finding(
                f"The bank did not pay a check of receipt {said_number(receipt.number)}. "
                "If it did after all, enter that first."
            )
        )
    credits.free_receipt(work, receipt_id=receipt_id, reason=reason)
    return journal.reverse(
        work,
        posting_id=first,
        kind=PostingKind.RECEIPT_VOID,
        reason=reason,
        posted_on=drawers.open_day(work, receipt.drawer_id),
    )


@command(
    "Apply credit",
    permission="billing.take_payment",
    undo=irreversible("The ledger keeps every entry; free the line instead."),
)
def apply_credit(work: Work, *, receipt_id: int, charge_line_id: int, amount_cents: int) -> int:
    """Put a part of what is left of a receipt on an open line of the same household."""
    receipt = work.get(Receipt, receipt_id)
    charge = work.get(ChargeLine, charge_line_id)
    work.concerns(receipt.patient_id, charge.patient_id)
    line = balances.lines_by_id(work, (charge_line_id,))[charge_line_id]
    left = [c for c in credits.of_account(work, account_id=charge.account_id) if c.receipt_id == receipt_id]
    findings = amount_finding(amount_cents, "amount_cents")
    if not left and charge.account_id != receipt.account_id:
        findings.append(Finding("This charge belongs to another household.", "charge_line_id"))
    elif not findings and amount_cents > line.patient_cents:
        findings.append(owes_only(line))
    if not findings and amount_cents > max((c.left_cents for c in left), default=0):
        most = dollars(max((c.left_cents for c in left), default=0))
        findings.append(Finding(f"Only {most} of this receipt is left.", "amount_cents"))
    refuse_if_any(findings)
    credit = next(c for c in left if c.left_cents >= amount_cents)
    return credits.apply(work, credit, line, amount_cents)


@command(
    "Free overpaid line",
    permission="billing.adjust",
    undo=irreversible("The freed money stays to the household's credit; apply it again."),
)
def free_overpaid(work: Work, *, charge_line_id: int) -> int:
    """Turn what a patient paid too much on a line into a credit; the cents freed."""
    work.concerns(work.get(ChargeLine, charge_line_id).patient_id)
    freed = credits.free_overpaid(work, charge_line_id=charge_line_id)
    if not freed:
        raise Refused(Finding("The patient has not paid too much here. An insurer's overpayment stays."))
    return freed


def _whose(work: Work, payment: Payment, allocation: Allocation, lines: dict[int, LineBalance]) -> int:
    # One parent may pay for all children: the money counts for the child whose line or visit it is.
    if line := lines.get(allocation.charge_line_id or 0):
        return line.patient_id
    if allocation.appointment_id is not None:
        return work.get(Appointment, allocation.appointment_id).patient_id
    return allocation.patient_id or payment.patient_id


def _receipt(work: Work, payment: Payment, account_id: int, drawer: CashDrawer) -> Receipt:
    receipt = Receipt(
        id=work.new_id(),
        number=work.next_number("receipt"),
        account_id=account_id,
        patient_id=payment.patient_id,
        appointment_id=payment.appointment_id,
        drawer_id=drawer.id,
        received_on=drawers.open_day(work, drawer.id),
        received_at=work.now,
        received_by=work.actor.name,
        total_cents=tenders.total(payment.tenders),
        note=tenders.said_note(payment),
    )
    for tender in payment.tenders:
        cash = tender.kind is TenderKind.CASH
        work.add(
            ReceiptTender(
                receipt_id=receipt.id,
                kind=tender.kind,
                amount_cents=tender.amount_cents,
                tendered_cents=(tender.tendered_cents or tender.amount_cents) if cash else None,
                check_number=tender.check_number.strip(),
                check_bank=tender.check_bank.strip(),
                card_brand=tender.card_brand.strip(),
                card_last4=tender.card_last4.strip(),
                card_auth=tender.card_auth.strip(),
            )
        )
    # Tenders first: the database adds them up when their receipt arrives.
    work.flush()
    work.add(receipt)
    work.flush()
    return receipt
