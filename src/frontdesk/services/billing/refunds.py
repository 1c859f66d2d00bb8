"""Refunds: one person asks, another approves, the money goes out and is posted; a void takes it back."""

from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, Party, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.refund import LONGEST_REASON, Refund
from frontdesk.models.billing.refund import RefundState as RefundState
from frontdesk.models.billing.refund import RefundWay as RefundWay
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.billing import credits, journal, refund_left
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.cards import card_finding
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.billing.refund_left import Money
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("ck_refund_two_persons", "A second person approves a refund. Ask a colleague with the right to.")
says("ck_refund_reason", "Say in at most 200 characters why the money goes back.", field="reason")
says("append_only_refund", "A refund is not changed. Void it and ask for another.")

_OPEN = (RefundState.ASKED, RefundState.APPROVED)
_MOVED_ON = "This refund is further on than you saw it. Look at the list again."


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """What goes back: what is left of a receipt, or of a payer's money on a line or on none."""

    amount_cents: int
    way: RefundWay
    reason: str
    receipt_id: int | None = None
    payer_id: int | None = None
    charge_line_id: int | None = None
    remittance_claim_id: int | None = None
    """An insurer's answer that leaves the patient less than they paid: paid once that is posted."""
    account_id: int | None = None
    """Whose credit of the receipt, where it was moved to another household; else who paid."""


def said_refund(number: int) -> str:
    """A refund's number as it is printed and said: "RF-000012"."""
    return f"RF-{number:06d}"


def _asked_back(done: Performed) -> Undo:
    return Undo(withdraw, refund_id=done.result, reason="Undone")


@command("Ask for refund", permission="billing.take_payment", undo=_asked_back)
def ask_for(work: Work, *, draft: RefundDraft) -> int:
    """Write down what is to go back to whom; nothing is posted before another person approved it."""
    receipt = work.get(Receipt, draft.receipt_id) if draft.receipt_id is not None else None
    line = work.get(ChargeLine, draft.charge_line_id) if draft.charge_line_id is not None else None
    patient_id = receipt.patient_id if receipt else line.patient_id if line else None
    if patient_id is not None:
        work.concerns(patient_id)
    findings = amount_finding(draft.amount_cents, "amount_cents")
    if (receipt is None) == (draft.payer_id is None):
        findings.append(Finding("Choose the credit that is refunded."))
    elif not findings:
        findings += _amount_findings(work, draft, asked=_asked_for(work, draft))
    if draft.payer_id is not None and draft.way is RefundWay.CARD:
        findings.append(Finding("A payer is refunded by check.", "way"))
    refuse_if_any([*findings, *_reason_findings(draft.reason)])
    row = Refund(
        number=work.next_number("refund"),
        receipt_id=draft.receipt_id,
        account_id=draft.account_id or receipt.account_id if receipt else None,
        patient_id=patient_id,
        payer_id=draft.payer_id,
        charge_line_id=draft.charge_line_id,
        remittance_claim_id=draft.remittance_claim_id,
        amount_cents=draft.amount_cents,
        way=draft.way,
        reason=draft.reason.strip(),
        state=RefundState.ASKED,
        asked_at=work.now,
        asked_by=work.actor.name,
        asked_by_id=work.actor.user_id,
    )
    return work.add(row).id


def _approved_back(done: Performed) -> Undo:
    return Undo(refuse, refund_id=done.arguments["refund_id"], reason="The approval was taken back.")


@command("Approve refund", permission="billing.refund", undo=_approved_back)
def approve(work: Work, *, refund_id: int, version: int) -> None:
    """The second of two persons; whoever asked cannot be it."""
    row = _standing(work, refund_id, version, RefundState.ASKED)
    if work.actor.is_person(row.asked_by_id, row.asked_by):
        raise Refused(
            Finding(
                "You asked for this refund yourself. A second person with the right to refund approves it."
            )
        )
    refuse_if_any(_amount_findings(work, _draft(row), asked=0))
    row.state = RefundState.APPROVED
    row.approved_at, row.approved_by, row.approved_by_id = work.now, work.actor.name, work.actor.user_id
    work.flush()


@command("Refuse refund", permission="billing.refund", undo=irreversible("Ask for the refund again."))
def refuse(work: Work, *, refund_id: int, reason: str) -> None:
    """The money stays to the credit; until it is paid, an approved one may be refused too."""
    _end(work, _open(work, refund_id), RefundState.REFUSED, reason)


@command("Withdraw refund", permission="billing.take_payment", undo=irreversible("Ask for the refund again."))
def withdraw(work: Work, *, refund_id: int, reason: str) -> None:
    """What was asked for is not wanted any more, or can no longer be paid.

    A request never closes by itself: whoever asked is told why, and the credit may come back by a void.
    """
    _end(work, _open(work, refund_id), RefundState.WITHDRAWN, reason)


@command(
    "Pay refund",
    permission="billing.pay_refund",
    undo=irreversible("Money that went out comes back by voiding the refund, with a reason."),
)
def pay(work: Work, *, refund_id: int, reference: str, version: int) -> int:
    """Post an approved refund under its check's number or its card's last four digits; the posting's id."""
    row = _standing(work, refund_id, version, RefundState.APPROVED)
    findings = _amount_findings(work, _draft(row), asked=0)
    refuse_if_any([*_unposted(work, row), *findings, *_reference_findings(row.way, reference.strip())])
    row.posting_id = journal.post(work, _posting(work, row, reference.strip()))
    row.state, row.reference = RefundState.PAID, reference.strip()
    row.paid_at, row.paid_by = work.now, work.actor.name
    work.flush()
    return row.posting_id


@command(
    "Void refund",
    permission="billing.refund",
    undo=irreversible("A voided refund is asked for again, and approved again."),
)
def void(work: Work, *, refund_id: int, reason: str) -> int:
    """The check came back, or the card did not take it: the credit is there again; the reversal's id."""
    row = work.get(Refund, refund_id)
    _concerns(work, row)
    if row.state is not RefundState.PAID or row.posting_id is None:
        raise Refused(Finding(f"{said_refund(row.number)} was not paid out. There is nothing to void."))
    refuse_if_any(_reason_findings(reason))
    posting_id = journal.reverse(
        work, posting_id=row.posting_id, kind=PostingKind.REFUND, reason=f"Void: {reason.strip()}"
    )
    _end(work, row, RefundState.VOID, reason)
    return posting_id


def left_cents(work: Work, draft: RefundDraft) -> int:
    """What of the credit could go back, whoever has asked for it already."""
    money = _money(work, draft)
    return refund_left.left(work, (money,))[money]


def _money(work: Work, draft: RefundDraft) -> Money:
    if draft.receipt_id is None:
        return Money(None, None, draft.payer_id, draft.charge_line_id)
    account_id = draft.account_id or work.get(Receipt, draft.receipt_id).account_id
    return Money(draft.receipt_id, account_id, None, None)


def _asked_for(work: Work, draft: RefundDraft) -> int:
    """What was asked for of the same credit and did not go out yet."""
    work.flush()
    same = [Refund.state.in_(_OPEN), Refund.receipt_id.is_not_distinct_from(draft.receipt_id)]
    if draft.receipt_id is not None:
        same.append(Refund.account_id == (draft.account_id or work.get(Receipt, draft.receipt_id).account_id))
    same += [
        Refund.payer_id.is_not_distinct_from(draft.payer_id),
        Refund.charge_line_id.is_not_distinct_from(draft.charge_line_id),
    ]
    return int(work.session.scalar(select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(*same)) or 0)


def _amount_findings(work: Work, draft: RefundDraft, *, asked: int) -> list[Finding]:
    left = left_cents(work, draft)
    if draft.amount_cents <= left - asked:
        return []
    of = "receipt" if draft.receipt_id is not None else "credit"
    waiting = f" {dollars(asked)} of it is asked for already." if asked else ""
    return [Finding(f"Only {dollars(left)} of this {of} is left.{waiting}", "amount_cents")]


def _reason_findings(reason: str) -> list[Finding]:
    return words_findings(reason, "reason", most=LONGEST_REASON, wanted="Give the reason.")


def _reference_findings(way: RefundWay, reference: str) -> list[Finding]:
    if way is RefundWay.CARD:
        is_last_four = len(reference) == 4 and reference.isascii() and reference.isdigit()
        return [] if is_last_four else [Finding("Enter the last four digits of the card.", "reference")]
    if not reference:
        return [Finding("Enter the number of the check.", "reference")]
    if len(reference) > 20:
        return [Finding("A check's number has at most 20 characters.", "reference")]
    return card_finding(reference, "reference")


def _posting(work: Work, row: Refund, reference: str) -> Draft:
    reason = f"{said_refund(row.number)}, {row.way} {reference}: {row.reason}"
    entries = _patient_entries(work, row) if row.receipt_id is not None else _payer_entries(row)
    return Draft(PostingKind.REFUND, tuple(entries), reason=reason, receipt_id=row.receipt_id)


def _patient_entries(work: Work, row: Refund) -> list[Entry]:
    assert row.account_id is not None
    entries, cents = [], row.amount_cents
    for credit in credits.of_account(work, account_id=row.account_id):
        part = min(cents, credit.left_cents) if credit.receipt_id == row.receipt_id else 0
        if part:
            cents -= part
            entries.append(
                Entry(
                    EntryKind.REFUND,
                    part,
                    Party.PATIENT,
                    account_id=credit.account_id,
                    patient_id=credit.patient_id,
                    appointment_id=credit.appointment_id,
                )
            )
    return entries


def _payer_entries(row: Refund) -> list[Entry]:
    """Overpaid money leaves its line for the payer's account first: a refund stands on no line."""
    payer, cents, side = row.payer_id, row.amount_cents, Party.PAYER
    refunded = Entry(EntryKind.REFUND, cents, side, payer_id=payer)
    if row.charge_line_id is None:
        return [refunded]
    return [
        Entry(EntryKind.CORRECTION, cents, side, charge_line_id=row.charge_line_id, payer_id=payer),
        Entry(EntryKind.CORRECTION, -cents, side, payer_id=payer),
        refunded,
    ]


def _standing(work: Work, refund_id: int, version: int, state: RefundState) -> Refund:
    row = work.get(Refund, refund_id, version)
    _concerns(work, row)
    if row.state is not state:
        raise Conflict(_MOVED_ON)
    return row


def _open(work: Work, refund_id: int) -> Refund:
    row = work.get(Refund, refund_id)
    _concerns(work, row)
    if row.state not in _OPEN:
        raise Conflict(_MOVED_ON)
    return row


def _end(work: Work, row: Refund, state: RefundState, reason: str) -> None:
    refuse_if_any(_reason_findings(reason))
    row.state, row.ended_because = state, reason.strip()
    row.ended_at, row.ended_by = work.now, work.actor.name
    work.flush()


def _concerns(work: Work, row: Refund) -> None:
    if row.patient_id is not None:
        work.concerns(row.patient_id)


def _draft(row: Refund) -> RefundDraft:
    return RefundDraft(
        row.amount_cents,
        row.way,
        row.reason,
        row.receipt_id,
        row.payer_id,
        row.charge_line_id,
        row.remittance_claim_id,
        row.account_id,
    )


def _unposted(work: Work, row: Refund) -> list[Finding]:
    """The answer that it rests on may still change, until it is posted."""
    if row.remittance_claim_id is None:
        return []
    remittance = work.session.scalars(
        select(Remittance)
        .join(RemittanceClaim, RemittanceClaim.remittance_id == Remittance.id)
        .where(RemittanceClaim.id == row.remittance_claim_id)
    ).one()
    if remittance.state is RemittanceState.POSTED:
        return []
    return [
        Finding(f"It rests on {remittance.name}, which is not posted. Post that first, or withdraw this.")
    ]
