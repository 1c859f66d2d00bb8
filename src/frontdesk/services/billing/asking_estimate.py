"""What is offered as a payment ahead: a part of the estimate of a coming visit, as the office decided."""

from datetime import datetime, time

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


def offered(work: Work, patient_id: int) -> list[AskItem]:
    """One item for each estimate of today's or a coming visit, less what was paid ahead for it."""
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
    items = []
    for number, appointment_id, starts, version in found:
        one = version.total_cents // version.visits
        wanted = one * percent // 100
        held = asking_visit.held_cents(work, appointment_id)
        if wanted - held <= 0:
            continue
        paid = f" {dollars(held)} is paid." if held else ""
        items.append(
            AskItem(
                label=f"Ahead, estimate {said_estimate(number)}",
                because=f"visit {us_date(starts.date())}",
                amount_cents=wanted - held,
                allocations=(Allocation("prepayment", wanted - held, appointment_id=appointment_id),),
                is_asked=False,
                detail=f"The estimate of one visit is {dollars(one)}.{paid}",
            )
        )
    return items
