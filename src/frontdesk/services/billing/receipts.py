"""Receipts as they are listed, shown and printed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_date_time
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.deposit_rule import DepositRule
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Posting, PostingKind
from frontdesk.models.billing.receipts import IssueWay as IssueWay
from frontdesk.models.billing.receipts import Receipt, ReceiptIssue, ReceiptTender, TenderKind
from frontdesk.models.billing.returned_check import ReturnedCheck
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances, parties, returned_checks
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_receipt_issue", "That a receipt was handed out stays on record.")


@dataclass(frozen=True, slots=True)
class PaidBy:
    """One tender in words: "Visa ending 4417, approval 081532"."""

    text: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class PaidFor:
    """One thing the money went to."""

    text: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt as its PDF shows it."""

    receipt_id: int
    number: str
    letterhead: parties.Letterhead
    patient: str
    chart_number: str
    account_number: str
    received_on: date
    printed_at: str
    """The wall time of the payment: "03/17/2026 10:42 AM"."""
    received_by: str
    paid_for: tuple[PaidFor, ...]
    paid_by: tuple[PaidBy, ...]
    total_cents: int
    tendered_cents: int
    change_cents: int
    account_balance_cents: int
    """What the household's patients owe now, credit deducted."""
    void_reason: str
    """Empty while the receipt stands."""
    note: str = ""
    is_copy: bool = False
    """Whether the original has left the desk already."""
    email: str = ""
    """Where it may be sent: the address of a patient who agreed to e-mail; empty otherwise."""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt in a list."""

    id: int
    number: str
    patient_id: int
    received_on: date
    received_by: str
    total_cents: int
    tenders: str
    is_void: bool
    returned: str = ""
    """The checks that the bank did not pay: "Check 1042 came back"."""
    may_return: bool = False
    """Whether a check of it may come back from the bank."""


@query(permission="billing.view")
def paper(work: Work, *, receipt_id: int) -> ReceiptPaper:
    """One receipt, ready to print."""
    receipt = work.get(Receipt, receipt_id)
    patient = work.get(Patient, receipt.patient_id)
    tenders = _tenders(work, [receipt.id])
    back = returned_checks.standing(work, [tender.id for tender in tenders])
    balance = balances.of_account(work, account_id=receipt.account_id)
    tendered = sum(tender.tendered_cents or tender.amount_cents for tender in tenders)
    return ReceiptPaper(
        receipt_id=receipt.id,
        number=said_number(receipt.number),
        letterhead=parties.letterhead(work),
        patient=first_last(patient.legal_first, patient.legal_last),
        chart_number=patient.chart_number,
        account_number=work.get(Account, receipt.account_id).number,
        received_on=receipt.received_on,
        printed_at=us_date_time(work.wall(receipt.received_at)),
        received_by=receipt.received_by,
        paid_for=_paid_for(work, receipt),
        paid_by=tuple(
            PaidBy(_said(tender) + _came_back(work, back.get(tender.id)), tender.amount_cents)
            for tender in tenders
        ),
        total_cents=receipt.total_cents,
        tendered_cents=tendered,
        change_cents=tendered - receipt.total_cents,
        account_balance_cents=balance.patient_cents - balance.credit_cents,
        void_reason=_void_reasons(work, [receipt.id]).get(receipt.id, ""),
        note=receipt.note,
        is_copy=_is_issued(work, receipt.id),
    )


@command(
    "Hand out receipt",
    permission="billing.take_payment",
    undo=irreversible("A receipt that was handed out is out of the house."),
)
def hand_out(work: Work, *, receipt_id: int, way: IssueWay) -> int:
    """Note that a receipt was printed or sent: from then on it prints as a copy."""
    receipt = work.get(Receipt, receipt_id)
    work.concerns(receipt.patient_id)
    return work.add(ReceiptIssue(receipt_id=receipt_id, way=way, at=work.now, user_id=work.actor.user_id)).id


@query(permission="billing.view")
def of_patient(work: Work, *, patient_id: int) -> tuple[ReceiptRow, ...]:
    """A patient's receipts, the newest first; those among them that somebody else of the family took out."""
    theirs = (
        select(Posting.receipt_id)
        .join(JournalEntry, JournalEntry.posting_id == Posting.id)
        .where(JournalEntry.patient_id == patient_id, Posting.kind == PostingKind.RECEIPT)
    )
    wanted = _newest().where((Receipt.patient_id == patient_id) | Receipt.id.in_(theirs))
    return _rows(work, work.session.scalars(wanted).all())


@query(permission="billing.view")
def of_day(work: Work, *, on: date, drawer_id: int | None = None) -> tuple[ReceiptRow, ...]:
    """The receipts of a day, of one drawer or all, the newest first."""
    wanted = _newest().where(Receipt.received_on == on)
    if drawer_id is not None:
        wanted = wanted.where(Receipt.drawer_id == drawer_id)
    return _rows(work, work.session.scalars(wanted).all())


def _newest() -> Select[Receipt]:
    return select(Receipt).order_by(Receipt.number.desc())


def _rows(work: Work, receipts: Sequence[Receipt]) -> tuple[ReceiptRow, ...]:
    ids = [receipt.id for receipt in receipts]
    voided = _void_reasons(work, ids)
    tenders = _tenders(work, ids)
    back = returned_checks.standing(work, [tender.id for tender in tenders])
    kinds: dict[int, list[str]] = {}
    returned: dict[int, list[str]] = {}
    gone: set[int] = set()
    for tender in tenders:
        kinds.setdefault(tender.receipt_id, []).append(tender.kind.value)
        if tender.id in back:
            returned.setdefault(tender.receipt_id, []).append(tender.check_number)
        elif tender.kind is TenderKind.CHECK:
            gone.add(tender.receipt_id)
    return tuple(
        ReceiptRow(
            id=receipt.id,
            number=said_number(receipt.number),
            patient_id=receipt.patient_id,
            received_on=receipt.received_on,
            received_by=receipt.received_by,
            total_cents=receipt.total_cents,
            tenders=", ".join(dict.fromkeys(kinds.get(receipt.id, []))),
            is_void=receipt.id in voided,
            returned=f"Check {', '.join(returned[receipt.id])} came back" if receipt.id in returned else "",
            may_return=receipt.id in gone
            and receipt.id not in voided
            and returned_checks.is_at_bank(work, receipt),
        )
        for receipt in receipts
    )


def _is_issued(work: Work, receipt_id: int) -> bool:
    found = select(ReceiptIssue.id).where(ReceiptIssue.receipt_id == receipt_id)
    return work.session.scalar(found.limit(1)) is not None


def _tenders(work: Work, receipt_ids: list[int]) -> Sequence[ReceiptTender]:
    return work.session.scalars(
        select(ReceiptTender).where(ReceiptTender.receipt_id.in_(receipt_ids)).order_by(ReceiptTender.id)
    ).all()


def _void_reasons(work: Work, receipt_ids: list[int]) -> dict[int, str]:
    found = work.session.execute(
        select(Posting.receipt_id, Posting.reason).where(
            Posting.receipt_id.in_(receipt_ids), Posting.kind == PostingKind.RECEIPT_VOID
        )
    )
    return {receipt_id: reason for receipt_id, reason in found if receipt_id is not None}


def _said(tender: ReceiptTender) -> str:
    if tender.kind is TenderKind.CHECK:
        return f"Check {tender.check_number}{f', {tender.check_bank}' if tender.check_bank else ''}"
    if tender.kind is TenderKind.CARD:
        return f"{tender.card_brand or 'Card'} ending {tender.card_last4}, approval {tender.card_auth}"
    return "Cash" if tender.kind is TenderKind.CASH else "By the collection agency"


def _came_back(work: Work, row: ReturnedCheck | None) -> str:
    return "" if row is None else f", came back {us_date(work.wall(row.at).date())}"


def _paid_for(work: Work, receipt: Receipt) -> tuple[PaidFor, ...]:
    """What each part of the money went to, as it was on the day it was taken."""
    applied = work.session.execute(
        select(JournalEntry, ChargeLine)
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .join(ChargeLine, JournalEntry.charge_line_id == ChargeLine.id)
        .where(
            Posting.receipt_id == receipt.id,
            Posting.kind == PostingKind.APPLICATION,
            Posting.posted_at == receipt.received_at,
            Posting.reverses_id.is_(None),
            JournalEntry.kind == EntryKind.PAYMENT,
        )
        .order_by(JournalEntry.id)
    ).all()
    names = _names(work, receipt, [entry for entry, _ in applied])
    others = {line.account_id for _, line in applied} - {receipt.account_id}
    owing = {each.id: f", account {each.number}" for each in _accounts(work, others)}
    items = [
        PaidFor(
            f"{names.get(entry.patient_id, '')}{line.label}, {us_date(line.service_on)}"
            f"{owing.get(line.account_id, '')}",
            -entry.amount_cents,
        )
        for entry, line in applied
    ]
    held = work.session.scalars(
        select(JournalEntry)
        .join(Posting, JournalEntry.posting_id == Posting.id)
        .where(
            Posting.receipt_id == receipt.id,
            Posting.kind.in_([PostingKind.RECEIPT, PostingKind.APPLICATION]),
            Posting.posted_at == receipt.received_at,
            Posting.reverses_id.is_(None),
            JournalEntry.charge_line_id.is_(None),
        )
        .order_by(JournalEntry.id)
    ).all()
    names |= _names(work, receipt, held)
    left: dict[tuple[int | None, int | None], int] = {}
    for entry in held:
        key = (entry.patient_id, entry.appointment_id)
        left[key] = left.get(key, 0) - entry.amount_cents
    for for_visit in (True, False):
        for (patient_id, appointment_id), cents in left.items():
            if cents and (appointment_id is not None) is for_visit:
                what = _held_for(work, appointment_id) if appointment_id is not None else "Payment ahead"
                items.append(PaidFor(f"{names.get(patient_id, '')}{what}", cents))
    return tuple(items)


def _accounts(work: Work, ids: Collection[int]) -> Sequence[Account]:
    return work.session.scalars(select(Account).where(Account.id.in_(ids))).all() if ids else ()


def _held_for(work: Work, appointment_id: int) -> str:
    """What money for a visit is called: the copay, where nothing else is asked ahead for it."""
    visit = work.get(Appointment, appointment_id)
    has_deposit = select(DepositRule.id).where(
        DepositRule.visit_type_id == visit.visit_type_id, DepositRule.amount_cents > 0
    )
    coverage = parties.first_coverage(work, visit.patient_id, visit.starts.date())
    if coverage is not None and coverage.copay_cents and work.session.scalar(has_deposit) is None:
        return "Copay"
    return f"Ahead for the visit {us_date(visit.starts.date())}"


def _names(work: Work, receipt: Receipt, entries: Sequence[JournalEntry]) -> dict[int | None, str]:
    """Whose line it is, where one receipt is for several of a family: "Mia Foster: "."""
    others = {entry.patient_id for entry in entries} - {receipt.patient_id, None}
    if not others:
        return {}
    found = work.session.execute(
        select(Patient.id, Patient.legal_first, Patient.legal_last).where(Patient.id.in_(others))
    )
    return {patient_id: f"{first_last(first, last)}: " for patient_id, first, last in found}
