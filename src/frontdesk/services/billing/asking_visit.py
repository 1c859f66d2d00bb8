"""What is asked for one visit before its charges are known: the copay and the office's deposit."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import EntryKind, JournalEntry, PostingKind
from frontdesk.models.billing.journal import Posting as PostingRow
from frontdesk.models.billing.waiver import VisitWaiver
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import deposits, parties
from frontdesk.services.billing.asked import Allocation, AskItem
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Demand:
    """A copay or deposit of one visit: what it is, and what is no longer asked for of it."""

    purpose: Literal["copay", "deposit"]
    whole_cents: int
    waived_cents: int
    paid_cents: int
    """Ahead of the visit, as far as it is for this."""
    coverage: parties.FirstCoverage | None

    @property
    def due_cents(self) -> int:
        return max(0, self.whole_cents - self.waived_cents - self.paid_cents)


def demands(work: Work, visit: Appointment) -> tuple[Demand, ...]:
    """The copay, then the deposit; what was paid ahead is for the copay first."""
    coverage = parties.first_coverage(work, visit.patient_id, visit.starts.date(), visit)
    copay = (coverage.copay_cents or 0) if coverage else 0
    deposit = 0
    if not _is_charged(work, visit.id):
        deposit = deposits.due_for(work, visit.visit_type_id, is_self_pay=coverage is None)
    if not copay and not deposit:
        return ()
    waived = _waived(work, visit.id)
    paid = held_cents(work, visit.id)
    not_copay = min(copay, waived.get("copay", 0))
    for_copay = min(paid, copay - not_copay)
    not_deposit = min(deposit, waived.get("deposit", 0))
    for_deposit = min(paid - for_copay, deposit - not_deposit)
    return (
        Demand("copay", copay, not_copay, for_copay, coverage),
        Demand("deposit", deposit, not_deposit, for_deposit, coverage),
    )


def asked(work: Work, visit: Appointment) -> list[AskItem]:
    """The copay, then the deposit, each less what was paid or waived of it."""
    return [_item(work, visit, each) for each in demands(work, visit) if each.due_cents]


def _item(work: Work, visit: Appointment, demand: Demand) -> AskItem:
    when = "today" if visit.starts.date() == work.today else us_date(visit.starts.date())
    if demand.purpose == "copay":
        plan = demand.coverage.plan_name if demand.coverage else ""
        label, because = f"Copay, visit {when}", f"{plan} asks for a copay at each visit."
    else:
        kind = work.get(VisitType, visit.visit_type_id).name
        label, because = f"Deposit, visit {when}", f"The office asks for a deposit ahead of {kind}."
    whole = demand.whole_cents - demand.waived_cents
    return AskItem(
        label=label,
        because=because,
        amount_cents=demand.due_cents,
        allocations=(Allocation(demand.purpose, demand.due_cents, appointment_id=visit.id),),
        detail=_paid_before(whole, demand.due_cents),
    )


def held_cents(work: Work, appointment_id: int) -> int:
    """What was paid ahead for a visit, whether it is held still or on its lines by now."""
    paid = work.session.scalar(
        select(-func.sum(JournalEntry.amount_cents))
        .join(PostingRow, JournalEntry.posting_id == PostingRow.id)
        .where(
            JournalEntry.appointment_id == appointment_id,
            JournalEntry.kind == EntryKind.UNAPPLIED,
            PostingRow.kind.in_([PostingKind.RECEIPT, PostingKind.RECEIPT_VOID, PostingKind.CHECK_RETURN]),
        )
    )
    return int(paid or 0)


def _paid_before(whole: int, due: int) -> str:
    return f"{dollars(whole - due)} of {dollars(whole)} is paid." if due < whole else ""


def _is_charged(work: Work, appointment_id: int) -> bool:
    found = select(ChargeLine.id).where(
        ChargeLine.appointment_id == appointment_id, ChargeLine.voided_at.is_(None), ~ChargeLine.is_fee
    )
    return work.session.scalar(found.limit(1)) is not None


def _waived(work: Work, appointment_id: int) -> dict[str, int]:
    found = work.session.execute(
        select(VisitWaiver.purpose, VisitWaiver.amount_cents).where(
            VisitWaiver.appointment_id == appointment_id, VisitWaiver.ended_at.is_(None)
        )
    )
    return dict(found.all())
