"""What is asked for one visit before its charges are known: the copay and the office's deposit."""

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


def asked(work: Work, visit: Appointment) -> list[AskItem]:
    """The copay, then the deposit, each less what was paid or waived of it."""
    when = "today" if visit.starts.date() == work.today else us_date(visit.starts.date())
    coverage = parties.first_coverage(work, visit.patient_id, visit.starts.date(), visit)
    copay = (coverage.copay_cents or 0) if coverage else 0
    deposit = 0
    if not _is_charged(work, visit.id):
        deposit = deposits.due_for(work, visit.visit_type_id, is_self_pay=coverage is None)
    if not copay and not deposit:
        return []
    waived = _waived(work, visit.id)
    paid = held_cents(work, visit.id)
    copay = max(0, copay - waived.get("copay", 0))
    deposit = max(0, deposit - waived.get("deposit", 0))
    copay_due = max(0, copay - paid)
    deposit_due = max(0, deposit - max(0, paid - copay))
    items = []
    if copay_due:
        plan = coverage.plan_name if coverage else ""
        items.append(
            AskItem(
                label=f"Copay, visit {when}",
                because=f"{plan} asks for a copay at each visit.",
                amount_cents=copay_due,
                allocations=(Allocation("copay", copay_due, appointment_id=visit.id),),
                detail=_paid_before(copay, copay_due),
            )
        )
    if deposit_due:
        kind = work.get(VisitType, visit.visit_type_id).name
        items.append(
            AskItem(
                label=f"Deposit, visit {when}",
                because=f"The office asks for a deposit ahead of {kind}.",
                amount_cents=deposit_due,
                allocations=(Allocation("deposit", deposit_due, appointment_id=visit.id),),
                detail=_paid_before(deposit, deposit_due),
            )
        )
    return items


def held_cents(work: Work, appointment_id: int) -> int:
    """What was paid ahead for a visit, whether it is held still or on its lines by now."""
    paid = work.session.scalar(
        select(-func.sum(JournalEntry.amount_cents))
        .join(PostingRow, JournalEntry.posting_id == PostingRow.id)
        .where(
            JournalEntry.appointment_id == appointment_id,
            JournalEntry.kind == EntryKind.UNAPPLIED,
            PostingRow.kind.in_([PostingKind.RECEIPT, PostingKind.RECEIPT_VOID]),
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
