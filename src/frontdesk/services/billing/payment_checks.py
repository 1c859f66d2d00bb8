"""Whether a payment may be taken: for whom, for what, and whether it was taken just now already."""

from datetime import timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import no_checks
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.balances import LineBalance
from frontdesk.services.billing.tenders import Payment, TenderKind
from frontdesk.services.registration import accounts
from frontdesk.services.work import Work

TWICE_WITHIN = timedelta(minutes=1)
"""Two payments alike within this time are probably one, pressed twice."""


def said_number(number: int) -> str:
    """A receipt's number as it is printed and said: "R-000123"."""
    return f"R-{number:06d}"


def patient_findings(work: Work, payment: Payment) -> list[Finding]:
    """Whether money is taken under this patient's name."""
    patient = work.get(Patient, payment.patient_id)
    if patient.status is PatientStatus.MERGED:
        into = work.session.get(Patient, patient.merged_into_id) if patient.merged_into_id else None
        where = f" {into.chart_number}" if into else ""
        return [Finding(f"This chart was merged into another. Take the payment on chart{where}.")]
    if patient.status is PatientStatus.DECEASED and not payment.taken_because.strip():
        return [Finding("This patient has died. Say who pays, then take the payment.", overridable=True)]
    return []


def no_check_findings(work: Work, payment: Payment, account_id: int) -> list[Finding]:
    """A check of a household from which the office takes none: asked about, not refused."""
    by_check = any(tender.kind is TenderKind.CHECK for tender in payment.tenders)
    if not by_check or payment.taken_because.strip():
        return []
    marked = no_checks.marked(work, account_id)
    if marked is None:
        return []
    return [Finding(f"{marked.words} Say why this one is taken.", "tenders", overridable=True)]


def twice_findings(work: Work, payment: Payment) -> list[Finding]:
    """The same sum from the same patient within a minute: asked about, not refused."""
    if payment.taken_because.strip():
        return []
    voided = select(Posting.receipt_id).where(
        Posting.kind == PostingKind.RECEIPT_VOID, Posting.receipt_id == Receipt.id
    )
    number = work.session.scalar(
        select(Receipt.number)
        .where(
            Receipt.patient_id == payment.patient_id,
            Receipt.total_cents == sum(tender.amount_cents for tender in payment.tenders),
            Receipt.received_at > work.now - TWICE_WITHIN,
            Receipt.received_at <= work.now,
            ~voided.exists(),
        )
        .order_by(Receipt.number.desc())
        .limit(1)
    )
    if number is None:
        return []
    total = dollars(sum(tender.amount_cents for tender in payment.tenders))
    return [
        Finding(
            f"{total} was taken a moment ago, receipt {said_number(number)}. Say why it is taken twice.",
            overridable=True,
        )
    ]


def allocation_findings(
    work: Work, payment: Payment, account_id: int, lines: dict[int, LineBalance]
) -> list[Finding]:
    """All that is wrong with what the money is for."""
    findings = [] if payment.allocations else [Finding("Say what the money is for.", "allocations")]
    seen: set[int] = set()
    for allocation in payment.allocations:
        findings += amount_finding(allocation.amount_cents, "allocations")
        if allocation.purpose == "line":
            findings += _line_findings(work, payment, allocation, account_id, lines, seen)
        elif allocation.charge_line_id is not None:
            findings.append(Finding("Only a payment on a line names a line.", "allocations"))
        if allocation.purpose in ("copay", "deposit") or (
            allocation.purpose == "prepayment" and allocation.appointment_id is not None
        ):
            findings += _visit_findings(work, allocation, payment, account_id)
        if allocation.purpose == "prepayment" and allocation.patient_id not in (None, payment.patient_id):
            findings += _household_findings(work, allocation.patient_id or 0, account_id)
    if not findings:
        paid = sum(tender.amount_cents for tender in payment.tenders)
        meant = sum(allocation.amount_cents for allocation in payment.allocations)
        if paid != meant:
            findings.append(
                Finding(
                    f"{dollars(paid)} is paid but {dollars(meant)} is allocated. Make the two agree.",
                    "allocations",
                )
            )
    return findings


def owes_only(line: LineBalance) -> Finding:
    """A payment on a line is never more than is owed there."""
    return Finding(
        f"The patient owes only {dollars(max(line.patient_cents, 0))} on {line.label}. "
        "Take the rest as a payment ahead.",
        "allocations",
    )


def _line_findings(
    work: Work,
    payment: Payment,
    allocation: Allocation,
    account_id: int,
    lines: dict[int, LineBalance],
    seen: set[int],
) -> list[Finding]:
    line = lines.get(allocation.charge_line_id or 0)
    if line is None:
        return [Finding("This charge is no longer there. Open the payment again.", "allocations")]
    if line.charge_line_id in seen:
        return [Finding("A charge is listed twice.", "allocations")]
    seen.add(line.charge_line_id)
    owing_id = account_id
    if allocation.account_id is not None and line.patient_id == payment.patient_id:
        owing_id = allocation.account_id
    if work.get(ChargeLine, line.charge_line_id).account_id != owing_id:
        return [Finding("This charge belongs to another household.", "allocations")]
    if allocation.amount_cents > line.patient_cents:
        return [owes_only(line)]
    return []


def _visit_findings(work: Work, allocation: Allocation, payment: Payment, account_id: int) -> list[Finding]:
    visit = (
        None
        if allocation.appointment_id is None
        else work.session.get(Appointment, allocation.appointment_id)
    )
    if visit is None:
        return [Finding("A copay is for a visit of this patient. Choose the visit.", "allocations")]
    if visit.patient_id == payment.patient_id:
        return []
    if accounts.account_id_of(work, visit.patient_id, work.today) != account_id:
        return [Finding("A copay is for a visit of this patient. Choose the visit.", "allocations")]
    return []


def _household_findings(work: Work, patient_id: int, account_id: int) -> list[Finding]:
    if accounts.account_id_of(work, patient_id, work.today) != account_id:
        return [Finding("This patient belongs to another household.", "allocations")]
    return []
