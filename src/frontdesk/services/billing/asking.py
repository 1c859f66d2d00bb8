"""What to ask for at the desk, and why."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sqlalchemy import func, select

from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party, PostingKind
from frontdesk.models.billing.journal import Posting as PostingRow
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import balances, parties
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.command import query
from frontdesk.services.work import Work

SHARES = {"1": "deductible", "2": "coinsurance", "3": "copay"}
"""What the patient's share is called, by the reason code that moved it to them."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a part of the money is for: this visit's copay, an open line, or a payment ahead."""

    purpose: Literal["copay", "line", "prepayment"]
    amount_cents: int
    charge_line_id: int | None = None
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class AskItem:
    """One thing to ask for. `allocations` go into the payment as they are when it is ticked."""

    label: str
    because: str
    amount_cents: int
    allocations: tuple[Allocation, ...]


@dataclass(frozen=True, slots=True)
class AskFor:
    """Everything to ask for, with its sum; and what the household has to its credit."""

    items: tuple[AskItem, ...]
    total_cents: int
    credit_cents: int


@query(permission="billing.view")
def ask_for(work: Work, *, patient_id: int, appointment_id: int | None = None) -> AskFor:
    """The copay of this visit, then what the patient owes of earlier visits, the oldest first."""
    items = []
    if appointment_id is not None:
        items += _copay(work, patient_id, appointment_id)
    items += _past(work, patient_id)
    account_id = parties.account_of(work, patient_id, work.today)
    credit = balances.of_account(work, account_id=account_id).credit_cents
    return AskFor(tuple(items), sum(item.amount_cents for item in items), credit)


def _copay(work: Work, patient_id: int, appointment_id: int) -> list[AskItem]:
    visit = work.get(Appointment, appointment_id)
    coverage = parties.first_coverage(work, patient_id, visit.starts.date())
    if coverage is None or not coverage.copay_cents:
        return []
    # Copay money is held for its visit, applied to it later: both count as paid.
    paid = work.session.scalar(
        select(-func.sum(JournalEntry.amount_cents))
        .join(PostingRow, JournalEntry.posting_id == PostingRow.id)
        .where(
            JournalEntry.appointment_id == appointment_id,
            JournalEntry.kind == EntryKind.UNAPPLIED,
            PostingRow.kind.in_([PostingKind.RECEIPT, PostingKind.RECEIPT_VOID]),
        )
    )
    due = coverage.copay_cents - int(paid or 0)
    if due <= 0:
        return []
    when = "today" if visit.starts.date() == work.today else us_date(visit.starts.date())
    return [
        AskItem(
            label=f"Copay, visit {when}",
            because=f"{coverage.plan_name} asks for a copay at each visit.",
            amount_cents=due,
            allocations=(Allocation("copay", due, appointment_id=appointment_id),),
        )
    ]


def _past(work: Work, patient_id: int) -> list[AskItem]:
    due = [
        line
        for line in balances.lines_of_patient(work, patient_id=patient_id, only_open=True)
        if line.patient_cents > 0
    ]
    due.sort(key=lambda line: (line.service_on, line.appointment_id or 0, line.charge_line_id))
    items = []
    for (service_on, _), of_visit in groupby(due, key=lambda line: (line.service_on, line.appointment_id)):
        lines = tuple(of_visit)
        fee = work.get(ChargeLine, lines[0].charge_line_id).is_fee
        items.append(
            AskItem(
                label=f"{lines[0].label if fee else 'Balance, visit'} {us_date(service_on)}",
                because=_because(work, lines),
                amount_cents=sum(line.patient_cents for line in lines),
                allocations=tuple(
                    Allocation("line", line.patient_cents, charge_line_id=line.charge_line_id)
                    for line in lines
                ),
            )
        )
    return items


def _because(work: Work, lines: tuple[LineBalance, ...]) -> str:
    """The name of the patient's share, from the transfer that made it theirs: "deductible"."""
    codes = work.session.scalars(
        select(JournalEntry.reason_code)
        .where(
            JournalEntry.charge_line_id.in_([line.charge_line_id for line in lines]),
            JournalEntry.kind == EntryKind.TRANSFER,
            JournalEntry.responsible == Party.PATIENT,
            JournalEntry.amount_cents > 0,
        )
        .order_by(JournalEntry.id)
    ).all()
    if not codes:
        return "self-pay"
    shares = dict.fromkeys(SHARES.get(code, "not covered") for code in codes)
    return ", ".join(shares)
