"""What is offered as a payment ahead: a part of the estimate of a coming visit, as the office decided."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.estimate import Estimate, EstimateVersion
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.billing import asking_visit, estimate_rules
from frontdesk.services.billing.asked import Allocation, AskItem
from frontdesk.services.billing.estimates import said_estimate
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Ahead:
    """What may be paid ahead for a visit with an estimate."""

    number: str
    appointment_id: int
    visit_on: date
    estimated_cents: int
    """Of this one visit."""
    percent: int
    """How much of it the office offers to take ahead."""
    paid_cents: int

    @property
    def offered_cents(self) -> int:
        return max(0, self.estimated_cents * self.percent // 100 - self.paid_cents)


def offered(work: Work, patient_id: int) -> list[AskItem]:
    """One item for each estimate of today's or a coming visit, less what was paid ahead for it."""
    return [_item(each) for each in aheads(work, patient_id) if each.offered_cents]


def _item(each: Ahead) -> AskItem:
    paid = f" {dollars(each.paid_cents)} is paid." if each.paid_cents else ""
    cents = each.offered_cents
    return AskItem(
        label=f"Ahead, estimate {each.number}",
        because=f"visit {us_date(each.visit_on)}",
        amount_cents=cents,
        allocations=(Allocation("prepayment", cents, appointment_id=each.appointment_id),),
        is_asked=False,
        detail=f"The estimate of one visit is {dollars(each.estimated_cents)}.{paid}",
    )


def aheads(work: Work, patient_id: int) -> list[Ahead]:
    """Each estimate of today's or a coming visit of a patient that is not charged yet."""
    newest = (
        select(func.max(EstimateVersion.edition))
        .where(EstimateVersion.estimate_id == Estimate.id)
        .correlate(Estimate)
        .scalar_subquery()
    )
    charged = select(ChargeLine.id).where(
        ChargeLine.appointment_id == Appointment.id, ChargeLine.voided_at.is_(None)
    )
    found = work.session.execute(
        select(Estimate.number, Appointment.id, Appointment.starts, EstimateVersion)
        .join(Appointment, Appointment.id == Estimate.appointment_id)
        .join(EstimateVersion, EstimateVersion.estimate_id == Estimate.id)
        .where(
            Estimate.patient_id == patient_id,
            EstimateVersion.edition == newest,
            Appointment.starts >= datetime.combine(work.today, time()),
            Appointment.lifecycle.in_((Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS)),
            ~charged.exists(),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    if not found:
        return []
    percent = estimate_rules.rules(work).ask_percent
    return [
        Ahead(
            number=said_estimate(number),
            appointment_id=appointment_id,
            visit_on=starts.date(),
            estimated_cents=version.total_cents // version.visits,
            percent=percent,
            paid_cents=asking_visit.held_cents(work, appointment_id),
        )
        for number, appointment_id, starts, version in found
    ]
