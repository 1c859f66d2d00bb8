"""What could explain that a counted drawer is over or short: the day's facts, and the causes ranked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from frontdesk.kernel.names import last_first
from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.billing import asking_visit, counting, variance_causes
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.variance_facts import Elsewhere, Facts, Lead, NotRecorded, Taken
from frontdesk.services.command import query
from frontdesk.services.work import Work

MOST_VISITS = 400
"""Visits of a day that are asked for what was not paid; a larger day is searched in part."""
EARLIER_COUNTS = 5
_SEEN = (Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)


@dataclass(frozen=True, slots=True)
class Variance:
    """A count that differs, and what could explain it, the likeliest first."""

    counted: Counted
    leads: tuple[Lead, ...]


@query(permission="billing.view")
def of_count(work: Work, *, drawer_count_id: int) -> Variance:
    """What could explain a count's differences; nothing where the drawer agrees."""
    counted = counting.counted_of(work, drawer_count_id)
    row = work.get(DrawerCount, drawer_count_id)
    if not counted.differences:
        return Variance(counted, ())
    facts = Facts(
        off=counted.differences,
        taken=_taken(work, row),
        not_recorded=_not_recorded(work, row) if any(off > 0 for _, off in counted.differences) else (),
        float_cents=row.float_cents,
        pieces=tuple((each.value_cents, each.count) for each in counted.pieces),
        other_drawers=_elsewhere(work, row, same_drawer=False),
        earlier=_elsewhere(work, row, same_drawer=True),
    )
    return Variance(counted, variance_causes.leads(facts))


def _taken(work: Work, row: DrawerCount) -> tuple[Taken, ...]:
    """Each tender of the drawer since its count before, and those voided meanwhile."""
    after = counting.counted_before(work, row.drawer_id, row.counted_on)
    voided = set(
        work.session.scalars(
            select(Posting.receipt_id)
            .join(Receipt, Posting.receipt_id == Receipt.id)
            .where(
                Receipt.drawer_id == row.drawer_id,
                Posting.kind == PostingKind.RECEIPT_VOID,
                Posting.posted_on > after,
                Posting.posted_on <= row.counted_on,
            )
        )
    )
    found = work.session.execute(
        select(ReceiptTender, Receipt, Patient.legal_last, Patient.legal_first)
        .join(Receipt, ReceiptTender.receipt_id == Receipt.id)
        .join(Patient, Receipt.patient_id == Patient.id)
        .where(
            Receipt.drawer_id == row.drawer_id,
            Receipt.id.in_(voided)
            | ((Receipt.received_on > after) & (Receipt.received_on <= row.counted_on)),
        )
        .order_by(Receipt.number, ReceiptTender.id)
    )
    return tuple(
        Taken(
            receipt_id=receipt.id,
            number=said_number(receipt.number),
            patient_id=receipt.patient_id,
            patient=last_first(last, first),
            kind=tender.kind,
            amount_cents=tender.amount_cents,
            tendered_cents=tender.tendered_cents or 0,
            is_void=receipt.id in voided,
        )
        for tender, receipt, last, first in found
    )


def _not_recorded(work: Work, row: DrawerCount) -> tuple[NotRecorded, ...]:
    """The copays and deposits of the day's visits that nobody recorded."""
    day = datetime.combine(row.counted_on, time())
    found = work.session.execute(
        select(Appointment, Patient.legal_last, Patient.legal_first)
        .join(Patient, Appointment.patient_id == Patient.id)
        .where(
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(_SEEN),
        )
        .order_by(Appointment.starts, Appointment.id)
        .limit(MOST_VISITS)
    ).all()
    return tuple(
        NotRecorded(
            appointment_id=visit.id,
            patient_id=visit.patient_id,
            patient=last_first(last, first),
            what="A deposit" if item.allocations[0].purpose == "deposit" else "A copay",
            amount_cents=item.amount_cents,
        )
        for visit, last, first in found
        for item in asking_visit.asked(work, visit)
    )


def _elsewhere(work: Work, row: DrawerCount, *, same_drawer: bool) -> tuple[Elsewhere, ...]:
    """The differences of the other drawers that day, or of this one at its counts before."""
    wanted = (
        select(DrawerCount, CashDrawer.name)
        .join(CashDrawer, DrawerCount.drawer_id == CashDrawer.id)
        .where(DrawerCount.set_aside_at.is_(None))
        .order_by(DrawerCount.counted_on.desc(), CashDrawer.name)
    )
    if same_drawer:
        here = (DrawerCount.drawer_id == row.drawer_id) & (DrawerCount.counted_on < row.counted_on)
        wanted = wanted.where(here).limit(EARLIER_COUNTS)
    else:
        there = (DrawerCount.drawer_id != row.drawer_id) & (DrawerCount.counted_on == row.counted_on)
        wanted = wanted.where(there)
    return tuple(
        Elsewhere(name, other.counted_on, kind, cents)
        for other, name in work.session.execute(wanted).all()
        for kind, cents in (
            (TenderKind.CASH, other.counted_cash_cents - other.expected_cash_cents),
            (TenderKind.CHECK, other.counted_check_cents - other.expected_check_cents),
            (TenderKind.CARD, other.batch_card_cents - other.expected_card_cents),
        )
        if cents
    )
